import {
  compare,
  currencyCode,
  type Day,
  day,
  decimal,
  sign,
  type TrimtabError,
  tryDecimal,
} from "@trimtab/domain";
import { z } from "zod";
import { amazonItem } from "./amazon-skus.ts";
import { canonicalAttributes } from "./attributes.ts";
import type { ListPrice } from "./list-price.ts";
import { pricePer } from "./units.ts";

const dimensionSchema = z.object({
  unit: z.string(),
  description: z.string().optional(),
  beginRange: z.string().optional(),
  pricePerUnit: z.record(z.string(), z.string()),
});

/**
 * AWS's offer file of a service (and region).
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-an-offer.html (read 2026-06)
 */
const offerSchema = z.object({
  offerCode: z.string(),
  publicationDate: z.string(),
  products: z.record(z.string(), z.object({ attributes: z.record(z.string(), z.string()) })),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.record(z.string(), z.object({ priceDimensions: z.record(z.string(), dimensionSchema) })),
    ),
  }),
});

const SERVICES: Readonly<Record<string, string>> = {
  AmazonEC2: "Amazon Elastic Compute Cloud",
  AmazonVPC: "Amazon Virtual Private Cloud",
  AWSELB: "Elastic Load Balancing",
  AmazonRDS: "Amazon Relational Database Service",
};

type Fail = (place: string, problem: string) => TrimtabError;

/** On-demand prices of the items that the offer sells; of several tiers the one that starts last. */
export const parseOfferFile = (value: unknown, fail: Fail): readonly ListPrice[] => {
  const parsed = offerSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw fail(issue?.path.join(".") ?? "as a whole", `not an offer file of AWS: ${issue?.message ?? ""}`);
  }
  const { offerCode, publicationDate, products, terms } = parsed.data;
  const service = SERVICES[offerCode];
  if (service === undefined) {
    throw fail(
      "offerCode",
      `${offerCode.slice(0, 60)} has no items that are priced here; use ${Object.keys(SERVICES).join(", ")}`,
    );
  }
  const from = {
    source: `AWS offer file ${offerCode}, published ${publicationDate}`,
    date: readDay(publicationDate, fail),
  };
  return Object.entries(terms.OnDemand).flatMap(([sku, offers]) => {
    const attributes = products[sku]?.attributes;
    const region = attributes?.regionCode;
    if (attributes === undefined || region === undefined) return [];
    const dimensions = Object.values(offers).flatMap(({ priceDimensions }) => Object.values(priceDimensions));
    return pricesOf(service, attributes, region, dimensions, from);
  });
};

type Dimension = z.output<typeof dimensionSchema>;

const startOfTier = ({ beginRange }: Dimension) => tryDecimal(beginRange ?? "0") ?? decimal("0");

const pricesOf = (
  service: string,
  attributes: Readonly<Record<string, string>>,
  region: string,
  dimensions: readonly Dimension[],
  from: Pick<ListPrice, "source" | "date">,
): readonly ListPrice[] => {
  const top = dimensions.reduce<Dimension | undefined>(
    (best, each) => (best === undefined || compare(startOfTier(each), startOfTier(best)) > 0 ? each : best),
    undefined,
  );
  const found = amazonItem({
    service,
    meter: attributes.usagetype ?? null,
    description: top?.description ?? null,
    operation: attributes.operation ?? null,
    details: JSON.stringify({
      OperatingSystem: attributes.operatingSystem,
      x_DatabaseEngine: [attributes.databaseEngine, attributes.databaseEdition, attributes.licenseModel].join(
        " ",
      ),
    }),
  });
  if (found === undefined || top === undefined) return [];
  const { item } = found;
  if (item === "gcp.compute.core" || item === "gcp.compute.ram") return [];
  return Object.entries(top.pricePerUnit).flatMap(([currency, written]) => {
    const amount = tryDecimal(written);
    if (amount === undefined || sign(amount) <= 0) return [];
    const price = pricePer(item, amount, decimal("1"), top.unit);
    return price === undefined
      ? []
      : [
          {
            item,
            attributes: canonicalAttributes(item, found.attributes),
            region,
            price,
            currency: currencyCode(currency),
            ...from,
          },
        ];
  });
};

const readDay = (published: string, fail: Fail): Day => {
  try {
    return day(published.slice(0, 10));
  } catch {
    throw fail("publicationDate", `${published.slice(0, 40)} is no date`);
  }
};

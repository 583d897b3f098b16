import { PRICE_ITEMS, type PriceItem, type PriceQuestion, type Provider } from "@trimtab/domain";
import type { BillPrices } from "./bill-prices.ts";
import { smallestType } from "./published-prices.ts";

type Attributes = Readonly<Record<string, string>>;

interface Place {
  readonly account: string;
  readonly region: string;
}

const providerOf = (item: string): Provider => (item.startsWith("gcp.") ? "gcp" : "aws");

const RUN = ["request", "instance", "idle"];
const AVAILABILITIES = ["ZONAL", "REGIONAL"];
const DEPLOYMENTS = ["single-az", "multi-az"];

/** What an advisor asks besides, once it finds a resource that is billed by this item. */
const besides: Partial<
  Record<PriceItem, (attributes: Attributes) => readonly (readonly [PriceItem, Attributes])[]>
> = {
  "gcp.run.cpu": () => [
    ...RUN.flatMap((billing) => [
      ["gcp.run.cpu", { billing }] as const,
      ["gcp.run.memory", { billing }] as const,
    ]),
    ["gcp.run.requests", {}],
  ],
  "gcp.sql.cpu": ({ engine = "", edition = "" }) =>
    AVAILABILITIES.flatMap((availability) => [
      ["gcp.sql.cpu", { engine, edition, availability }] as const,
      ["gcp.sql.memory", { engine, edition, availability }] as const,
    ]),
  "gcp.sql.storage": ({ engine = "", type = "" }) =>
    AVAILABILITIES.map((availability) => ["gcp.sql.storage", { engine, type, availability }] as const),
  "gcp.compute.instance": () => [
    ["gcp.compute.snapshot", {}],
    ["gcp.compute.address", { use: "idle" }],
  ],
  "gcp.compute.disk": () => [["gcp.compute.snapshot", {}]],
  "aws.ec2.instance": () => [["aws.ec2.address", { use: "idle" }]],
  "aws.ebs.volume": () => [
    ["aws.ebs.volume", { type: "gp3" }],
    ["aws.ebs.snapshot", {}],
  ],
  "aws.rds.instance": (own) =>
    DEPLOYMENTS.map((deployment) => ["aws.rds.instance", { ...own, deployment }] as const),
  "aws.rds.storage": ({ engine = "", type = "" }) =>
    (type === "aurora" ? ["single-az"] : DEPLOYMENTS).map(
      (deployment) => ["aws.rds.storage", { engine, type, deployment }] as const,
    ),
};

/** A machine of Google's is asked for as such; its parts have the price of its family's smallest. */
const asItem = (item: string, attributes: Attributes): readonly [PriceItem, Attributes] | undefined => {
  if (item !== "gcp.compute.core" && item !== "gcp.compute.ram") return [item as PriceItem, attributes];
  const machineType = smallestType(attributes.family ?? "");
  return machineType === undefined
    ? undefined
    : ["gcp.compute.instance", { machineType, spot: attributes.spot ?? "no" }];
};

const ITEMS = Object.keys(PRICE_ITEMS);

/** What the bill has a price of, and what advisors ask for besides where it is used; by item, region and attributes. */
export const likelyQuestions = (
  { prices, refusals }: BillPrices,
  billingAccounts: ReadonlyMap<string, string>,
): readonly PriceQuestion[] => {
  const accountOf = (billing: string | null): string =>
    [...billingAccounts].find(([, payer]) => payer === billing)?.[0] ?? "";
  const questions = new Map<string, PriceQuestion>();
  const ask = (item: PriceItem, attributes: Attributes, { account, region }: Place) => {
    if (PRICE_ITEMS[item].attributes.some((name) => !attributes[name])) return;
    const question = { item, attributes, scope: { provider: providerOf(item), account, region } };
    questions.set(JSON.stringify([item, attributes, account, region]), question);
  };
  for (const billed of [...prices, ...refusals]) {
    const own = asItem(billed.item, billed.attributes);
    if (own === undefined) continue;
    const [item, attributes] = own;
    const place = { account: accountOf(billed.billingAccount), region: billed.region ?? "global" };
    ask(item, attributes, place);
    for (const [other, asked] of besides[item]?.(attributes) ?? []) ask(other, asked, place);
  }
  const order = ({ item, scope, attributes }: PriceQuestion) =>
    `${String(ITEMS.indexOf(item)).padStart(3, "0")} ${scope.region} ${JSON.stringify(attributes)} ${scope.account}`;
  return [...questions.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
};

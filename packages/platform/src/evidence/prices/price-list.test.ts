import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStorage } from "../../lake/storage/open-storage.ts";
import type { ListPrice } from "./list-price.ts";
import { parsePriceList } from "./parse-price-list.ts";
import { openPriceListStore } from "./price-list-store.ts";

const HEADER = "item,attributes,region,price,currency,date,source";
const CSV = `${HEADER}
gcp.run.cpu,billing=idle,us-central1,0.0000025,USD,2026-06-01,our contract
# a comment
aws.rds.instance,engine=postgres; instanceClass=db.r6g.large; deployment=single-az,*,0.2,EUR,2026-06-01,"contract, page 3"
`;

const textOf = ({ item, attributes, region, price, currency, date, source }: ListPrice) =>
  [item, JSON.stringify(attributes), region, price, currency, date, source].join(" ");

const problemOf = (content: string): string => {
  try {
    parsePriceList(content, "list.csv");
    return "none";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe("parsePriceList", () => {
  it("reads CSV", () => {
    expect(parsePriceList(CSV, "list.csv").map(textOf)).toEqual([
      'gcp.run.cpu {"billing":"idle"} us-central1 0.0000025 USD 2026-06-01 our contract',
      'aws.rds.instance {"engine":"postgres","instanceClass":"db.r6g.large","deployment":"single-az","license":"none"} * 0.2 EUR 2026-06-01 contract, page 3',
    ]);
  });

  it("reads JSON", () => {
    const entry = {
      item: "aws.ebs.snapshot",
      region: "eu-west-1",
      price: 0.05,
      currency: "USD",
      date: "2026-06-01",
      source: "x",
    };
    expect(parsePriceList(JSON.stringify([entry]), "list.json").map(textOf)).toEqual([
      "aws.ebs.snapshot {} eu-west-1 0.05 USD 2026-06-01 x",
    ]);
  });

  it.each([
    [
      `${HEADER}\ngcp.run.cpu,billing=idle,us-central1,0,USD,2026-06-01,x`,
      "line 2: price: 0 is not a price above zero",
    ],
    [`${HEADER}\ngcp.run.cpu,,us-central1,1,USD,2026-06-01,x`, "line 2: gcp.run.cpu needs billing"],
    [
      `${HEADER}\ngcp.run.requests,billing=idle,us-central1,1,USD,2026-06-01,x`,
      "line 2: gcp.run.requests has no billing",
    ],
    [
      `${HEADER}\ngcp.run.requests,,us-central1,1,usd,2026-06-01,x`,
      "line 2: currency: a currency code such as USD",
    ],
    [
      `${HEADER}\ngcp.run.requests,,us-central1,1,USD,2026-02-30,x`,
      "line 2: date: 2026-02-30 is not a day as YYYY-MM-DD",
    ],
    [
      `${HEADER}\ngcp.run.cpu,idle,us-central1,1,USD,2026-06-01,x`,
      'line 2: attributes: "idle" is not name=value',
    ],
    [
      "item,price\ngcp.run.requests,1",
      "line 1: the column attributes, region, currency, date, source is missing",
    ],
    ["[{]", "as a whole: "],
    [
      '{"offerCode": "AmazonS3", "publicationDate": "2026-01-01T00:00:00Z", "products": {}, "terms": {"OnDemand": {}}}',
      "offerCode: AmazonS3 has no items",
    ],
    ['{"version": "v1.0"}', "offerCode: not an offer file of AWS"],
  ])("refuses %s", (content, problem) => {
    expect(problemOf(content)).toContain(`list.csv, ${problem}`);
  });

  it("takes the on-demand prices of known items from AWS's offer file", () => {
    const product = (usagetype: string, operation: string, more = {}) => ({
      attributes: { regionCode: "eu-west-1", usagetype, operation, ...more },
    });
    const term = (unit: string, ...tiers: readonly (readonly [start: string, price: string])[]) => ({
      T: {
        priceDimensions: Object.fromEntries(
          tiers.map(([beginRange, USD]) => [beginRange, { unit, beginRange, pricePerUnit: { USD } }]),
        ),
      },
    });
    const offer = {
      offerCode: "AmazonEC2",
      publicationDate: "2026-06-10T12:00:00Z",
      products: {
        A: product("EU-BoxUsage:m5.large", "RunInstances", { operatingSystem: "Linux" }),
        B: product("EU-EBS:VolumeUsage.gp3", "CreateVolume-Gp3"),
        C: product("EU-EBS:SnapshotUsage", "CreateSnapshot"),
        D: product("EU-UnusedBox:m5.large", "RunInstances", { operatingSystem: "Linux" }),
        E: product("EU-BoxUsage:m5.xlarge", "RunInstances", { operatingSystem: "Linux" }),
      },
      terms: {
        OnDemand: {
          A: term("Hrs", ["0", "0.107"]),
          B: term("GB-Mo", ["0", "0.088"]),
          C: term("GB-Mo", ["0", "0.05"], ["1000", "0.04"]),
          D: term("Hrs", ["0", "0.107"]),
          E: term("Hrs", ["0", "0.0000000000"]),
        },
      },
    };
    const from = "2026-06-10 AWS offer file AmazonEC2, published 2026-06-10T12:00:00Z";
    expect(parsePriceList(JSON.stringify(offer), "offer.json").map(textOf)).toEqual([
      `aws.ec2.instance {"instanceType":"m5.large","os":"linux"} eu-west-1 0.107 USD ${from}`,
      `aws.ebs.volume {"type":"gp3"} eu-west-1 0.088 USD ${from}`,
      `aws.ebs.snapshot {} eu-west-1 0.04 USD ${from}`,
    ]);
  });
});

describe("openPriceListStore", () => {
  it("keeps lists beside the charges, replaces what is the same, and loses nothing to another writer", async () => {
    const root = await mkdtemp(join(tmpdir(), "trimtab-prices-"));
    const storage = await openStorage(root, () => new Date("2026-07-01T00:00:00Z"), { env: {} });
    try {
      const store = openPriceListStore(storage);
      expect(await store.read()).toEqual([]);
      const [idle, rds] = parsePriceList(CSV, "list.csv");
      if (idle === undefined || rds === undefined) throw new Error("the list is read above");
      await Promise.all([
        store.add([idle]),
        store.add([rds]),
        openPriceListStore(storage).add([{ ...rds, region: "eu" }]),
      ]);
      expect((await store.read()).map(({ item, region }) => `${item} ${region}`).toSorted()).toEqual([
        "aws.rds.instance *",
        "aws.rds.instance eu",
        "gcp.run.cpu us-central1",
      ]);
      await store.add([{ ...idle, source: "a newer contract" }]);
      expect((await store.read()).find(({ item }) => item === "gcp.run.cpu")).toEqual({
        ...idle,
        source: "a newer contract",
      });
      await store.replace([idle]);
      expect(await store.read()).toEqual([idle]);
    } finally {
      storage.close();
      await rm(root, { recursive: true });
    }
  });
});

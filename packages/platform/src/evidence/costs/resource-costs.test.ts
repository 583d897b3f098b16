import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant, ResourceKind } from "@trimtab/domain";
import { afterEach, describe, expect, it } from "vitest";
import type { Lake } from "../../lake/lake.ts";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import type { QueryContext } from "../../query/types.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { type PricedResource, readResourceCosts } from "./resource-costs.ts";

const context: QueryContext = {
  scope: "unrestricted",
  currency: "each",
  timeZone: "UTC",
  now: "2026-07-01T00:00:00Z" as Instant,
  signal: new AbortController().signal,
};

const opened: { lake: Lake; root: string }[] = [];
afterEach(async () => {
  for (const { lake, root } of opened.splice(0)) {
    lake.close();
    await rm(root, { recursive: true });
  }
});

const costsOf = async (charges: readonly TestCharge[], days?: number, own: Partial<QueryContext> = {}) => {
  const root = await mkdtemp(join(tmpdir(), "trimtab-costs-"));
  const lake = await writeChargeLake(root, [{ id: "a", billingPeriod: "2026-06-01", charges }]);
  opened.push({ lake, root });
  const options = days === undefined ? {} : { days };
  return readResourceCosts(openDuckdbEngine(lake), { ...context, ...own }, options);
};

const GOOGLE = {
  ServiceProviderName: "Google Cloud",
  ServiceName: "Cloud Run",
  SubAccountId: "shop-prod",
  RegionId: "europe-west1",
};
const AMAZON = {
  ServiceProviderName: "AWS",
  ServiceName: "Amazon Elastic Compute Cloud",
  SubAccountId: "111122223333",
  RegionId: "eu-west-1",
};

/** A charge of one June day. */
const charge = (day: number, cost: string, more: TestCharge): TestCharge => ({
  ChargeCategory: "Usage",
  BillingCurrency: "EUR",
  ChargePeriodStart: `2026-06-${String(day).padStart(2, "0")} 00:00:00`,
  ChargePeriodEnd: `2026-06-${String(day + 1).padStart(2, "0")} 00:00:00`,
  BilledCost: cost,
  EffectiveCost: cost,
  ...more,
});

const resource = (
  kind: ResourceKind,
  id: string,
  scope: readonly [provider: "aws" | "gcp", account: string, region: string],
  more: { readonly name?: string; readonly aliases?: readonly string[] } = {},
): PricedResource => ({
  kind,
  id,
  name: more.name ?? id.replace(/^.*[/:]/, ""),
  scope: { provider: scope[0], account: scope[1], region: scope[2] },
  aliases: more.aliases ?? [],
});

const shop = resource(
  "run.googleapis.com/Service",
  "//run.googleapis.com/projects/shop-prod/locations/europe-west1/services/api",
  ["gcp", "shop-prod", "europe-west1"],
);

describe("readResourceCosts", () => {
  it("scales whole complete days to a month of 730 hours and rounds once", async () => {
    const api = { ...GOOGLE, ResourceId: shop.id };
    const { window, costOf } = await costsOf(
      [
        charge(1, "99", api),
        charge(2, "1", api),
        charge(3, "1", api),
        charge(4, "2", { ...api, BilledCost: "0" }),
      ],
      3,
    );
    expect(window).toEqual({ start: "2026-06-02", end: "2026-06-05" });
    // 4 in 72 hours: 4 × 730 ÷ 72 = 40.555…
    expect(costOf(shop)).toEqual({
      status: "known",
      value: {
        currency: "EUR",
        effectiveMonthly: expect.objectContaining({ units: 40555555555556n, scale: 12 }),
        billedMonthly: expect.objectContaining({ units: 20277777777778n, scale: 12 }),
        days: 3,
        rows: 3,
      },
    });
  });

  it("leaves a day out that is not complete, and taxes and promotions", async () => {
    const api = { ...GOOGLE, ResourceId: shop.id };
    const half = { ...charge(3, "9", api), ChargePeriodEnd: "2026-06-03 12:00:00" };
    const { window, costOf } = await costsOf([
      charge(1, "1", api),
      charge(2, "1", api),
      half,
      charge(2, "5", { ...api, ChargeCategory: "Tax" }),
      charge(2, "-1", { ...api, ChargeCategory: "Credit" }),
    ]);
    expect(window).toEqual({ start: "2026-06-01", end: "2026-06-03" });
    expect(costOf(shop)).toMatchObject({ value: { days: 2, rows: 2 } });
    expect(String(knownValue(costOf(shop)).effectiveMonthly)).toBe("30.416666666667");
  });

  it.each([
    [
      "project number in the bill's name",
      { ResourceId: "//run.googleapis.com/projects/99/locations/europe-west1/services/api" },
    ],
    ["name without host", { ResourceId: "projects/shop-prod/locations/europe-west1/services/api" }],
    ["bare name", { ResourceId: "api" }],
  ])("finds a Cloud Run service by %s", async (_, named) => {
    const { costOf } = await costsOf([charge(1, "1", { ...GOOGLE, ...named })]);
    expect(costOf(shop).status).toBe("known");
  });

  it("keeps services of one name apart by region and project", async () => {
    const { costOf } = await costsOf([
      charge(1, "1", { ...GOOGLE, ResourceId: "api" }),
      charge(1, "7", { ...GOOGLE, RegionId: "us-central1", ResourceId: "api" }),
      charge(1, "7", { ...GOOGLE, SubAccountId: "shop-dev", ResourceId: "api" }),
    ]);
    expect(knownValue(costOf(shop)).rows).toBe(1);
  });

  it("finds a Cloud SQL instance with the charges of its backups, told of another place", async () => {
    const sql = {
      ...GOOGLE,
      ServiceName: "Cloud SQL",
      ResourceId: "//cloudsql.googleapis.com/projects/shop-prod/instances/main",
    };
    const { costOf } = await costsOf([
      charge(1, "1", sql),
      charge(1, "1", { ...sql, RegionId: "eu" }),
      charge(1, "1", { ...sql, ResourceId: "shop-prod:europe-west1:main" }),
    ]);
    const main = resource(
      "sqladmin.googleapis.com/Instance",
      "shop-prod:main",
      ["gcp", "shop-prod", "europe-west1"],
      { name: "main" },
    );
    expect(knownValue(costOf(main)).rows).toBe(3);
  });

  it("tells an instance from the disk of the same name, and zones from each other", async () => {
    const named = (type: string, zone: string) => ({
      ...GOOGLE,
      ServiceName: "Compute Engine",
      AvailabilityZone: `europe-west1-${zone}`,
      ResourceId: `//compute.googleapis.com/projects/12/zones/europe-west1-${zone}/${type}/4711`,
      ResourceName: "web",
    });
    const { costOf } = await costsOf([
      charge(1, "1", named("instances", "b")),
      charge(1, "2", named("instances", "c")),
      charge(1, "5", named("disks", "b")),
    ]);
    const id = "//compute.googleapis.com/projects/shop-prod/zones/europe-west1-b/instances/web";
    const web = resource("compute.googleapis.com/Instance", id, ["gcp", "shop-prod", "europe-west1"]);
    expect(knownValue(costOf(web)).rows).toBe(1);
  });

  it.each([
    ["i-0abc", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc"],
    ["arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc", "i-0abc"],
  ])("finds %s in a bill of %s", async (billed, asked) => {
    const { costOf } = await costsOf([charge(1, "1", { ...AMAZON, ResourceId: billed })]);
    expect(costOf(resource("AWS::EC2::Instance", asked, ["aws", "111122223333", "eu-west-1"])).status).toBe(
      "known",
    );
  });

  it("sums the charges of all names and aliases once", async () => {
    const { costOf } = await costsOf([
      charge(1, "1", { ...AMAZON, ResourceId: "i-0abc" }),
      charge(1, "1", { ...AMAZON, ResourceId: "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc" }),
      charge(1, "1", { ...AMAZON, ServiceName: "Own service", ResourceId: "my-alias" }),
    ]);
    const asked = resource("AWS::EC2::Instance", "i-0abc", ["aws", "111122223333", "eu-west-1"], {
      aliases: ["my-alias", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc"],
    });
    expect(knownValue(costOf(asked)).rows).toBe(3);
  });

  it("says why a cost is unknown", async () => {
    const { costOf } = await costsOf([
      charge(1, "1", GOOGLE),
      charge(1, "1", { ...AMAZON, ResourceId: "i-1" }),
      charge(1, "1", { ...AMAZON, ResourceId: "i-2", EffectiveCost: null }),
      charge(1, "1", { ...AMAZON, ResourceId: "i-3" }),
      charge(1, "1", { ...AMAZON, ResourceId: "i-3", BillingCurrency: "USD" }),
    ]);
    const machine = (id: string) => resource("AWS::EC2::Instance", id, ["aws", "111122223333", "eu-west-1"]);
    const table = resource("AWS::DynamoDB::Table", "t", ["aws", "111122223333", "eu-west-1"]);
    expect([shop, machine("i-9"), machine("i-2"), machine("i-3"), table].map(costOf)).toMatchInlineSnapshot(`
      [
        {
          "reason": "the bill names no resources of Cloud Run from 2026-06-01 to 2026-06-01: Google's standard export has no resources, its detailed export has",
          "status": "unknown",
        },
        {
          "reason": "the bill names no i-9 among its resources of Amazon Elastic Compute Cloud in 111122223333 from 2026-06-01 to 2026-06-01",
          "status": "unknown",
        },
        {
          "reason": "the bill does not tell EffectiveCost",
          "status": "unknown",
        },
        {
          "reason": "it is billed in EUR and USD; choose one currency or give rates",
          "status": "unknown",
        },
        {
          "reason": "the bill has no charges of Amazon DynamoDB from 2026-06-01 to 2026-06-01",
          "status": "unknown",
        },
      ]
    `);
  });

  it("knows nothing of an empty lake", async () => {
    const { costOf, window } = await costsOf([]);
    expect(window).toBeUndefined();
    expect(costOf(shop)).toEqual({ status: "unknown", reason: "the lake has no complete day of charges" });
  });
});

const knownValue = <T>(known: {
  readonly status: string;
  readonly value?: T;
  readonly reason?: string;
}): T => {
  if (known.value === undefined) throw new Error(`unknown: ${known.reason}`);
  return known.value;
};

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Decimal,
  decimal,
  formatFixed,
  HOURS_PER_MONTH,
  multiply,
  type PriceQuestion,
  roundTo,
} from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../testing/shared-data.ts";
import { createPriceBook } from "./price-book.ts";
import { machineListPrice, publishedPrices } from "./published-prices.ts";

const cases = sharedData("pricing", "infracost", "google");
const listed = sharedData("pricing", "gcp", "gcosts_pricing_2026-07-30.yml");

const book = createPriceBook({
  bill: { prices: [], refusals: [] },
  billingAccounts: new Map(),
  lists: publishedPrices(),
  currency: undefined,
  billCurrencies: [],
  rates: undefined,
  today: "2026-11-22",
});

const priceOf = (
  item: PriceQuestion["item"],
  attributes: Readonly<Record<string, string>>,
  region: string,
): Decimal => {
  const found = book.price({ item, attributes, scope: { provider: "gcp", account: "p", region } });
  if (found.status === "unknown") throw new Error(found.reason);
  return found.value.price;
};

/** Lines `├─ name   quantity  unit   $cost` of a golden file, each with the resource that it stands below. */
const linesOf = (test: string) => {
  let resource = "";
  return readFileSync(resolve(cases ?? "", test, `${test}.golden`), "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, name, quantity, cost] = /^ [├└]─ (.+?) {2,}([\d,.]+) +\S.*?\$([\d,.]+) *$/.exec(line) ?? [];
      if (name === undefined || quantity === undefined || cost === undefined) {
        if (/^ \S/.test(line)) resource = line.trim();
        return [];
      }
      return [
        { resource, name, quantity: decimal(quantity.replaceAll(",", "")), cost: cost.replaceAll(",", "") },
      ];
    });
};

const cents = (amount: Decimal): string => formatFixed(roundTo(amount, 2, "half-away"), 2);

describe.skipIf(cases === undefined)("published prices against another project's cases", () => {
  it.each(["cloud_run_service_test", "cloud_run_v2_service_test"])(
    "price Cloud Run as %s expects",
    (test) => {
      const region = "europe-west3";
      const priced = linesOf(test).map(({ resource, name, quantity, cost }) => {
        const billing = resource.includes("disabled") ? "instance" : "request";
        const item = name.startsWith("CPU")
          ? "gcp.run.cpu"
          : name.startsWith("Memory")
            ? "gcp.run.memory"
            : "gcp.run.requests";
        return { resource, name, cost, own: cents(multiply(quantity, priceOf(item, { billing }, region))) };
      });
      expect(priced).toHaveLength(5);
      for (const { own, cost, ...line } of priced) expect({ ...line, cost: own }).toEqual({ ...line, cost });
    },
  );

  it("price Cloud SQL as its 161 instances expect, but for tiers that have no list price here", () => {
    const region = "us-central1";
    let compared = 0;
    let unlisted = 0;
    for (const { resource, name, quantity, cost } of linesOf("sql_database_instance_test")) {
      const engine = /POSTGRES|SQLSERVER/.exec(resource)?.[0] ?? "MYSQL";
      const availability = /regional\)/.test(name) ? "REGIONAL" : "ZONAL";
      const own = { engine, edition: "ENTERPRISE", availability };
      const [, tier] = /^SQL instance \((db-[a-z0-9-]+)/.exec(name) ?? [];
      if (/^(IP address|Backups)/.test(name)) continue;
      if (tier !== undefined && /^db-n1/.test(tier)) {
        unlisted += 1;
        continue;
      }
      const monthly = multiply(quantity, decimal(HOURS_PER_MONTH));
      const amount = name.startsWith("vCPUs")
        ? multiply(quantity, priceOf("gcp.sql.cpu", own, region))
        : name.startsWith("Memory")
          ? multiply(monthly, priceOf("gcp.sql.memory", own, region))
          : name.startsWith("Storage")
            ? multiply(quantity, priceOf("gcp.sql.storage", { engine, type: "PD_SSD", availability }, region))
            : multiply(quantity, priceOf("gcp.sql.tier", { engine, tier: tier ?? "", availability }, region));
      expect({ resource, name, cost: cents(amount) }).toEqual({ resource, name, cost });
      compared += 1;
    }
    // Lines of vCPUs, memory, shared machines and storage; the old tiers are MySQL's 8 in 2 availabilities.
    expect({ compared, unlisted }).toMatchInlineSnapshot(`
      {
        "compared": 442,
        "unlisted": 16,
      }
    `);
  });
});

describe.skipIf(listed === undefined)("published prices of machines", () => {
  it("are those of Google's list", () => {
    const text = readFileSync(listed ?? "", "utf8");
    const priceIn = (type: string, region: string): string =>
      new RegExp(`\\n    ${type}:\\n[\\s\\S]*?\\n        ${region}:\\n          hour: ([\\d.]+)`).exec(
        text,
      )?.[1] ?? "";
    for (const type of [
      "e2-micro",
      "e2-standard-4",
      "n1-highmem-8",
      "n2-standard-96",
      "c3-highcpu-22",
      "t2d-standard-8",
    ]) {
      for (const region of ["us-central1", "europe-west3"]) {
        const own = machineListPrice(type, region);
        expect(own && formatFixed(own.price, 7), `${type} ${region}`).toBe(
          formatFixed(decimal(priceIn(type, region)), 7),
        );
      }
    }
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { add, type Decimal, decimal, formatDecimal, ZERO } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { IngestReport } from "../../lake/ingest/report.ts";
import { openGcpLake } from "../../testing/gcp-bill.ts";
import { sharedData } from "../../testing/shared-data.ts";

interface Credit {
  readonly amount: string | number;
}

/** Σ cost and Σ credits per currency, added here and not by the engine. */
const independentSums = (rows: readonly { cost: string; currency: string; credits: readonly Credit[] }[]) => {
  const sums = new Map<string, Decimal>();
  for (const { cost, currency, credits } of rows)
    for (const amount of [cost, ...credits.map((credit) => credit.amount)])
      sums.set(currency, add(sums.get(currency) ?? ZERO, decimal(String(amount))));
  return Object.fromEntries([...sums].map(([currency, sum]) => [currency, formatDecimal(sum)]));
};

const billed = ({ equations }: IngestReport) =>
  Object.fromEntries(
    equations
      .filter(({ output }) => output === "BilledCost")
      .map(({ currency, accepted }) => [currency, accepted]),
  );

const readCsv = (text: string) =>
  (parse(text, { columns: true }) as readonly Readonly<Record<string, string>>[]).map((row) => ({
    cost: row.cost ?? "",
    currency: row.currency ?? "",
    credits: JSON.parse(
      (row.credits || "[]").replaceAll("'", '"').replaceAll("None", "null"),
    ) as readonly Credit[],
  }));

/** Objects one after the other, over any number of lines, or in one array. */
const readObjects = (text: string): readonly Record<string, unknown>[] => {
  const trimmed = text.trim();
  if (trimmed.startsWith("[")) return JSON.parse(trimmed) as Record<string, unknown>[];
  return JSON.parse(`[${trimmed.replace(/\}\s*,?\s*\{(?=\s*"billing_account_id")/g, "},{")}]`) as Record<
    string,
    unknown
  >[];
};

const koku = sharedData("billing", "gcp", "koku_202011.csv");
const finopsAgent = sharedData("billing", "gcp", "finops-agent", "sample_billing_data.csv");
const nise = sharedData(
  "billing",
  "nise",
  "202609_17447f33-4abb-4e7d-88f8-9c181eb00936_2026-09-01_2026-10-01.csv.gz",
);
const cuds = sharedData("billing", "gcp", "cud-attribution");

describe("real exports", () => {
  it.skipIf(koku === undefined)("old standard CSV with Python records", async () => {
    const file = koku ?? "";
    const { load, charges } = await openGcpLake();
    const report = await load(file);
    expect(billed(report)).toEqual(independentSums(readCsv(readFileSync(file, "utf8"))));
    expect(await charges("ChargeCategory, count(*)", true)).toEqual([
      ["Credit", "8"],
      ["Usage", "25"],
    ]);
  });

  it.skipIf(finopsAgent === undefined)("newest detailed schema, flattened with its records", async () => {
    const file = finopsAgent ?? "";
    const { load, charges } = await openGcpLake();
    const report = await load(file);
    expect(billed(report)).toEqual(independentSums(readCsv(readFileSync(file, "utf8"))));
    expect(report.quarantined.rows).toBe(0);
    expect(await charges("(x_extra ->> '/x_CostType'), (x_extra ->> '/x_Flag'), count(*)", true)).toEqual([
      ["regular", null, expect.any(String)],
      ["roundoff", "unknown cost_type", expect.any(String)],
      ["tax", null, expect.any(String)],
    ]);
    const [[unnamed] = []] = await charges(
      "count(*) FILTER (ServiceCategory = 'Other' OR SubAccountId IS NULL)",
    );
    expect(unnamed).toBe("0");
  });

  it.skipIf(nise === undefined)("invoices that take in days of other months", async () => {
    const file = nise ?? "";
    const { load } = await openGcpLake();
    const report = await load(file);
    expect(billed(report)).toEqual(independentSums(readCsv(gunzipSync(readFileSync(file)).toString())));
    expect(report.loads.map(({ billingPeriod, rows }) => [billingPeriod, rows])).toEqual([
      ["2026-08-01", 24],
      ["2026-09-01", 4272],
      ["2026-10-01", 24],
    ]);
  });

  it.skipIf(cuds === undefined)("Google's cases of committed-use attribution", async () => {
    const folder = cuds ?? "";
    const all = readdirSync(folder).map((name) => ({
      name,
      rows: readObjects(readFileSync(join(folder, name, "export.json"), "utf8")),
    }));
    // One account a case, so that one load proves them all.
    const rows = all.flatMap(({ name, rows: own }) =>
      own.map((row) => ({ ...row, billing_account_id: name })),
    );
    const { loadRows, charges } = await openGcpLake();
    await loadRows(rows);
    for (const { name, rows: own } of all) {
      const typed = own as unknown as { cost: string; currency: string; credits?: readonly Credit[] }[];
      const { USD } = independentSums(typed.map((row) => ({ ...row, credits: row.credits ?? [] })));
      const [sums] = await charges(
        `CAST(sum(BilledCost) FILTER (BillingAccountId = '${name}') AS VARCHAR), CAST(sum(EffectiveCost) FILTER (BillingAccountId = '${name}') AS VARCHAR)`,
      );
      expect(
        sums?.map((sum) => formatDecimal(decimal(String(sum)))),
        name,
      ).toEqual([USD, USD]);
    }
    const kinds =
      "ChargeCategory, CommitmentDiscountCategory, count(*), sum(EffectiveCost) FILTER (ChargeCategory = 'Purchase')";
    expect(
      (await charges(kinds, true)).map(([category, of_, , effective]) => [category, of_, effective]),
    ).toEqual([
      ["Purchase", "Usage", "0.000000000000"],
      ["Usage", "Usage", null],
      ["Usage", null, null],
    ]);
  });
});

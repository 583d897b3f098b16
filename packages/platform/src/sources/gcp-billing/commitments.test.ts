import { add, decimal, formatDecimal, ZERO } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import type { CellValue } from "../../lake/result-set.ts";
import { gcpRow, openGcpLake } from "../../testing/gcp-bill.ts";

/**
 * Google's own before-and-after tables: one e2-standard-8 under a Compute flexible commitment of $0.1 an hour (more
 * usage than commitment) and of $0.3 (less).
 * @see https://docs.cloud.google.com/docs/cuds-multiprice-datamodel "Example scenarios" (read 2026-11-21)
 */
const OLD_ID = "subscriptions/e52fd279-0851-4f53-a533-093119e27bad";
const NEW_ID = "subscriptions/1fd3b130-40f8-4a79-ac6f-5753aaa0ceeb";
const MODEL = { id: "D97B-0795-975B", description: "Compute Flexible CUDs 1 Year" };
const DEFAULT = { id: "7754-699E-0EBF", description: "Default" };

const fee = (cost: number, sku: string | null, more: Readonly<Record<string, unknown>>) =>
  gcpRow({
    cost,
    cost_at_list: String(cost),
    cost_at_effective_price_default: String(cost),
    resource: null,
    labels: sku === null ? [] : [{ key: "goog-originating-sku-id", value: sku }],
    ...more,
  });
const oldFee = (cost: number, sku: string | null) =>
  fee(cost, sku, {
    sku: { id: "F61D-4D51-AAFC", description: "Commitment - dollar based v1: GCE for 1 year" },
    subscription: { instance_id: OLD_ID },
  });
const newFee = (cost: number, sku: string | null, offset?: string) =>
  fee(cost, sku, {
    sku: { id: "5515-81A8-03A2", description: "Compute Flexible CUDs 1 Year fee" },
    subscription: { instance_id: NEW_ID },
    consumption_model: DEFAULT,
    credits: offset === undefined ? [] : [{ amount: offset, type: "FEE_UTILIZATION_OFFSET" }],
  });
const oldUsage = (sku: string, cost: number, credit: number) =>
  gcpRow({
    sku: { id: sku, description: sku },
    cost,
    cost_at_list: String(cost),
    cost_at_effective_price_default: String(cost),
    credits: [
      {
        amount: credit,
        full_name: "Committed use discount - dollar based: GCE Commitments",
        type: "COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE",
      },
    ],
  });
const newUsage = (sku: string, cost: number, list: number, covered: boolean) =>
  gcpRow({
    sku: { id: sku, description: sku },
    cost,
    cost_at_list: String(list),
    cost_at_effective_price_default: String(list),
    consumption_model: covered ? MODEL : DEFAULT,
    ...(covered ? { subscription: { instance_id: NEW_ID } } : {}),
  });

const OVER_BEFORE = [
  oldFee(0.046868, "RAM SKU"),
  oldFee(0.025132, "Core SKU"),
  oldUsage("RAM SKU", 0.174496, -0.065095),
  oldUsage("Core SKU", 0.093568, -0.034905),
];
const OVER_AFTER = [
  newFee(0.046868, "RAM SKU", "-0.046868"),
  newFee(0.025132, "Core SKU", "-0.025132"),
  newUsage("RAM SKU", 0.109398, 0.109398, false),
  newUsage("Core SKU", 0.058648, 0.058648, false),
  newUsage("RAM SKU", 0.046868, 0.065095, true),
  newUsage("Core SKU", 0.025132, 0.034905, true),
];
const UNDER_BEFORE = [
  oldFee(0.022994, null),
  oldFee(0.125637, "RAM SKU"),
  oldFee(0.067369, "Core SKU"),
  oldUsage("RAM SKU", 0.174496, -0.174496),
  oldUsage("Core SKU", 0.093568, -0.093568),
];
const UNDER_AFTER = [
  newFee(0.022994, null),
  newFee(0.125637, "RAM SKU", "-0.1256348"),
  newFee(0.067369, "Core SKU", "-0.0673581"),
  newUsage("RAM SKU", 0.125637, 0.174496, true),
  newUsage("Core SKU", 0.067369, 0.093568, true),
];

const SELECT =
  "ChargeCategory, COALESCE(CommitmentDiscountStatus, '-'), COALESCE((x_extra ->> '/x_CommitmentUse'), '-'), " +
  "count(*), sum(BilledCost), sum(EffectiveCost), sum(ListCost)";

const plain = (rows: readonly (readonly CellValue[])[]) =>
  rows.map((row) =>
    row.map((cell) => (/^-?\d+\.\d+$/.test(String(cell)) ? formatDecimal(decimal(String(cell))) : cell)),
  );

/** Counts and sums of the charges by kind, and the sum of BilledCost and EffectiveCost over all of them. */
const kinds = async (rows: readonly object[]) => {
  const { loadRows, charges } = await openGcpLake();
  await loadRows(rows);
  const found = plain(await charges(SELECT, true));
  const sum = (index: number) =>
    formatDecimal(found.reduce((total, row) => add(total, decimal(String(row[index]))), ZERO));
  return { found, billed: sum(4), effective: sum(5) };
};

describe("committed-use discounts, Google's worked tables", () => {
  it("legacy, more usage than commitment: the fee is the cost of what the credits made free", async () => {
    const { found, billed, effective } = await kinds(OVER_BEFORE);
    expect(found).toEqual([
      ["Purchase", "-", "-", "2", "0.072", "0", "0.072"],
      ["Usage", "Used", "-", "2", "0.168064", "0.168064", "0.268064"],
      ["Usage", "Used", "used", "2", "0", "0.072", "0"],
    ]);
    expect([billed, effective]).toEqual(["0.240064", "0.240064"]);
  });

  it("new model, more usage than commitment: the offset leaves nothing of the fee", async () => {
    const { found, billed, effective } = await kinds(OVER_AFTER);
    expect(found).toEqual([
      ["Purchase", "-", "-", "2", "0", "0", "0"],
      ["Usage", "-", "-", "2", "0.168046", "0.168046", "0.168046"],
      ["Usage", "Used", "-", "2", "0.072", "0.072", "0.1"],
    ]);
    expect([billed, effective]).toEqual(["0.240046", "0.240046"]);
  });

  it("legacy, less usage than commitment: an unattributed fee is not called used or unused", async () => {
    const { found, billed, effective } = await kinds(UNDER_BEFORE);
    expect(found).toEqual([
      ["Purchase", "-", "-", "3", "0.216", "0", "0.216"],
      ["Usage", "-", "not told by this export", "1", "0", "0.022994", "0"],
      ["Usage", "Used", "-", "2", "0", "0", "0.268064"],
      ["Usage", "Used", "used", "2", "0", "0.193006", "0"],
    ]);
    expect([billed, effective]).toEqual(["0.216", "0.216"]);
  });

  it("new model, less usage than commitment: fee less offset is unused", async () => {
    const { found, billed, effective } = await kinds(UNDER_AFTER);
    expect(found).toEqual([
      ["Purchase", "-", "-", "3", "0.0230071", "0", "0.0230071"],
      ["Usage", "Unused", "unused", "3", "0", "0.0230071", "0"],
      ["Usage", "Used", "-", "2", "0.193006", "0.193006", "0.268064"],
    ]);
    expect([billed, effective]).toEqual(["0.2160131", "0.2160131"]);
  });

  it("keeps both models apart in one month", async () => {
    const { found, billed, effective } = await kinds([...UNDER_BEFORE, ...UNDER_AFTER]);
    expect(found).toEqual([
      ["Purchase", "-", "-", "6", "0.2390071", "0", "0.2390071"],
      ["Usage", "-", "not told by this export", "1", "0", "0.022994", "0"],
      ["Usage", "Unused", "unused", "3", "0", "0.0230071", "0"],
      ["Usage", "Used", "-", "4", "0.193006", "0.193006", "0.536128"],
      ["Usage", "Used", "used", "2", "0", "0.193006", "0"],
    ]);
    expect([billed, effective]).toEqual(["0.4320131", "0.4320131"]);
  });

  it("names the commitment and counts it in money", async () => {
    const { loadRows, charges } = await openGcpLake();
    await loadRows(UNDER_AFTER);
    const rows = await charges(
      "DISTINCT CommitmentDiscountId, CommitmentDiscountCategory, CommitmentDiscountType, CommitmentDiscountUnit",
    );
    expect(rows).toEqual([
      [NEW_ID, "Spend", "Spend-based CUD", "USD"],
      [NEW_ID, "Spend", "Spend-based CUD", null],
    ]);
  });
});

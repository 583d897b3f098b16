import { add, decimal, formatDecimal, isZero, subtract, ZERO } from "@trimtab/domain";
import type { RunOptions } from "../../lake/database.ts";
import type { RecognisedFile } from "../../lake/ingest/input-group.ts";
import type { InputSum } from "../../lake/ingest/survey-inputs.ts";
import type { Lake } from "../../lake/lake.ts";
import type { LoadEntry } from "../../lake/manifest.ts";

/** A file's sum against the lake's, per source instance, billing period, currency and cost column. */
export interface FileReconciliation {
  readonly instance: string;
  readonly billingPeriod: string | null;
  readonly currency: string;
  readonly column: string;
  readonly equation: string;
  /** Exact Σ of the files, every digit. */
  readonly files: string;
  /** Σ of the lake's rows, read now. Null: nothing of it is in the lake. */
  readonly lake: string | null;
  readonly quarantined: string;
  readonly rounding: string;
  /** files − lake − quarantined − rounding. */
  readonly difference: string;
  readonly status: "exact" | "off";
}

/** Σ of a load's column from its rows, not from what its manifest says. */
const lakeSum = async (lake: Lake, load: LoadEntry, sum: InputSum, options: RunOptions): Promise<string> => {
  const { rows } = await lake.run(
    {
      text: `SELECT COALESCE(sum("${sum.output}"), 0) FROM ${lake.scanCharges([load])} WHERE COALESCE(BillingCurrency, '') = $1`,
      params: [sum.currency],
    },
    options,
  );
  return String(rows[0]?.[0] ?? "0");
};

/**
 * Reads the files again and compares them with what the lake holds of the same instances and periods, to the last
 * digit. Rows that are in quarantine and the stated rounding belong to the sum.
 */
export const reconcileFiles = async (
  lake: Lake,
  inputs: readonly RecognisedFile[],
  options: RunOptions = {},
): Promise<readonly FileReconciliation[]> => {
  const { manifest } = await lake.snapshot();
  const sums = await lake.survey(inputs, options);
  const lines: FileReconciliation[] = [];
  for (const sum of sums) {
    const load = manifest.loads.find(
      ({ instance, billingPeriod }) => instance === sum.instance && billingPeriod === sum.billingPeriod,
    );
    const isQuarantineOnly = sum.rows === sum.rejectedRows;
    const held = load === undefined ? null : await lakeSum(lake, load, sum, options);
    const lakeAmount = held === null ? ZERO : decimal(held);
    const difference = subtract(sum.rounded, lakeAmount);
    const exact = isZero(difference) && (held !== null || isQuarantineOnly);
    lines.push({
      instance: sum.instance,
      billingPeriod: sum.billingPeriod,
      currency: sum.currency,
      column: sum.output,
      equation: sum.equation,
      files: formatDecimal(add(add(sum.rounded, sum.residue), sum.rejected)),
      lake: held === null ? null : formatDecimal(lakeAmount),
      quarantined: formatDecimal(sum.rejected),
      rounding: formatDecimal(sum.residue),
      difference: formatDecimal(difference),
      status: exact ? "exact" : "off",
    });
  }
  return lines;
};

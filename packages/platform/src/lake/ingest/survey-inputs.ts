import { add, type Decimal, ZERO } from "@trimtab/domain";
import type { CostColumn } from "../manifest.ts";
import { startFileChecks } from "./file-checks.ts";
import { groupInputs, type RecognisedFile } from "./input-group.ts";
import { instanceOf } from "./plan-loads.ts";
import { REJECTED } from "./relation-sql.ts";
import { type Run, stageGroup } from "./stage.ts";
import { type SurveyLine, surveyGroup } from "./survey.ts";

/** What files say of one source instance, billing period and currency, without loading them. */
export interface InputSum {
  readonly source: string;
  readonly instance: string;
  /** First day of the billing period; null for rows that can't be read. */
  readonly billingPeriod: string | null;
  readonly currency: string;
  readonly output: CostColumn;
  readonly equation: string;
  /** Σ over rows that can be read, each rounded to 12 places. */
  readonly rounded: Decimal;
  /** Σ of what that rounding took. */
  readonly residue: Decimal;
  /** Exact Σ of the readable amounts in rows that are rejected. */
  readonly rejected: Decimal;
  readonly rows: number;
  readonly rejectedRows: number;
}

const keyOf = ({ staged, account, period, currency }: SurveyLine): string =>
  JSON.stringify([instanceOf(staged.group.source.id, account, staged.group.exportName), period, currency]);

const sumsOf = (lines: readonly SurveyLine[]): readonly InputSum[] => {
  const sums = new Map<CostColumn, InputSum>();
  for (const line of lines) {
    const { source, exportName, mapping } = line.staged.group;
    const isRejected = line.fate === REJECTED;
    for (const [index, { name, output }] of mapping.equations.entries()) {
      const { input, residue } = line.equations[index] ?? { input: ZERO, residue: ZERO };
      const known = sums.get(output) ?? {
        source: source.id,
        instance: instanceOf(source.id, line.account, exportName),
        billingPeriod: line.period,
        currency: line.currency,
        output,
        equation: name,
        rounded: ZERO,
        residue: ZERO,
        rejected: ZERO,
        rows: 0,
        rejectedRows: 0,
      };
      sums.set(output, {
        ...known,
        rounded: isRejected ? known.rounded : add(known.rounded, input),
        residue: isRejected ? known.residue : add(known.residue, residue),
        rejected: isRejected ? add(known.rejected, add(input, residue)) : known.rejected,
        rows: known.rows + line.rows,
        rejectedRows: known.rejectedRows + (isRejected ? line.rows : 0),
      });
    }
  }
  return [...sums.values()];
};

/** Reads files as an ingest would, up to the sums that its equations are proven against, and writes nothing. */
export const surveyInputs = async (
  run: Run,
  folder: string,
  inputs: readonly RecognisedFile[],
  signal: AbortSignal | undefined,
): Promise<readonly InputSum[]> => {
  const groups = groupInputs(inputs);
  const checks = startFileChecks(groups, signal);
  const context = { run, folder, tagColumns: new Map<string, string>(), signal, isUtf8: checks.isUtf8 };
  const lines: SurveyLine[] = [];
  for (const [index, group] of groups.entries())
    lines.push(...(await surveyGroup(run, await stageGroup(context, group, index))));
  await checks.hashes;
  return [...Map.groupBy(lines, keyOf).values()].flatMap(sumsOf);
};

import { mkdir, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { add, type Decimal, decimal, formatFixed, ZERO } from "@trimtab/domain";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { parquetOf } from "../database.ts";
import { COST_COLUMNS, type CostColumn } from "../manifest.ts";
import type { InputGroup } from "./input-group.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import { chargeRows, chargesSql, isMapped, REJECTED, stagedWorkColumns, WORK } from "./relation-sql.ts";
import { PARQUET_OPTIONS, type Run, type StageContext, type StagedGroup } from "./stage.ts";
import type { GroupFindings } from "./survey.ts";

/** Charges of one day in one currency, from the written file. */
export interface DayLine {
  readonly day: string;
  readonly currency: string;
  readonly provider: string;
  readonly rows: number;
  readonly sums: Readonly<Record<CostColumn, Decimal>>;
  readonly nulls: Readonly<Record<CostColumn, number>>;
  readonly firstStart: string;
  readonly lastEnd: string;
  /** Of charge periods of at most a day; undefined where there is none. */
  readonly lastShortEnd: string | undefined;
}

/** What writing needs besides staging: what the survey found. */
export interface WriteContext extends StageContext {
  readonly findings: ReadonlyMap<InputGroup, GroupFindings>;
}

/** $1 is the load's account, $2 its billing period. */
const OF_LOAD =
  `${quoteIdent(WORK.account)} = CAST($1 AS VARCHAR) AND ` +
  `${quoteIdent(WORK.period)} = CAST($2 AS TIMESTAMP)`;

/** The charges of a group that is not staged as charges, as far as `where` leaves them. */
export const unstagedCharges = (
  { group, base }: StagedGroup,
  { tagColumns, findings }: WriteContext,
  options: { readonly where?: string; readonly work?: readonly string[] },
): string => {
  const { fates, branches } = findings.get(group) ?? { fates: new Set([REJECTED]), branches: undefined };
  const where = [chargeRows(group, fates), options.where ?? ""].filter(Boolean).join(" AND ");
  return chargesSql(group, base, tagColumns, { ...options, where, ...(branches && { branches }) });
};

const copySql = (staged: StagedGroup, load: PlannedLoad, context: WriteContext): string => {
  const isOnly = load.entire.has(staged);
  if (staged.chargesFile === undefined)
    return unstagedCharges(staged, context, isOnly ? {} : { where: OF_LOAD });
  const own = isOnly ? isMapped : `${isMapped} AND ${OF_LOAD}`;
  return `SELECT * EXCLUDE (${stagedWorkColumns(staged.group).map(quoteIdent).join(", ")}) FROM ${staged.base} WHERE ${own}`;
};

/** Writes the load's one Parquet file; a staged file that already is the load is moved, not copied. */
export const writeCharges = async (
  context: WriteContext,
  load: PlannedLoad,
  target: string,
): Promise<number> => {
  await mkdir(dirname(target), { recursive: true });
  const [only] = load.groups;
  if (load.whole && only?.chargesFile !== undefined) {
    await rename(only.chargesFile, target);
  } else {
    const select = load.groups.map((staged) => copySql(staged, load, context)).join("\nUNION ALL\n");
    const isBound = load.groups.some((staged) => !load.entire.has(staged));
    await context.run(
      {
        text: `COPY (${select}) TO ${quoteText(target)} (${PARQUET_OPTIONS})`,
        params: isBound ? [load.account, load.billingPeriod] : [],
      },
      { signal: context.signal },
    );
  }
  return (await stat(target)).size;
};

/** Reads back what was written, so that every sum that is kept was proven on the file itself. */
export const measureCharges = async (run: Run, file: string): Promise<readonly DayLine[]> => {
  const sums = COST_COLUMNS.flatMap((name) => [`sum(${name})`, `count(*) - count(${name})`]);
  const end = "COALESCE(ChargePeriodEnd, ChargePeriodStart)";
  const { rows } = await run({
    text:
      `SELECT CAST(CAST(ChargePeriodStart AS DATE) AS VARCHAR), BillingCurrency, ` +
      `COALESCE(ServiceProviderName, InvoiceIssuerName, ''), count(*), min(ChargePeriodStart), ` +
      `max(${end}), max(${end}) FILTER (WHERE ${end} <= ChargePeriodStart + INTERVAL 1 DAY), ${sums.join(", ")} ` +
      `FROM ${parquetOf([file])} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  });
  return rows.map(([day, currency, provider, count, start, last, lastShort, ...values]) => {
    const at = (index: number) => values[index] ?? null;
    const pick = <T>(read: (value: unknown) => T, offset: number) =>
      Object.fromEntries(COST_COLUMNS.map((name, index) => [name, read(at(index * 2 + offset))])) as Record<
        CostColumn,
        T
      >;
    return {
      day: String(day),
      currency: String(currency ?? ""),
      provider: String(provider),
      rows: Number(count),
      firstStart: String(start),
      lastEnd: String(last),
      lastShortEnd: lastShort === null ? undefined : String(lastShort),
      sums: pick((value) => (value === null ? ZERO : decimal(String(value))), 0),
      nulls: pick(Number, 1),
    };
  });
};

/** Σ of a cost column per currency; a column that is null in every row has no sum. */
export const sumsByCurrency = (
  days: readonly DayLine[],
): Record<string, Partial<Record<CostColumn, string>>> => {
  const result: Record<string, Partial<Record<CostColumn, string>>> = {};
  for (const [currency, lines] of Map.groupBy(days, (line) => line.currency)) {
    const own: Partial<Record<CostColumn, string>> = {};
    for (const name of COST_COLUMNS) {
      if (lines.every(({ rows, nulls }) => nulls[name] === rows)) continue;
      own[name] = formatFixed(
        lines.reduce<Decimal>((total, { sums }) => add(total, sums[name]), ZERO),
        12,
      );
    }
    result[currency] = own;
  }
  return result;
};

/** Path of a load's charge file inside its folder. */
export const chargeFile = (folder: string): string => join(folder, "part-0.parquet");

import { add, type Decimal, decimal, formatFixed, ZERO } from "@trimtab/domain";
import { quoteIdent } from "../../sql/dialect.ts";
import { parquetOf } from "../database.ts";
import { COST_COLUMNS, type CostColumn } from "../manifest.ts";
import type { Run } from "./stage.ts";

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

/** Temporary table of the charges summed by day and every dimension that a rollup may have. */
export const DAY_TOTALS = "day_totals";
export const DAY = "ChargeDay";

/**
 * Σ per cost column, with the rows in which it is unknown, so that a sum over rollups is as honest as one over charges.
 * `EffectiveCost_listed` is Σ EffectiveCost where a list cost is known: the other half of savings against list.
 */
export const ROLLUP_MEASURES: readonly Measure[] = [
  ...COST_COLUMNS.flatMap((name) => [
    { name, overCharges: `sum(${name})` },
    { name: `${name}_nulls`, overCharges: `count(*) - count(${name})` },
  ]),
  { name: "EffectiveCost_listed", overCharges: "sum(EffectiveCost) FILTER (WHERE ListCost IS NOT NULL)" },
  { name: "charge_rows", overCharges: "count(*)" },
];

const END = "COALESCE(ChargePeriodEnd, ChargePeriodStart)";

/** Between which instants the charges lie: no rollup keeps it, the load's record does. */
const SPANS = [
  { name: "first_start", overCharges: "min(ChargePeriodStart)" },
  { name: "last_end", overCharges: `max(${END})` },
  {
    name: "last_short_end",
    overCharges: `max(${END}) FILTER (WHERE ${END} <= ChargePeriodStart + INTERVAL '1' DAY)`,
  },
] as const;

interface Measure {
  readonly name: string;
  readonly overCharges: string;
}

/** Charges summed by day and dimensions: a statement that every engine takes. `from` stands after FROM. */
export const byDaySql = (
  from: string,
  dimensions: readonly string[],
  measures: readonly Measure[] = ROLLUP_MEASURES,
): string => {
  const keys = [`CAST(ChargePeriodStart AS DATE) AS ${DAY}`, ...dimensions.map(quoteIdent)];
  const sums = measures.map(({ name, overCharges }) => `${overCharges} AS ${quoteIdent(name)}`);
  return `SELECT ${[...keys, ...sums].join(", ")} FROM ${from} GROUP BY ${keys.map((_, index) => index + 1).join(", ")}`;
};

/** What {@link measureCharges} asks for besides the day. */
const MEASURED_BY = ["BillingCurrency", "ServiceProviderName", "InvoiceIssuerName"] as const;

/** FROM-able SQL of charges, for {@link measureCharges}. */
export const measuredSql = (from: string): string =>
  `(${byDaySql(from, MEASURED_BY, [...ROLLUP_MEASURES, ...SPANS])})`;

/**
 * Reads back what was written, once, so that every sum and rollup that is kept comes from the files themselves.
 * @param dimensions must have the currency and the providers
 */
export const makeDayTotals = async (
  run: Run,
  files: readonly string[],
  dimensions: readonly string[],
): Promise<void> => {
  const select = byDaySql(parquetOf(files), dimensions, [...ROLLUP_MEASURES, ...SPANS]);
  await run({ text: `CREATE OR REPLACE TEMP TABLE ${DAY_TOTALS} AS ${select}` });
};

/**
 * What charges come to, by day, currency and provider.
 * @param totals {@link makeDayTotals} or {@link measuredSql} of them
 */
export const measureCharges = async (run: Run, totals = DAY_TOTALS): Promise<readonly DayLine[]> => {
  const sums = COST_COLUMNS.flatMap((name) => [`sum(${name})`, `sum(${name}_nulls)`]);
  const { rows } = await run({
    text:
      `SELECT CAST(${DAY} AS VARCHAR), BillingCurrency, COALESCE(ServiceProviderName, InvoiceIssuerName, ''), ` +
      `sum(charge_rows), min(first_start), max(last_end), max(last_short_end), ${sums.join(", ")} ` +
      `FROM ${totals} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
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

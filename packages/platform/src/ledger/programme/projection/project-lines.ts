import {
  addDays,
  currencyCode,
  type Day,
  dayOf,
  daysBetween,
  decimal,
  type Known,
  sumDecimals,
  unknown,
} from "@trimtab/domain";
import { parseFilterText } from "../../../query/parse-query.ts";
import { runQuery } from "../../../query/run-query.ts";
import type { QueryRequest } from "../../../query/types.ts";
import { type CostSource, lineDimension, modelOf } from "../baseline.ts";
import type { ProgrammeFile } from "../file/programme-schema.ts";
import { programmeErrors } from "../programme-errors.ts";
import { type CostDriver, projectCost } from "./project-cost.ts";
import type { DriverDay } from "./robust-line.ts";

/** At most so much history: older days tell of another system. */
const MOST_DAYS = 400;

export interface LineProjection {
  readonly line: string;
  /** Cost of the last 28 days there are, exact; null: the bill does not tell it. */
  readonly last28: string | null;
  readonly driver: Known<CostDriver>;
}

export interface CostProjection {
  readonly metric: string;
  readonly unit: string;
  readonly currency: string;
  /** Days that have both, both included. */
  readonly first: Day;
  readonly last: Day;
  readonly lines: readonly LineProjection[];
}

/**
 * What each line would cost at multiples of a business metric, from how both went day by day.
 * @throws PROGRAMME_NO_BASELINE where the metric or the bills are missing
 */
export async function projectLines(
  programme: ProgrammeFile,
  source: CostSource,
  metricId: string,
  factors: readonly number[],
): Promise<CostProjection> {
  const metric = source.context.model?.metrics.get(metricId);
  const refuse = (reason: string) => programmeErrors.create("PROGRAMME_NO_BASELINE", { reason });
  if (metric === undefined) {
    const known = [...(source.context.model?.metrics.keys() ?? [])].join(", ") || "none";
    throw refuse(`the lake has no business metric ${metricId} (there are: ${known})`);
  }
  const context = {
    ...source.context,
    currency: currencyCode(programme.currency),
    model: modelOf(programme, source.context),
  };
  const { completeTo } = await runQuery(source.engine, { measures: ["rows"] }, context);
  if (completeTo === null) throw refuse("the lake has no charges");
  const end = dayOf(completeTo);
  const loads = byDay(
    await metric.read(`${addDays(end, -MOST_DAYS)} 00:00:00`, `${end} 00:00:00`),
    metric.aggregation === "average",
  );
  const days = [...loads.keys()].toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    throw refuse(`${metricId} has no values where the bills are complete`);
  const costs = await dailyCosts(programme, { ...source, context }, first, last);
  const gap =
    days.length <= daysBetween(first, last)
      ? `${metricId} lacks days between ${first} and ${last}`
      : undefined;
  const lines = [...costs].map(([line, byDate]): LineProjection => {
    const told = days.map((day) => (byDate.has(day) ? byDate.get(day) : "0"));
    const amounts = told.flatMap((amount) => amount ?? []);
    if (amounts.length < told.length)
      return { line, last28: null, driver: unknown("the bill does not tell what some days cost") };
    const history = days.map(
      (day, index): DriverDay => ({ load: loads.get(day) ?? 0, cost: Number(amounts[index]) }),
    );
    const last28 = String(sumDecimals(amounts.slice(-28).map((amount) => decimal(amount))));
    return { line, last28, driver: gap === undefined ? projectCost(history, factors) : unknown(gap) };
  });
  return { metric: metricId, unit: metric.unit, currency: programme.currency, first, last, lines };
}

/** Counts of a day add up; levels are averaged. Statistics, so no decimals. */
function byDay(
  points: readonly { readonly time: string; readonly value: string }[],
  isLevel: boolean,
): ReadonlyMap<Day, number> {
  const groups = Map.groupBy(points, ({ time }) => time.slice(0, 10) as Day);
  return new Map(
    [...groups].map(([day, own]) => {
      const sum = own.reduce((total, { value }) => total + Number(value), 0);
      return [day, isLevel ? sum / own.length : sum];
    }),
  );
}

/** By line and day. A complete day without a charge is not there and cost nothing; null: the bill does not tell it. */
async function dailyCosts(
  programme: ProgrammeFile,
  { engine, context }: CostSource,
  first: Day,
  last: Day,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string | null>>> {
  const { measure = "effective", where } = programme.baseline ?? {};
  const request: QueryRequest = {
    measures: [measure],
    by: [lineDimension(programme)],
    grain: "day",
    period: { start: first, end: addDays(last, 1) },
    ...(where === undefined ? {} : { where: parseFilterText(where) }),
  };
  const { rows, columns } = await runQuery(engine, request, context);
  const time = columns.findIndex(({ role }) => role === "time");
  const name = columns.findIndex(({ role }) => role === "dimension");
  const cost = columns.findIndex(({ role }) => role === "measure");
  const lines = new Map<string, Map<string, string | null>>();
  for (const row of rows) {
    const line = row[name] ?? "(no service)";
    const own = lines.get(line) ?? new Map<string, string | null>();
    own.set(row[time] ?? "", row[cost] ?? null);
    lines.set(line, own);
  }
  return lines;
}

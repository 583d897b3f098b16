import {
  abs,
  add,
  compare,
  daysIn,
  decimal,
  divide,
  formatDecimal,
  isZero,
  type Month,
  monthPeriod,
  type Period,
  period,
  subtract,
} from "@trimtab/domain";
import type { Manifest } from "../../lake/manifest.ts";
import { BASE_MODEL } from "../../query/model/model.ts";
import { OTHER_THAN_USAGE } from "../../query/model/parts.ts";
import type { Filter, QueryResult } from "../../query/types.ts";
import { visibleTagKeys } from "../../query/visible-snapshot.ts";
import type { Commitments, MonthLine, Movers, Savings, ShareLine, TagLine, UnitCost } from "./analysis.ts";
import { type Asker, amountOf, ask, cellOf, dimensionsOf, shareOf, timeOf } from "./ask.ts";

/** The largest values of a dimension, each with its months; all others are one line. */
export const breakdown = async (
  asker: Asker,
  dimension: string,
  top: number,
  months: readonly Month[],
): Promise<readonly ShareLine[]> => {
  const totals = await ask(asker, { measures: ["effective", "billed"], by: [dimension], top });
  const byMonth = await ask(asker, { measures: ["effective", "billed"], by: [dimension], grain: "month" });
  const trends = new Map<string, string | null>();
  for (const row of byMonth.rows)
    trends.set(
      JSON.stringify([dimensionsOf(byMonth, row)[0], timeOf(byMonth, row).slice(0, 7)]),
      costOf(byMonth, row),
    );
  const whole = amountOf(costOf(totals, totals.total));
  return totals.rows.map((row, index) => {
    const name = dimensionsOf(totals, row)[0] ?? null;
    const amount = amountOf(costOf(totals, row));
    const share = shareOf(amount, whole);
    const isRest = totals.other.includes(index);
    return {
      name,
      amount: formatDecimal(amount),
      share: share === null ? null : formatDecimal(share),
      trend: isRest ? [] : months.map((name_) => trends.get(JSON.stringify([name, name_])) ?? null),
    };
  });
};

/** Effective cost, or billed where the bill can't tell it. */
const costOf = (result: QueryResult, row: readonly (string | null)[]): string | null =>
  cellOf(result, row, "effective") ?? cellOf(result, row, "billed");

export const monthLines = async (
  asker: Asker,
  months: readonly Month[],
  whole: Period,
): Promise<readonly MonthLine[]> => {
  const costs = await ask(asker, { measures: ["billed", "effective"], grain: "month" });
  const days = await ask(asker, { measures: ["rows"], grain: "day" });
  const daysByMonth = Map.groupBy(
    days.rows.filter((row) => cellOf(days, row, "rows") !== "0"),
    (row) => timeOf(days, row).slice(0, 7),
  );
  const lines: MonthLine[] = [];
  for (const name of months) {
    const row = costs.rows.find((candidate) => timeOf(costs, candidate).slice(0, 7) === name);
    const billed = row === undefined ? null : cellOf(costs, row, "billed");
    const effective = row === undefined ? null : cellOf(costs, row, "effective");
    const own = daysByMonth.get(name)?.length ?? 0;
    const cost = effective ?? billed;
    const perDay = cost === null || own === 0 ? null : divide(decimal(cost), decimal(BigInt(own)), 2);
    const before = lines.at(-1)?.perDay ?? null;
    const change =
      perDay === null || before === null ? null : shareOf(subtract(perDay, decimal(before)), decimal(before));
    const { start, end } = monthPeriod(name);
    const inside = period(start > whole.start ? start : whole.start, end < whole.end ? end : whole.end);
    lines.push({
      month: name,
      billed,
      effective,
      days: own,
      ofDays: daysIn(inside),
      perDay: perDay === null ? null : formatDecimal(perDay),
      perDayChange: change === null ? null : formatDecimal(change),
    });
  }
  return lines;
};

export const moversOf = async (
  asker: Asker,
  months: readonly MonthLine[],
  top: number,
): Promise<Movers | null> => {
  const complete = months.filter(
    ({ days, ofDays, month }) => days > 0 && days >= Math.min(ofDays, daysIn(monthPeriod(month as Month))),
  );
  const to = complete.at(-1)?.month as Month | undefined;
  const from = complete.at(-2)?.month as Month | undefined;
  if (to === undefined || from === undefined) return null;
  const ofMonth = (name: Month) => {
    const request = { measures: ["effective", "billed"], by: ["ServiceName"], period: monthPeriod(name) };
    return ask(asker, request);
  };
  const [before, after] = await Promise.all([ofMonth(from), ofMonth(to)]);
  const costs = (result: QueryResult) =>
    new Map(result.rows.map((row) => [dimensionsOf(result, row)[0] ?? null, amountOf(costOf(result, row))]));
  const old = costs(before);
  const now = costs(after);
  const zero = decimal("0");
  const lines = [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => {
      const a = old.get(name) ?? zero;
      const b = now.get(name) ?? zero;
      return { name, a, b, change: subtract(b, a) };
    })
    .filter(({ change }) => !isZero(change))
    .sort((x, y) => compare(abs(y.change), abs(x.change)))
    .slice(0, top)
    .map(({ name, a, b, change }) => ({
      name,
      before: formatDecimal(a),
      after: formatDecimal(b),
      change: formatDecimal(change),
    }));
  return { from, to, lines };
};

const only = (dimension: string, value: string): Filter => ({ dimension, op: "=", value });

/** Usage that commitments cover or could: the categories that providers sell commitments for. */
const ELIGIBLE: Filter = {
  and: [
    only("ChargeCategory", "Usage"),
    {
      dimension: "ServiceCategory",
      op: "in",
      values: ["Compute", "Databases", "AI and Machine Learning", "Analytics"],
    },
    { dimension: "CommitmentDiscountStatus", op: "!=", value: "Unused" },
    { dimension: "PricingCategory", op: "!=", value: "Dynamic" },
  ],
};

export const commitmentsOf = async (asker: Asker): Promise<Commitments> => {
  const effective = async (where: Filter) => {
    const result = await ask(asker, { measures: ["effective"], where });
    return amountOf(cellOf(result, result.total, "effective"));
  };
  const [covered, unused, eligible, coveredEligible] = await Promise.all([
    effective(only("CommitmentDiscountStatus", "Used")),
    effective(only("CommitmentDiscountStatus", "Unused")),
    effective(ELIGIBLE),
    effective({ and: [ELIGIBLE, only("CommitmentDiscountStatus", "Used")] }),
  ]);
  // Whatever a commitment covers was eligible, also in a category that is not in the list.
  const all = add(eligible, subtract(covered, coveredEligible));
  const coverage = shareOf(covered, all);
  const utilisation = shareOf(covered, add(covered, unused));
  return {
    covered: formatDecimal(covered),
    eligible: formatDecimal(all),
    coverage: coverage === null ? null : formatDecimal(coverage),
    unused: formatDecimal(unused),
    utilisation: utilisation === null ? null : formatDecimal(utilisation),
  };
};

/** What `savings` measures, so that all its figures are of the same charges. */
const USAGE: Filter = { dimension: "ChargeCategory", op: "not in", values: [...OTHER_THAN_USAGE] };

export const savingsOf = async (asker: Asker): Promise<Savings> => {
  const measures = ["list", "savings", "savings-rate", "unlisted", "effective"];
  const result = await ask(asker, { measures, where: USAGE });
  const at = (measure: string) => cellOf(result, result.total, measure);
  const share = shareOf(amountOf(at("unlisted")), amountOf(at("effective")));
  return {
    list: at("list"),
    amount: at("savings"),
    rate: at("savings-rate"),
    unlisted: at("unlisted"),
    unlistedShare: share === null ? null : formatDecimal(share),
  };
};

/** Cost with each promoted tag; a full name that tells no more than its short one is left out. */
export const tagLines = async (asker: Asker, manifest: Manifest): Promise<readonly TagLine[]> => {
  const keys = await visibleTagKeys(asker.engine, asker.context);
  const whole = await ask(asker, { measures: ["effective", "billed"] });
  const all = amountOf(costOf(whole, whole.total));
  const lines = await Promise.all(
    keys.map(async (key) => {
      const where: Filter = { dimension: `tag:${key}`, op: "present" };
      const result = await ask(asker, { measures: ["effective", "billed"], where });
      const tagged = amountOf(costOf(result, result.total));
      const share = shareOf(tagged, all);
      return { key, tagged: formatDecimal(tagged), share: share === null ? null : formatDecimal(share) };
    }),
  );
  const byKey = new Map(lines.map((line) => [line.key, line]));
  return lines.filter(({ key, tagged }) => {
    const short = isOfGoogle(manifest, key) ? shortKey(key) : undefined;
    return short === undefined || byKey.get(short)?.tagged !== tagged;
  });
};

/** Google's export names a tag and a project's label in full and in short; see its source's page. */
const shortKey = (key: string): string | undefined => /^(?:tag:[^/]*\/|project:)(.+)$/s.exec(key)?.[1];

const isOfGoogle = ({ loads }: Manifest, key: string): boolean =>
  loads.some(({ source, tagColumns }) => source === "gcp-billing" && Object.hasOwn(tagColumns, key));

export const unitCosts = (asker: Asker): Promise<readonly UnitCost[]> => {
  const metrics = (asker.context.model ?? BASE_MODEL).metrics;
  return Promise.all(
    [...metrics.values()].map(async ({ id, unit, target }) => {
      const measure = `cost-per:${id}`;
      const byMonth = await ask(asker, { measures: [measure], grain: "month" });
      return {
        metric: id,
        unit,
        cost: cellOf(byMonth, byMonth.total, measure),
        target: target ?? null,
        trend: byMonth.rows.map((row) => cellOf(byMonth, row, measure)),
      };
    }),
  );
};

import { abs, compare, day, decimal, divide, formatDecimal, isZero, period, subtract } from "@trimtab/domain";
import type { QueryResult } from "../../query/types.ts";
import { type Asker, amountOf, ask, cellOf, shareOf } from "../analyze/ask.ts";
import { explain } from "../explain/explain.ts";
import { PARTS, type PartId } from "../explain/explained.ts";
import type { ComparedDays, MonthChange, Mover } from "./overview.ts";

const MOVERS = 6;

/** The asker's month against the one before, over complete days. */
export const changeOf = async (
  asker: Asker,
  measure: "effective" | "billed",
): Promise<{ readonly figure: MonthChange | null; readonly result: QueryResult }> => {
  const result = await ask(asker, { measures: [measure], compare: "month" });
  const before = cellOf(result, result.total, measure, "previous");
  const after = cellOf(result, result.total, measure, "current");
  const { comparison } = result;
  if (before === null || after === null || comparison === undefined) return { figure: null, result };
  const change = subtract(decimal(after), decimal(before));
  const rate = shareOf(change, decimal(before));
  const { current, previous } = comparison;
  const perDay = (amount: string, days: number) => divide(decimal(amount), decimal(BigInt(days)), 12);
  const dayBefore = previous.days === 0 ? decimal("0") : perDay(before, previous.days);
  const ratePerDay =
    current.days === 0 ? null : shareOf(subtract(perDay(after, current.days), dayBefore), dayBefore);
  const figure: MonthChange = {
    amount: formatDecimal(change),
    rate: rate === null ? null : formatDecimal(rate),
    days: current.days,
    ratePerDay: ratePerDay === null ? null : formatDecimal(ratePerDay),
    before,
    after,
  };
  return { figure, result };
};

/** The days that a comparison compared; null: none. */
export const comparedDays = ({
  comparison,
}: QueryResult): { readonly from: ComparedDays; readonly to: ComparedDays } | null => {
  if (comparison === undefined) return null;
  const { previous, current } = comparison;
  return previous.days === 0 || current.days === 0 ? null : { from: previous, to: current };
};

/** Services that changed most, each split into why; the parts of each sum to its change, to the last digit. */
export const moversOf = async (
  { engine, context, where }: Asker,
  { from, to }: { readonly from: ComparedDays; readonly to: ComparedDays },
  measure: "effective" | "billed",
): Promise<readonly Mover[]> => {
  const explanations = await explain(
    engine,
    {
      from: period(day(from.start), day(from.end)),
      to: period(day(to.start), day(to.end)),
      measure,
      by: ["ServiceName"],
      lines: 1,
      ...(where === undefined ? {} : { where }),
    },
    // An explanation is of charges as they were billed: converted ones have no prices of their own.
    { ...context, rates: undefined },
  );
  return explanations.flatMap(({ groups }) =>
    groups
      .filter(({ change }) => !isZero(amountOf(change)))
      .slice(0, MOVERS)
      .map(({ dimensions, before, after, change, parts }) => ({
        name: dimensions[0] ?? null,
        before,
        after,
        change,
        drivers: (Object.entries(parts) as [PartId, string][])
          .map(([id, amount]) => ({ id, meaning: PARTS[id], amount }))
          .toSorted((a, b) => compare(abs(decimal(b.amount)), abs(decimal(a.amount)))),
      })),
  );
};

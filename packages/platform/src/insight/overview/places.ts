import { decimal, formatDecimal, subtract } from "@trimtab/domain";
import { type Asker, amountOf, ask, cellOf, dimensionsOf, shareOf } from "../analyze/ask.ts";
import type { PlaceLine } from "./overview.ts";

/** The dearest values of a dimension in the asker's month, each with its change; and what all others cost together. */
export const placesOf = async (
  asker: Asker,
  dimension: string,
  measure: "effective" | "billed",
  top: number,
  isCompared: boolean,
): Promise<{ readonly lines: readonly PlaceLine[]; readonly rest: string | null }> => {
  const [amounts, compared] = await Promise.all([
    ask(asker, { measures: [measure], by: [dimension], top }),
    isCompared
      ? ask(asker, { measures: [measure], by: [dimension], compare: "month" })
      : Promise.resolve(undefined),
  ]);
  const changes = new Map(
    compared?.rows.map((row) => [
      dimensionsOf(compared, row)[0] ?? null,
      {
        before: amountOf(cellOf(compared, row, measure, "previous")),
        after: amountOf(cellOf(compared, row, measure, "current")),
      },
    ]),
  );
  const whole = amountOf(cellOf(amounts, amounts.total, measure));
  const nothing = { before: decimal("0"), after: decimal("0") };
  const lines = amounts.rows.flatMap((row, index): readonly PlaceLine[] => {
    if (amounts.other.includes(index)) return [];
    const name = dimensionsOf(amounts, row)[0] ?? null;
    const amount = amountOf(cellOf(amounts, row, measure));
    const share = shareOf(amount, whole);
    const { before, after } = changes.get(name) ?? nothing;
    return [
      {
        name,
        amount: formatDecimal(amount),
        share: share === null ? null : formatDecimal(share),
        before: formatDecimal(before),
        change: formatDecimal(subtract(after, before)),
      },
    ];
  });
  const [restAt] = amounts.other;
  const rest = restAt === undefined ? null : cellOf(amounts, amounts.rows[restAt] ?? [], measure);
  return { lines, rest };
};

import {
  type Day,
  type Decimal,
  day,
  decimal,
  divide,
  isZero,
  multiply,
  roundTo,
  subtract,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import {
  ADJUSTMENTS,
  COVERED_NODES,
  FOCUS_LINES,
  type FocusLine,
  MONTHLY,
  MONTHS,
  PLAN,
} from "../data/samplemind.ts";
import { seededRandom } from "../random.ts";
import { weekdayOf, weightAt } from "../shape.ts";
import { eachDay, PLACES, spread, sumOf } from "../spread.ts";
import type { FocusCharge } from "./focus-charge.ts";

const SATURDAY = 5;

/** All charges: each month, each area's billed costs sum to its published amount exactly. */
export function focusBill(): FocusCharge[] {
  const start = day(MONTHS[0].from);
  return MONTHS.flatMap(({ from, until }) => {
    const days = eachDay(day(from), day(until));
    return MONTHLY.flatMap(({ name, amount }) => {
      const lines = FOCUS_LINES.filter(({ area }) => area === name);
      const fixed = [...adjustments(lines, from, until), ...(name === "Compute" ? planCharges(days) : [])];
      const rest = subtract(
        decimal(amount),
        sumOf(fixed, ({ billed }) => billed),
      );
      const slots = lines.flatMap((line) => lineSlots(line, start, days));
      return [...fixed, ...spread(rest, slots).map((slot) => usageCharge(slot, slot.amount))];
    });
  });
}

interface Slot {
  readonly line: FocusLine;
  readonly day: Day;
  readonly hour: number | undefined;
}

function lineSlots(line: FocusLine, start: Day, days: readonly Day[]) {
  const random = seededRandom(`samplemind/${line.key}/${days[0]}`);
  const hours = line.grain === "hour" ? Array.from({ length: 24 }, (_, hour) => hour) : [undefined];
  return days
    .flatMap((date) => hours.map((hour): Slot => ({ line, day: date, hour })))
    .map((slot) => ({
      ...slot,
      weight: weightAt(line.shape, line.weight, start, slot.day, slot.hour, random),
    }))
    .filter(({ weight }) => !isZero(weight));
}

function usageCharge({ line, day: date, hour }: Slot, billed: Decimal): FocusCharge {
  const list = line.paid === undefined ? billed : divide(billed, decimal(line.paid), PLACES);
  return {
    of: { kind: "usage", line },
    day: date,
    ...(hour === undefined ? {} : { hour }),
    billed,
    effective: billed,
    list,
  };
}

function adjustments(lines: readonly FocusLine[], from: string, until: string): FocusCharge[] {
  return ADJUSTMENTS.filter((adjustment) => from <= adjustment.day && adjustment.day < until).flatMap(
    (adjustment) => {
      const line = lines.find(({ key }) => key === adjustment.line);
      if (line === undefined) return [];
      const amount = decimal(adjustment.amount);
      const { category, description } = adjustment;
      const of = { kind: "adjustment" as const, line, category, description };
      return [{ of, day: day(adjustment.day), billed: amount, effective: amount, list: amount }];
    },
  );
}

/** A fee every day; its use by the covered nodes and what went unused cost nothing more, and together as much as the fee. */
function planCharges(days: readonly Day[]): FocusCharge[] {
  return days.flatMap((date): FocusCharge[] => {
    const fee = decimal(PLAN.feePerDay);
    const used = decimal(weekdayOf(date) < SATURDAY ? PLAN.usedOnWorkdays : PLAN.usedAtWeekends);
    const perNode = divide(used, decimal(String(COVERED_NODES.length)), PLACES);
    const uses = COVERED_NODES.map((node): FocusCharge => {
      const list = roundTo(multiply(perNode, decimal(PLAN.onDemandPerDollar)), PLACES, "half-even");
      return { of: { kind: "plan use", node }, day: date, billed: ZERO, effective: perNode, list };
    });
    const unused = subtract(fee, sumDecimals(uses.map(({ effective }) => effective)));
    const rest: FocusCharge[] = isZero(unused)
      ? []
      : [{ of: { kind: "plan unused" }, day: date, billed: ZERO, effective: unused, list: ZERO }];
    return [
      { of: { kind: "plan fee" }, day: date, billed: fee, effective: ZERO, list: fee },
      ...uses,
      ...rest,
    ];
  });
}

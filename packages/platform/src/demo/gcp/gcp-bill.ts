import {
  add,
  addDays,
  type Day,
  type Decimal,
  day,
  dayOf,
  decimal,
  divide,
  type Instant,
  instant,
  isZero,
  multiply,
  negate,
  roundTo,
  subtract,
} from "@trimtab/domain";
import { type Random, seededRandom } from "../random.ts";
import { weightAt } from "../shape.ts";
import { eachDay, PLACES, spread, sumOf } from "../spread.ts";
import type { GcpCharge, GcpCredit } from "./gcp-charge.ts";
import { commitmentCharges, legacyCommitmentCredit } from "./gcp-commitment-charges.ts";
import type { GcpAccount, GcpAdjustment, GcpCreditRule, GcpLine } from "./gcp-line.ts";
import { addHours, pacificMidnight } from "./pacific-time.ts";

/** Days after which usage that came late was exported. */
const LATE_DAYS = 4;

interface Slot {
  readonly line: GcpLine;
  readonly date: Day;
  readonly start: Instant;
  readonly end: Instant;
  readonly exportTime: Instant;
  readonly weight: Decimal;
}

/**
 * All rows of an account's bill. Over each target's days, a service's costs and credits sum to the target exactly:
 * what commitments and adjustments leave is spread over the usage by its weight, and gross cost follows from net.
 */
export function gcpBill(account: GcpAccount): GcpCharge[] {
  const last = account.targets.at(-1);
  const first = account.targets[0];
  if (first === undefined || last === undefined) return [];
  const fixed = [
    ...allCommitmentCharges(account, day(last.until)),
    ...account.adjustments.map(adjustmentCharge),
  ];
  const charges = account.targets.flatMap(({ from, until, services }) =>
    services.flatMap(({ name, amount }) => {
      const own = fixed.filter(
        (charge) => serviceOf(charge) === name && from <= charge.date && charge.date < until,
      );
      const slots = account.lines
        .filter(({ service }) => service === name)
        .flatMap((line) => lineSlots(line, day(first.from), day(from), day(until), account.seed));
      const rest = subtract(decimal(amount), sumOf(own, netOf));
      return [...own, ...spread(rest, slots).flatMap((slot) => usageCharges(account, slot, slot.amount))];
    }),
  );
  return charges.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

const netOf = (charge: GcpCharge): Decimal =>
  add(
    charge.cost,
    sumOf(charge.credits, ({ amount }) => amount),
  );

function serviceOf({ of }: GcpCharge): string {
  if (of.kind === "adjustment") return of.adjustment.service;
  return of.kind === "fee" ? of.commitment.service : of.line.service;
}

function allCommitmentCharges(account: GcpAccount, until: Day): GcpCharge[] {
  return account.commitments.flatMap((commitment) => {
    const line = account.lines.find(({ key }) => key === commitment.covers);
    return line === undefined ? [] : commitmentCharges(commitment, line, until);
  });
}

function lineSlots(line: GcpLine, billStart: Day, from: Day, until: Day, seed: string): Slot[] {
  const random = seededRandom(`${seed}/${line.key}/${from}`);
  const windows = line.grain === "day" ? dayWindows(from, until) : hourWindows(billStart, from, until);
  return windows
    .map((window) => {
      const hour = line.grain === "day" ? undefined : Number(window.start.slice(11, 13));
      const weight = weightAt(line.shape, line.weight, billStart, window.date, hour, random);
      return { line, ...window, weight, exportTime: exportTimeAfter(window.end, random) };
    })
    .filter(({ weight }) => !isZero(weight));
}

type Window = Pick<Slot, "date" | "start" | "end">;

function dayWindows(from: Day, until: Day): Window[] {
  return eachDay(from, until).map((date) => ({
    date,
    start: pacificMidnight(date),
    end: pacificMidnight(addDays(date, 1)),
  }));
}

/** Hours of UTC days, the first day from the provider's midnight on: no month before the first gets a row. */
function hourWindows(billStart: Day, from: Day, until: Day): Window[] {
  const start = from === billStart ? pacificMidnight(from) : instant(`${from}T00:00:00Z`);
  const hours = (Date.parse(until) - Date.parse(start)) / 3_600_000;
  return Array.from({ length: hours }, (_, index) => {
    const hour = addHours(start, index);
    return { date: dayOf(hour), start: hour, end: addHours(start, index + 1) };
  });
}

/** The export runs three to eight hours behind the usage. */
const exportTimeAfter = (end: Instant, random: Random): Instant =>
  addHours(end, 3 + Math.floor(random() * 18_000) / 3_600);

function usageCharges(account: GcpAccount, slot: Slot, net: Decimal): GcpCharge[] {
  const { line, date, start, end, exportTime } = slot;
  const late = line.late;
  const usage = (part: Decimal, exported: Instant, isFirst: boolean): GcpCharge => {
    const credits = creditsOn(account, line, date, part, isFirst);
    const cost = subtract(
      part,
      sumOf(credits, ({ amount }) => amount),
    );
    return { of: { kind: "usage", line }, date, start, end, cost, credits, exportTime: exported };
  };
  if (late === undefined || date < late.from || date >= late.until) return [usage(net, exportTime, true)];
  const lateNet = roundTo(multiply(net, decimal(String(late.share))), PLACES, "half-even");
  return [
    usage(subtract(net, lateNet), exportTime, true),
    usage(lateNet, addHours(exportTime, LATE_DAYS * 24), false),
  ];
}

function creditsOn(
  account: GcpAccount,
  line: GcpLine,
  date: Day,
  net: Decimal,
  isFirst: boolean,
): GcpCredit[] {
  const rules = (line.credits ?? []).filter(
    ({ from, until }) => (from === undefined || date >= from) && (until === undefined || date < until),
  );
  const legacy = account.commitments
    .filter(({ covers }) => covers === line.key && isFirst)
    .map((commitment) => legacyCommitmentCredit(commitment, date));
  const own = rules.map((rule) => ruleCredit(rule, date, net));
  return [...own, ...legacy].filter((credit) => credit !== undefined);
}

function ruleCredit(rule: GcpCreditRule, date: Day, net: Decimal): GcpCredit | undefined {
  const { type, name, id = name } = rule;
  const fullName = rule.id === undefined ? "" : name;
  if (rule.monthly !== undefined) {
    return date.endsWith("-01")
      ? { type, name, fullName, id, amount: negate(decimal(rule.monthly)) }
      : undefined;
  }
  const share = decimal(String(rule.share ?? 0));
  const ofNet = divide(multiply(net, share), subtract(decimal("1"), share), PLACES);
  return isZero(ofNet) ? undefined : { type, name, fullName, id, amount: negate(ofNet) };
}

function adjustmentCharge(adjustment: GcpAdjustment): GcpCharge {
  const date = day(adjustment.day);
  const start = pacificMidnight(date);
  const end = pacificMidnight(addDays(date, 1));
  return {
    of: { kind: "adjustment", adjustment },
    date,
    start,
    end,
    cost: decimal(adjustment.amount),
    credits: [],
    exportTime: addHours(end, 6),
  };
}

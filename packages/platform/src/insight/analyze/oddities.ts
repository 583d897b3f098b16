import { eachMonth, type Period } from "@trimtab/domain";
import type { LoadEntry, Manifest } from "../../lake/manifest.ts";
import type { QueryResult } from "../../query/types.ts";
import type { MonthLine, Oddity } from "./analysis.ts";

const loadOddities = (load: LoadEntry): readonly Oddity[] => {
  const where = `${load.instance}, ${load.billingPeriod.slice(0, 7)}`;
  const found: Oddity[] = [];
  if (load.quarantined.rows > 0)
    found.push({
      severity: "warn",
      what: `${where}: ${load.quarantined.rows === 1 ? "1 row could not be read and is" : `${load.quarantined.rows} rows could not be read and are`} in quarantine`,
      hint: "'trimtab lake quarantine' lists them with file, line and reason.",
    });
  if (load.counted !== true)
    found.push({
      severity: "note",
      what: `${where} is in no total: ${load.counted.because}`,
      hint: "Nothing to do.",
    });
  for (const [column, reason] of Object.entries(load.unknown))
    found.push({
      severity: "note",
      what: `${where}: ${column} is unknown, ${reason}`,
      hint: "Load the export that tells it.",
    });
  return found;
};

/** Months without any load between months that have one. */
const gaps = (manifest: Manifest, period: Period): readonly Oddity[] =>
  [...Map.groupBy(manifest.loads, ({ instance }) => instance)].flatMap(([instance, loads]) => {
    const months = new Set(loads.map(({ billingPeriod }) => billingPeriod.slice(0, 7)));
    const sorted = [...months].sort();
    const missing = eachMonth(period).filter(
      (name) => name > (sorted[0] ?? "") && name < (sorted.at(-1) ?? "") && !months.has(name),
    );
    return missing.map(
      (name): Oddity => ({
        severity: "warn",
        what: `${instance}: no bill of ${name}, though earlier and later months are there`,
        hint: "Load that month's export.",
      }),
    );
  });

const incompleteMonths = (months: readonly MonthLine[], closed: ReadonlySet<string>): readonly Oddity[] =>
  months
    .filter(({ month, days, ofDays }) => days < ofDays && closed.has(month))
    .map(({ month, days, ofDays }) => ({
      severity: "warn" as const,
      what: `${month} is closed but only ${days} of its ${ofDays} days have charges`,
      hint: "Load the month's final export, or see 'trimtab lake history'.",
    }));

/** What does not add up in the loads and months that an analysis rests on. */
export const findOddities = (
  manifest: Manifest,
  period: Period,
  months: readonly MonthLine[],
  totals: QueryResult,
): readonly Oddity[] => {
  const inPeriod = manifest.loads.filter(
    ({ chargeStart, chargeEnd }) =>
      chargeStart.slice(0, 10) < period.end && chargeEnd.slice(0, 10) >= period.start,
  );
  // A month without any bill is a gap or lies outside of what was ever loaded: it is not closed.
  const inStatus = (wanted: "open" | "closed") =>
    new Set(
      totals.periods
        .filter(({ status }) => status === wanted)
        .map(({ billingPeriod }) => billingPeriod.slice(0, 7)),
    );
  const open = inStatus("open");
  const closed = new Set([...inStatus("closed")].filter((month) => !open.has(month)));
  return [
    ...inPeriod.flatMap(loadOddities),
    ...gaps(manifest, period),
    ...incompleteMonths(months, closed),
    ...totals.notes.map((note): Oddity => ({ severity: "note", what: note, hint: "" })),
  ];
};

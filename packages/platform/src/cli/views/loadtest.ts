import type { LoadComparison } from "../../insight/loadtest/compare-loads.ts";
import type { IntervalResult } from "../../insight/loadtest/run-load.ts";
import type { SavedLoad } from "../../insight/loadtest/saved-load.ts";
import type { ScheduledInterval } from "../../insight/loadtest/schedule.ts";
import type { CommandResult } from "../command.ts";
import type { Block, Table } from "../output/document.ts";

interface ScaledSchedule {
  readonly scale: number;
  readonly schedule: readonly ScheduledInterval[];
}
type ScaledComparison = LoadComparison & { readonly scale: number };

/** What would be sent. */
export function dryRunDocument(target: string, schedules: readonly ScaledSchedule[]): CommandResult {
  const rows = schedules.map(({ scale, schedule }) => {
    const seconds = schedule.reduce((total, one) => total + one.seconds, 0);
    const requests = schedule.reduce(
      (total, one) => total + Math.round(one.seconds * one.requestsPerSecond),
      0,
    );
    const most = Math.max(0, ...schedule.map(({ requestsPerSecond }) => requestsPerSecond));
    const trend = schedule.map(({ requestsPerSecond }) => String(requestsPerSecond));
    return [`${scale}×`, String(schedule.length), String(seconds), String(requests), String(most), trend];
  });
  return {
    document: {
      title: `Load test of ${target}: nothing was sent`,
      blocks: [
        {
          kind: "table",
          id: "schedule",
          columns: [
            { name: "Traffic", kind: "text" },
            { name: "Intervals", kind: "number" },
            { name: "Seconds", kind: "number" },
            { name: "Requests", kind: "number" },
            { name: "Most a second", kind: "number" },
            { name: "Requests a second", kind: "trend" },
          ],
          rows,
        },
        { kind: "text", text: "Add `--yes` and `--allow HOST` to send it.", tone: "muted" },
      ],
    },
    json: { target, sent: false, schedules },
  };
}

/** What was measured and, where there is something to compare with, what changed. */
export function loadDocument(load: SavedLoad, comparisons: readonly ScaledComparison[]): CommandResult {
  const blocks: readonly Block[] = [measuredTable(load), ...comparisons.flatMap(comparisonBlocks)];
  return {
    document: { title: `Load test of ${load.target}`, subtitle: `${load.method} · ${load.at}`, blocks },
    json: { ...load, comparisons },
  };
}

const measuredTable = ({ runs }: SavedLoad): Table => ({
  kind: "table",
  id: "measured",
  title: "Measured",
  columns: [
    { name: "Traffic", kind: "text" },
    { name: "Sent", kind: "number" },
    { name: "Failed", kind: "number" },
    { name: "Answers a second", kind: "number", scale: 1 },
    { name: "p50 ms", kind: "number", scale: 1 },
    { name: "p97.5 ms", kind: "number", scale: 1 },
    { name: "p99 ms", kind: "number", scale: 1 },
    { name: "Max ms", kind: "number", scale: 1 },
  ],
  rows: runs.map(({ scale, intervals }) => measuredRow(scale, intervals)),
  note: "Quantiles are those of the intervals, weighted by their requests.",
});

function measuredRow(scale: number, intervals: readonly IntervalResult[]): readonly string[] {
  const sum = (of: (one: IntervalResult) => number) => intervals.reduce((total, one) => total + of(one), 0);
  const sent = sum((one) => one.sent);
  const weighted = (of: (one: IntervalResult) => number) =>
    sent === 0 ? 0 : sum((one) => of(one) * one.sent) / sent;
  return [
    `${scale}×`,
    String(sent),
    String(sum((one) => one.failed)),
    (
      sum((one) => one.answered) /
      Math.max(
        1,
        sum((one) => one.seconds),
      )
    ).toFixed(3),
    weighted((one) => one.p50).toFixed(3),
    weighted((one) => one.p97_5).toFixed(3),
    weighted((one) => one.p99).toFixed(3),
    String(Math.max(0, ...intervals.map(({ max }) => max))),
  ];
}

function comparisonBlocks({ scale, changes, pairs, verdict, reason }: ScaledComparison): readonly Block[] {
  const tone = verdict === "no worse" ? "good" : verdict === "worse" ? "bad" : "warn";
  const ratio = (value: number) => (Number.isFinite(value) ? value.toFixed(6) : null);
  return [
    {
      kind: "table",
      id: `compared-${scale}x`,
      title: `Compared at ${scale}×, over ${pairs} intervals`,
      columns: [
        { name: "Figure", kind: "text" },
        { name: "Before", kind: "number", scale: 3 },
        { name: "After", kind: "number", scale: 3 },
        { name: "Change", kind: "percent", signed: true },
        { name: "From", kind: "percent", signed: true },
        { name: "To", kind: "percent", signed: true },
        { name: "Verdict", kind: "status" },
      ],
      rows: changes.map(({ figure, before, after, change, interval: [low, high], verdict: said }) => [
        figure.replace("_", "."),
        before.toFixed(6),
        after.toFixed(6),
        ratio(change),
        ratio(low),
        ratio(high),
        said,
      ]),
      note: "From and to: a 95 % interval. For failures the change is in the share of requests.",
    },
    { kind: "text", text: `At ${scale}×: ${verdict}. ${reason}.`, tone },
  ];
}

/** The same for a pull request or a wiki. */
export function loadMarkdown(load: SavedLoad, comparisons: readonly ScaledComparison[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const table = (header: readonly string[], rows: readonly (readonly string[])[]) =>
    [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
  const { columns } = measuredTable(load);
  const measured = table(
    columns.map(({ name }) => name),
    load.runs.map(({ scale, intervals }) => measuredRow(scale, intervals)),
  );
  const percent = (value: number) => `${value >= 0 ? "+" : ""}${(value * 100).toFixed(1)} %`;
  const compared = comparisons.flatMap(({ scale, changes, verdict, reason }) => [
    `## At ${scale}×: ${verdict}`,
    `${reason}.`,
    table(
      ["Figure", "Before", "After", "Change", "95 % interval", "Verdict"],
      changes.map(({ figure, before, after, change, interval: [low, high], verdict: said }) => [
        figure.replace("_", "."),
        before.toFixed(3),
        after.toFixed(3),
        percent(change),
        `${percent(low)} to ${percent(high)}`,
        said,
      ]),
    ),
  ]);
  return `${[`# Load test of ${load.target}`, `${load.method}, ${load.at}`, measured, ...compared].join("\n\n")}\n`;
}

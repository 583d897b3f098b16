import { type ChartData, sumTexts } from "../chart-data.ts";
import type { WaterfallStep as Step } from "../drawings/waterfall.ts";
import { type Answer, nameOf, REST } from "./answer.ts";

const MOST_STEPS = 14;

/** As the table gives them; else against a period before where the query compares, from the first time to the last, or part by part. */
export const stepsOf = ({ data, format }: Answer): readonly Step[] => {
  if (data.rows.some(({ isLevel }) => isLevel)) return givenSteps(data);
  if (data.hasPrevious)
    return changesOf(
      data,
      (row) => row.previous,
      (row) => row.value,
      ["Before", "Now"],
    );
  const times = [...new Set(data.rows.map(({ time }) => time))].sort();
  const [first = "", last = ""] = [times[0], times.at(-1)];
  if (data.hasTime && first !== last)
    return changesOf(
      data,
      (row) => (row.time === first ? row.value : "0"),
      (row) => (row.time === last ? row.value : "0"),
      [format.time(first), format.time(last)],
    );
  const parts = data.rows.map(
    (row): Step => ({
      name: nameOf(row, data),
      text: row.value ?? "0",
      kind: "change",
    }),
  );
  const kept = largest(parts);
  return [...kept, { name: "Total", text: sumTexts(kept.map(({ text }) => text)) ?? "0", kind: "total" }];
};

/** In the table's own order: who planned a programme wants its tasks in their turn, not by size. */
const givenSteps = (data: ChartData): readonly Step[] => {
  const steps: Step[] = [];
  let changes: Step[] = [];
  for (const row of data.rows) {
    const step = { name: nameOf(row, data), text: row.value ?? "0" };
    if (!row.isLevel) {
      changes.push({ ...step, kind: "change" });
      continue;
    }
    steps.push(...fewer(changes), { ...step, kind: "total" });
    changes = [];
  }
  return [...steps, ...fewer(changes)];
};

/** Those that stand out, in their order; the rest is one step at the end, so that the sum stays exact. */
const fewer = (steps: readonly Step[]): readonly Step[] => {
  if (steps.length <= MOST_STEPS) return steps;
  const kept = new Set(bySize(steps).slice(0, MOST_STEPS - 1));
  const rest = steps.filter((step) => !kept.has(step));
  return [...steps.filter((step) => kept.has(step)), together(rest)];
};

type Read = (row: ChartData["rows"][number]) => string | null;

const changesOf = (
  data: ChartData,
  before: Read,
  after: Read,
  [first, last]: readonly [string, string],
): readonly Step[] => {
  const total = (read: Read) => sumTexts(data.rows.map((row) => read(row) ?? "0")) ?? "0";
  const changes = [
    ...Map.groupBy(data.rows, (row) => nameOf({ ...row, time: "" }, data)),
  ].map(([name, rows]): Step => {
    const terms = rows.flatMap((row) => [after(row) ?? "0", negated(before(row) ?? "0")]);
    return { name, text: sumTexts(terms) ?? "0", kind: "change" };
  });
  const moved = changes.filter(({ text }) => Number(text) !== 0);
  return [
    { name: first, text: total(before), kind: "total" },
    ...largest(moved),
    { name: last, text: total(after), kind: "total" },
  ];
};

const negated = (text: string): string => (text.startsWith("-") ? text.slice(1) : `-${text}`);

const bySize = (steps: readonly Step[]): readonly Step[] =>
  steps.toSorted((a, b) => Math.abs(Number(b.text)) - Math.abs(Number(a.text)));

/** The largest steps by size; the rest is one step, so that the sum stays exact. */
const largest = (steps: readonly Step[]): readonly Step[] => {
  const sorted = bySize(steps);
  if (sorted.length <= MOST_STEPS) return sorted;
  return [...sorted.slice(0, MOST_STEPS - 1), together(sorted.slice(MOST_STEPS - 1))];
};

const together = (steps: readonly Step[]): Step => ({
  name: REST,
  text: sumTexts(steps.map(({ text }) => text)) ?? "0",
  kind: "change",
});

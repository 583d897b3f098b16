import { type ChartRow, position, sumTexts } from "../chart-data.ts";
import type { ChartOption } from "../chart-look.ts";
import { sankeyOption } from "../drawings/sankey.ts";
import { type WaterfallStep, waterfallOption } from "../drawings/waterfall.ts";
import { type Answer, nameOf, REST, titlesOf } from "./answer.ts";

const MOST_STEPS = 14;

/** Where money flows: from the values of one dimension to those of the next. */
export const sankeyOfAnswer = (answer: Answer): ChartOption => {
  const { data, look } = answer;
  const depths = Math.max(1, data.dimensions.length);
  const pathOf = ({ isOther, keys }: ChartRow): readonly string[] => {
    const names = isOther ? Array.from({ length: depths }, () => REST) : keys;
    return depths === 1 ? [data.measure.name, names[0] ?? "Total"] : names;
  };
  const flows = data.rows.map((row) => ({ path: pathOf(row), text: row.value ?? "0" }));
  return sankeyOption({ flows, restName: REST, ...titlesOf(answer) }, look);
};

/** From one total to another by what changed, or from zero by parts to their total. */
export const waterfallOfAnswer = (answer: Answer): ChartOption => {
  const { shortTitle, ...titles } = titlesOf(answer);
  const shortOf = ({ kind, text }: WaterfallStep) =>
    kind === "change" && Number(text) > 0 ? `+${shortTitle(text)}` : shortTitle(text);
  return waterfallOption({ steps: stepsOf(answer), ...titles, shortTitle: shortOf }, answer.look);
};

/** Against a period before where the query compares; else from the first time to the last; else part by part. */
const stepsOf = (answer: Answer): readonly WaterfallStep[] => {
  const { data, format } = answer;
  if (data.hasPrevious)
    return changesOf(
      answer,
      (row) => row.previous,
      (row) => row.value,
      ["Before", "Now"],
    );
  const times = [...new Set(data.rows.map(({ time }) => time))].sort();
  const [first = "", last = ""] = [times[0], times.at(-1)];
  if (data.hasTime && first !== last)
    return changesOf(
      answer,
      (row) => (row.time === first ? row.value : "0"),
      (row) => (row.time === last ? row.value : "0"),
      [format.time(first), format.time(last)],
    );
  const parts = data.rows.map(
    (row): WaterfallStep => ({ name: nameOf(row, data), text: row.value ?? "0", kind: "change" }),
  );
  const kept = largest(parts);
  return [...kept, { name: "Total", text: sumTexts(kept.map(({ text }) => text)) ?? "0", kind: "total" }];
};

type Read = (row: ChartRow) => string | null;

const changesOf = (
  { data }: Answer,
  before: Read,
  after: Read,
  [first, last]: readonly [string, string],
): readonly WaterfallStep[] => {
  const total = (read: Read) => sumTexts(data.rows.map((row) => read(row) ?? "0")) ?? "0";
  const named = (row: ChartRow) => nameOf({ ...row, time: "" }, data);
  const changes = [...Map.groupBy(data.rows, named)].map(([name, rows]): WaterfallStep => {
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

/** The largest steps by size; the rest is one step, so that the sum stays exact. */
const largest = (steps: readonly WaterfallStep[]): readonly WaterfallStep[] => {
  const size = ({ text }: WaterfallStep) => Math.abs(position(text) ?? 0);
  const sorted = steps.toSorted((a, b) => size(b) - size(a));
  if (sorted.length <= MOST_STEPS) return sorted;
  const rest = sorted.slice(MOST_STEPS - 1);
  const text = sumTexts(rest.map((step) => step.text)) ?? "0";
  return [...sorted.slice(0, MOST_STEPS - 1), { name: REST, text, kind: "change" }];
};

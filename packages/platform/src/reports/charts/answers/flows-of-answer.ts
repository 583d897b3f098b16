import type { ChartRow } from "../chart-data.ts";
import type { ChartOption } from "../chart-look.ts";
import { sankeyOption } from "../drawings/sankey.ts";
import { type WaterfallStep, waterfallOption } from "../drawings/waterfall.ts";
import { type Answer, REST, titlesOf } from "./answer.ts";
import { stepsOf } from "./waterfall-steps.ts";

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

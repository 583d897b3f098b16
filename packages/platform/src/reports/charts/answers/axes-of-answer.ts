import { type ChartRow, everyTime, isAdditive, joined, position, sumTexts } from "../chart-data.ts";
import type { ChartOption } from "../chart-look.ts";
import type { ChartSpec } from "../chart-spec.ts";
import { type AxesSeries, axesOption } from "../drawings/axes.ts";
import { rankingOption } from "../drawings/ranking.ts";
import { type Answer, bySize, REST, titlesOf } from "./answer.ts";

/** More lines than this are no picture: the smallest become one. */
const MOST_SERIES = 10;
const MOST_BARS = 40;

/** Lines, areas and bars of an answer: over time, or category by category. */
export const axesOfAnswer = (
  answer: Answer,
  spec: ChartSpec & { type: "line" | "area" | "bar" },
): ChartOption => {
  const { data, look, format } = answer;
  const buckets = bucketsOf(answer);
  const lines = linesOf(answer, buckets);
  const isBilled = new Set(lines.flatMap(({ values }) => [...values.keys()]));
  const series = lines.map(
    ({ name, isRest, values }): AxesSeries => ({
      name,
      isRest,
      // where anything was billed at all, a line without a row cost nothing
      cells: buckets.map((bucket) =>
        values.has(bucket)
          ? (values.get(bucket) ?? null)
          : isAdditive(data.measure) && isBilled.has(bucket)
            ? "0"
            : null,
      ),
    }),
  );
  const titles = titlesOf(answer);
  const isLying = spec.type === "bar" && (spec.horizontal ?? !data.hasTime);
  const [only] = series;
  if (isLying && series.length === 1 && only !== undefined) {
    const bars = buckets.map((bucket, at) => ({
      name: data.hasTime ? format.time(bucket) : bucket,
      text: only.cells[at] ?? null,
      isRest: bucket === REST,
    }));
    return rankingOption({ bars, ...titles }, look);
  }
  return axesOption(
    {
      type: spec.type,
      isStacked: spec.type === "area" || (spec.stacked ?? (data.hasTime && !data.hasPrevious)),
      isLying,
      hasLegend: true,
      buckets,
      series,
      bucketTitle: (bucket) => (data.hasTime ? format.time(bucket) : bucket),
      ...titles,
    },
    look,
  );
};

/** Times in order, gaps filled; other categories as they came, the smallest folded together. */
const bucketsOf = ({ data: { hasTime, rows } }: Answer): readonly string[] => {
  if (hasTime) return everyTime(rows.map(({ time }) => time));
  const names = [...new Set(rows.map(bucketOf))];
  return names.length <= MOST_BARS ? names : [...new Set([...names.slice(0, MOST_BARS - 1), REST])];
};

const bucketOf = ({ time, keys, isOther }: ChartRow): string =>
  time || (isOther ? REST : (keys[0] ?? "Total"));

interface Line {
  readonly name: string;
  readonly isRest: boolean;
  readonly values: ReadonlyMap<string, string | null>;
}

const linesOf = ({ data }: Answer, buckets: readonly string[]): readonly Line[] => {
  const { rows, measure, hasTime } = data;
  if (data.hasPrevious && data.dimensions.length <= (hasTime ? 0 : 1)) {
    const before = rows.map((row) => ({ ...row, value: row.previous }));
    return [lineOf(measure.name, rows, false, buckets), lineOf("Before", before, true, buckets)];
  }
  const seriesOf = ({ keys, isOther }: ChartRow) =>
    isOther && hasTime ? REST : joined(hasTime ? keys : keys.slice(1)) || measure.name;
  const ranked = [...Map.groupBy(rows, seriesOf)]
    .map(([name, list]) => ({
      name,
      rows: list,
      isRest: name === REST,
      size: list.reduce((sum, { value }) => sum + Math.abs(position(value) ?? 0), 0),
    }))
    .toSorted(bySize);
  if (ranked.length <= MOST_SERIES || !isAdditive(measure))
    return ranked.slice(0, MOST_SERIES).map((one) => lineOf(one.name, one.rows, one.isRest, buckets));
  const kept = ranked.filter(({ isRest }) => !isRest).slice(0, MOST_SERIES - 1);
  const rest = ranked.filter((one) => !kept.includes(one)).flatMap((one) => one.rows);
  return [
    ...kept.map((one) => lineOf(one.name, one.rows, false, buckets)),
    lineOf(REST, rest, true, buckets),
  ];
};

const lineOf = (
  name: string,
  rows: readonly ChartRow[],
  isRest: boolean,
  buckets: readonly string[],
): Line => {
  const known = new Set(buckets);
  const byBucket = Map.groupBy(rows, (row) => (known.has(bucketOf(row)) ? bucketOf(row) : REST));
  const summed = [...byBucket].map(
    ([bucket, list]) => [bucket, sumTexts(list.map(({ value }) => value))] as const,
  );
  return { name, isRest, values: new Map(summed) };
};

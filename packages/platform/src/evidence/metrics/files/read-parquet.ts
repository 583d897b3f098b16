import type { Database } from "../../../lake/database.ts";
import { parquetOf } from "../../../lake/database.ts";
import { quoteText } from "../../../sql/dialect.ts";
import { evidenceErrors } from "../../errors.ts";
import type { PointSink } from "../resource-metric-store.ts";
import { dividesDay, isResourceMetric, MAX_VALUE, statisticProblem } from "../resource-point.ts";
import { factorOf } from "../units.ts";

const NEEDED = ["resource", "metric", "statistic", "time", "value", "unit"];

/**
 * Points of a Parquet file with the columns of the CSV form, a `TIMESTAMP` or text `time` in UTC and, where there are
 * histograms, `bounds` and `counts` as lists. The engine checks and converts all rows at once.
 * @throws METRIC_FILE_INVALID naming the row
 */
export const readMetricsParquet = async (
  file: string,
  intervalSeconds: number,
  run: Database["run"],
  sink: PointSink,
): Promise<void> => {
  const fail = (line: number, column: string, problem: string) =>
    evidenceErrors.create("METRIC_FILE_INVALID", { file, line, column, problem });
  const source = parquetOf([file], { numbered: true });
  const { columns } = await run({ text: `SELECT * FROM ${source} LIMIT 0` });
  const has = (name: string) => columns.some((column) => column.name === name);
  const missing = NEEDED.find((name) => !has(name));
  if (missing !== undefined) throw fail(1, missing, "there is no such column");
  const optional = (name: string, type: string, otherwise: string) =>
    has(name) ? `coalesce(CAST(${name} AS ${type}), ${otherwise})` : otherwise;
  const rows =
    "SELECT CAST(resource AS VARCHAR) AS resource, CAST(metric AS VARCHAR) AS metric, CAST(statistic AS VARCHAR) AS statistic, " +
    "TRY_CAST(rtrim(CAST(time AS VARCHAR), 'Z') AS TIMESTAMP) AS time, " +
    `${optional("interval", "INTEGER", String(intervalSeconds))} AS interval_seconds, CAST(value AS DOUBLE) AS value, ` +
    `CAST(unit AS VARCHAR) AS unit, ${optional("bounds", "DOUBLE[]", "CAST(NULL AS DOUBLE[])")} AS bounds, ` +
    `${optional("counts", "DOUBLE[]", "CAST(NULL AS DOUBLE[])")} AS counts, file_row_number + 1 AS line FROM ${source}`;
  // No value and no histogram: nothing was measured
  const points = `SELECT * FROM (${rows}) WHERE value IS NOT NULL OR counts IS NOT NULL`;
  const factors = await readFactors(points, run, fail);
  await refuseBroken(points, run, fail);
  await sink.addSelect({
    text:
      "SELECT resource, metric, statistic, time, interval_seconds, value * factor AS value, " +
      "list_transform(bounds, b -> b * factor) AS bounds, counts, '{}' AS labels " +
      `FROM (${points}) JOIN (${factors}) USING (metric, statistic, unit, interval_seconds)`,
  });
};

type Fail = (line: number, column: string, problem: string) => Error;

/** The few combinations of metric, statistic and unit that there are, each with what to multiply by. */
const readFactors = async (points: string, run: Database["run"], fail: Fail): Promise<string> => {
  const { rows } = await run({
    text: `SELECT metric, statistic, unit, interval_seconds, min(line) FROM (${points}) GROUP BY 1, 2, 3, 4 ORDER BY 5`,
  });
  const values = rows.map(([metric, statistic, unit, interval, first]) => {
    const [name, kind, seconds, line] = [String(metric), String(statistic), Number(interval), Number(first)];
    if (!isResourceMetric(name)) throw fail(line, "metric", `there is no metric ${name.slice(0, 40)}`);
    const wrong = statisticProblem(name, kind);
    if (wrong !== undefined) throw fail(line, "statistic", wrong);
    if (!dividesDay(seconds)) throw fail(line, "interval", `${seconds} s do not divide a day`);
    const factor = factorOf(name, kind, String(unit), seconds);
    if (factor === undefined)
      throw fail(line, "unit", `${String(unit).slice(0, 40)} can't become the unit of ${name} (${kind})`);
    return `(${quoteText(name)}, ${quoteText(kind)}, ${quoteText(String(unit))}, ${seconds}, CAST(${factor} AS DOUBLE))`;
  });
  const list = values.length === 0 ? "(NULL, NULL, NULL, 0, 1.0)" : values.join(", ");
  return `SELECT * FROM (VALUES ${list}) AS f(metric, statistic, unit, interval_seconds, factor)`;
};

/** The first row that is wrong, and where. */
const refuseBroken = async (points: string, run: Database["run"], fail: Fail): Promise<void> => {
  const isHistogram = "statistic = 'histogram'";
  const broken: readonly (readonly [column: string, condition: string, problem: string])[] = [
    ["resource", "resource IS NULL OR resource = ''", "it is empty"],
    ["time", "time IS NULL", "it is no UTC moment"],
    [
      "time",
      "epoch_us(time) % (CAST(interval_seconds AS BIGINT) * 1000000) <> 0",
      "it is not the start of an interval",
    ],
    [
      "value",
      `NOT ${isHistogram} AND (value IS NULL OR NOT isfinite(value) OR abs(value) >= ${MAX_VALUE})`,
      "it is no value",
    ],
    [
      "counts",
      `${isHistogram} AND (bounds IS NULL OR counts IS NULL OR len(counts) <> len(bounds) + 1)`,
      "a histogram has one more count than bounds",
    ],
    [
      "bounds",
      `${isHistogram} AND bounds <> list_sort(list_distinct(bounds))`,
      "bounds of a histogram ascend",
    ],
    ["counts", `${isHistogram} AND list_min(counts) < 0`, "counts are not below zero"],
  ];
  const cases = broken.map(([, condition], index) => `WHEN ${condition} THEN ${index}`).join(" ");
  const { rows } = await run({
    text: `SELECT line, wrong FROM (SELECT line, CASE ${cases} END AS wrong FROM (${points})) WHERE wrong IS NOT NULL ORDER BY line LIMIT 1`,
  });
  const [line, wrong] = rows[0] ?? [];
  const found = wrong === undefined ? undefined : broken[Number(wrong)];
  if (found !== undefined) throw fail(Number(line), found[0], found[2]);
};

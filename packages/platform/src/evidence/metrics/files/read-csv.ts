import { createReadStream } from "node:fs";
import { type Instant, instant, type ResourceMetric } from "@trimtab/domain";
import { CsvError, parse } from "csv-parse";
import { evidenceErrors } from "../../errors.ts";
import type { PointSink } from "../resource-metric-store.ts";
import {
  dividesDay,
  isResourceMetric,
  MAX_VALUE,
  type ResourcePoint,
  STATISTICS,
  statisticProblem,
} from "../resource-point.ts";
import { factorOf } from "../units.ts";

const BATCH = 20_000;
const NEEDED = ["resource", "metric", "statistic", "time", "value", "unit"] as const;
const LABEL = "label:";

interface Line {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

/** A cell that can't be. */
class CellProblem extends Error {
  readonly column: string;
  constructor(column: string, message: string) {
    super(message);
    this.column = column;
  }
}

/**
 * Points of a CSV file in long form: `resource,metric,statistic,time,value,unit`, where wanted `interval` (seconds), and
 * `label:…`. A histogram's value is JSON of bounds and counts. An empty value is a missing point.
 * @throws METRIC_FILE_INVALID naming line and column
 */
export const readMetricsCsv = async (
  file: string,
  intervalSeconds: number,
  sink: PointSink,
): Promise<void> => {
  const fail = (line: number, column: string, problem: string) =>
    evidenceErrors.create("METRIC_FILE_INVALID", { file, line, column, problem });
  const parser = createReadStream(file).pipe(parse({ bom: true, info: true, skip_empty_lines: true }));
  let header: readonly string[] | undefined;
  let batch: ResourcePoint[] = [];
  try {
    for await (const { info, record } of parser as AsyncIterable<Line>) {
      if (header === undefined) {
        header = record.map((name) => name.trim());
        const missing = NEEDED.find((name) => header?.includes(name) !== true);
        if (missing !== undefined) throw fail(1, missing, "there is no such column");
        continue;
      }
      const names = header;
      const cells = new Map(record.map((cell, index) => [names[index] ?? "", cell.trim()]));
      try {
        const point = pointOf(cells, intervalSeconds);
        if (point !== undefined) batch.push(point);
      } catch (error) {
        if (error instanceof CellProblem) throw fail(info.lines, error.column, error.message);
        throw error;
      }
      if (batch.length >= BATCH) {
        await sink.add(batch);
        batch = [];
      }
    }
  } catch (error) {
    if (error instanceof CsvError) throw fail(Number(error.lines ?? 1), "(the line)", error.message);
    throw error;
  }
  if (header === undefined) throw fail(1, "resource", "the file is empty");
  await sink.add(batch);
};

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

const pointOf = (cells: ReadonlyMap<string, string>, fallbackSeconds: number): ResourcePoint | undefined => {
  const cell = (name: string): string => cells.get(name) ?? "";
  if (cell("value") === "") return undefined;
  if (cell("resource") === "") throw new CellProblem("resource", "it is empty");
  const metric = cell("metric");
  if (!isResourceMetric(metric)) throw new CellProblem("metric", `there is no metric ${shown(metric)}`);
  const statistic = STATISTICS.find((name) => name === cell("statistic"));
  const wrong = statisticProblem(metric, cell("statistic"));
  if (statistic === undefined || wrong !== undefined) throw new CellProblem("statistic", wrong ?? "");
  const intervalSeconds = cell("interval") === "" ? fallbackSeconds : Number(cell("interval"));
  if (!dividesDay(intervalSeconds))
    throw new CellProblem(
      "interval",
      `${shown(cell("interval"))} is no number of seconds that divides a day`,
    );
  const factor = factorOf(metric, statistic, cell("unit"), intervalSeconds);
  if (factor === undefined)
    throw new CellProblem("unit", `${shown(cell("unit"))} can't become the unit of ${metric} (${statistic})`);
  return {
    resource: cell("resource"),
    metric,
    statistic,
    time: timeOf(cell("time"), intervalSeconds),
    intervalSeconds,
    value:
      statistic === "histogram"
        ? histogramOf(cell("value"), factor)
        : numberOf(cell("value"), factor, metric),
    labels: Object.fromEntries(
      [...cells].flatMap(([name, value]) =>
        name.startsWith(LABEL) && value !== "" ? [[name.slice(LABEL.length), value]] : [],
      ),
    ),
  };
};

const timeOf = (text: string, intervalSeconds: number): Instant => {
  const spelled = /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? `${text}T00:00:00Z`
    : text.replace(/^(\S+) (\d{2}:\d{2}:\d{2})$/, "$1T$2Z");
  let moment: Instant;
  try {
    moment = instant(spelled);
  } catch {
    throw new CellProblem("time", `${shown(text)} is no UTC moment, such as 2026-06-01T00:00:00Z`);
  }
  if ((Date.parse(moment) / 1000) % intervalSeconds === 0) return moment;
  throw new CellProblem("time", `${shown(text)} is not the start of an interval of ${intervalSeconds} s`);
};

const numberOf = (text: string, factor: number, metric: ResourceMetric): number => {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) * factor : Number.NaN;
  if (Number.isFinite(value) && Math.abs(value) < MAX_VALUE) return value;
  throw new CellProblem(
    "value",
    `${shown(text)} is no value of ${metric}; leave it empty where nothing was measured`,
  );
};

const histogramOf = (text: string, factor: number): Exclude<ResourcePoint["value"], number> => {
  try {
    const { bounds, counts } = JSON.parse(text) as { bounds: readonly number[]; counts: readonly number[] };
    return { bounds: bounds.map((bound) => bound * factor), counts };
  } catch {
    throw new CellProblem(
      "value",
      `${shown(text)} is no histogram, such as {"bounds":[10,100],"counts":[1,2,0]}`,
    );
  }
};

import { day, instant, roundTo, tryDecimal } from "@trimtab/domain";
import { CsvError, parse } from "csv-parse/sync";
import { queryErrors } from "../errors.ts";
import { findDimension, type VirtualDimension } from "../model/dimensions.ts";
import type { MetricPoint } from "../model/model.ts";

const SCALE = 12;
export const METRIC_ID = /^[a-z][a-z0-9_-]{0,60}$/;

interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

type Fail = (line: number, problem: string) => never;

/**
 * Reads metrics from CSV: header `time,metric,value` and any number of dimension columns, e.g.
 * `time,metric,value,tag:team`. Times are days or UTC moments; an empty dimension cell means "all of them".
 * @throws METRIC_INVALID naming the line
 */
export const parseMetricsCsv = (
  text: string,
  file: string,
  virtual: ReadonlyMap<string, VirtualDimension> = new Map(),
): ReadonlyMap<string, readonly MetricPoint[]> => {
  const fail: Fail = (line, problem) => {
    throw queryErrors.create("METRIC_INVALID", { file, line, problem });
  };
  const [header, ...lines] = linesOf(text, fail);
  const names = dimensionsOf(header, virtual, fail);
  const metrics = new Map<string, MetricPoint[]>();
  const seen = new Set<string>();
  for (const line of lines) {
    const { id, point } = pointOf(line, names, fail);
    const key = JSON.stringify([id, point.time, point.labels]);
    if (seen.has(key)) fail(line.line, "a second value of the same metric, time and dimensions");
    seen.add(key);
    const points = metrics.get(id) ?? [];
    points.push(point);
    metrics.set(id, points);
  }
  return metrics;
};

const linesOf = (text: string, fail: Fail): readonly CsvLine[] => {
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as {
      readonly info: { readonly lines: number };
      readonly record: readonly string[];
    }[];
    return records.map(({ info, record }) => ({
      line: info.lines,
      cells: record.map((cell) => cell.trim()),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fail(Number(error.lines ?? 1), error.message);
  }
};

const dimensionsOf = (
  header: CsvLine | undefined,
  virtual: ReadonlyMap<string, VirtualDimension>,
  fail: Fail,
): readonly string[] => {
  if (header === undefined || header.cells.slice(0, 3).join() !== "time,metric,value") {
    return fail(1, "the header does not start with time,metric,value");
  }
  return header.cells.slice(3).map((name) => {
    const dimension = findDimension(name, virtual);
    return dimension === undefined ? fail(1, `there is no dimension ${name.slice(0, 100)}`) : dimension.name;
  });
};

const pointOf = (
  { line, cells }: CsvLine,
  names: readonly string[],
  fail: Fail,
): { readonly id: string; readonly point: MetricPoint } => {
  const [time = "", id = "", value = "", ...labels] = cells;
  const shown = (text: string) => JSON.stringify(text.slice(0, 40));
  if (cells.length !== names.length + 3)
    fail(line, `${cells.length} fields where the header has ${names.length + 3}`);
  if (!METRIC_ID.test(id)) fail(line, `${shown(id)} is no metric name (small letters, digits, - and _)`);
  return {
    id,
    point: {
      time: pointTime(time) ?? fail(line, `${shown(time)} is no day and no UTC moment`),
      value: pointValue(value) ?? fail(line, `${shown(value)} is no decimal number`),
      labels: Object.fromEntries(
        labels.flatMap((label, index) => (label === "" ? [] : [[names[index] ?? "", label]])),
      ),
    },
  };
};

/** `YYYY-MM-DD HH:mm:ss` of a day or a UTC moment. */
const pointTime = (text: string): string | undefined => {
  try {
    return text.length === 10 ? `${day(text)} 00:00:00` : instant(text).slice(0, 19).replace("T", " ");
  } catch {
    return undefined;
  }
};

/** What a DECIMAL(38,12) holds, halves to even; undefined for what is no number (NaN, Inf) or too large. */
export const pointValue = (text: string): string | undefined => {
  const value = tryDecimal(text);
  if (value === undefined) return undefined;
  const rounded = roundTo(value, SCALE, "half-even").toString();
  return rounded.replace(/^-|\..*$/g, "").length <= 38 - SCALE ? rounded : undefined;
};

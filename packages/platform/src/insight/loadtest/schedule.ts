import { parse } from "csv-parse/sync";
import { z } from "zod";
import { loadtestErrors } from "./loadtest-errors.ts";

/** Requests that came in each interval; null: not known. */
export interface Traffic {
  readonly intervalSeconds: number;
  readonly values: readonly (number | null)[];
}

/** One part of a replay: so many requests a second for so long. */
export interface ScheduledInterval {
  readonly seconds: number;
  readonly requestsPerSecond: number;
}

export interface ScheduleOptions {
  /** 2: twice the traffic. */
  readonly scale: number;
  /** 60: an hour takes a minute, at the same requests a second. */
  readonly compress: number;
  readonly maxRate: number;
  readonly maxSeconds: number;
}

const series = z.object({
  intervalSeconds: z.number().positive(),
  values: z.array(z.number().nonnegative().nullable()).min(1),
});

/** Reads requests per interval: CSV (`time,requests`), or JSON as a series of metrics is. @throws LOADTEST_TRAFFIC_INVALID */
export function readTraffic(text: string, file: string): Traffic {
  const invalid = (reason: string) => loadtestErrors.create("LOADTEST_TRAFFIC_INVALID", { file, reason });
  if (text.trimStart().startsWith("{")) {
    const parsed = series.safeParse(jsonOf(text));
    if (!parsed.success) throw invalid(parsed.error.issues[0]?.message ?? "not understood");
    return parsed.data;
  }
  const rows = z
    .array(z.object({ time: z.string(), requests: z.coerce.number().nonnegative() }))
    .safeParse(csvOf(text, invalid));
  if (!rows.success)
    throw invalid(`row ${Number(rows.error.issues[0]?.path[0] ?? 0) + 1}: ${rows.error.issues[0]?.message}`);
  const times = rows.data.map(({ time }) => Date.parse(time) / 1000);
  const [first, second] = times;
  if (first === undefined || second === undefined) throw invalid("two rows at least tell the interval");
  const intervalSeconds = second - first;
  if (!(intervalSeconds > 0)) throw invalid("times are not in order, or not understood");
  const uneven = times.findIndex((time, index) => Math.abs(time - first - index * intervalSeconds) > 1e-6);
  if (uneven !== -1) throw invalid(`row ${uneven + 1} is not ${intervalSeconds} s after the one before`);
  return { intervalSeconds, values: rows.data.map(({ requests }) => requests) };
}

/** What is replayed, within the limits. Intervals that are not known are left out. @throws LOADTEST_TOO_MUCH */
export function scheduleOf(
  { intervalSeconds, values }: Traffic,
  { scale, compress, maxRate, maxSeconds }: ScheduleOptions,
): readonly ScheduledInterval[] {
  // The load is made second by second.
  const seconds = Math.max(1, Math.round(intervalSeconds / compress));
  const schedule = values.flatMap((requests) =>
    requests === null
      ? []
      : [{ seconds, requestsPerSecond: Math.round(((requests * scale) / intervalSeconds) * 1000) / 1000 }],
  );
  const total = schedule.length * seconds;
  const fastest = Math.max(0, ...schedule.map(({ requestsPerSecond }) => requestsPerSecond));
  const tooMuch = (what: string, value: number, limit: number, option: string) =>
    loadtestErrors.create("LOADTEST_TOO_MUCH", { what, value, limit, option });
  if (fastest > maxRate) throw tooMuch("requests a second", fastest, maxRate, "--max-rate");
  if (total > maxSeconds) throw tooMuch("seconds", total, maxSeconds, "--max-seconds");
  return schedule;
}

function csvOf(text: string, invalid: (reason: string) => Error): unknown {
  try {
    return parse(text, { columns: true, skip_empty_lines: true, trim: true, bom: true });
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : "no CSV");
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

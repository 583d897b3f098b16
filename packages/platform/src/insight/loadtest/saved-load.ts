import { z } from "zod";
import { loadtestErrors } from "./loadtest-errors.ts";

const interval = z.object({
  seconds: z.number(),
  requestsPerSecond: z.number(),
  sent: z.number(),
  answered: z.number(),
  failed: z.number(),
  p50: z.number(),
  p90: z.number(),
  p97_5: z.number(),
  p99: z.number(),
  max: z.number(),
});
const saved = z.object({
  version: z.literal(1),
  target: z.string(),
  method: z.string(),
  at: z.string(),
  runs: z.array(z.object({ scale: z.number(), intervals: z.array(interval) })).min(1),
});

/** A load test as it is kept: no header and no body, which may hold secrets. */
export type SavedLoad = z.output<typeof saved>;

/** @throws LOADTEST_FILE_INVALID */
export function readSavedLoad(text: string, file: string): SavedLoad {
  const invalid = (reason: string) =>
    loadtestErrors.create("LOADTEST_FILE_INVALID", { file, option: "--compare", reason });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid("it is no JSON");
  }
  const parsed = saved.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${issue?.path.join(".") || "its whole"}: ${issue?.message}`);
}

/** Why two runs can't be compared; undefined: they had the same schedule. */
export function scheduleDifference(
  before: SavedLoad["runs"][number],
  after: SavedLoad["runs"][number],
): string | undefined {
  if (before.intervals.length !== after.intervals.length)
    return `it had ${before.intervals.length} intervals, and this has ${after.intervals.length}`;
  const other = before.intervals.findIndex((one, index) => {
    const now = after.intervals[index];
    return one.seconds !== now?.seconds || one.requestsPerSecond !== now.requestsPerSecond;
  });
  return other === -1 ? undefined : `interval ${other + 1} had another length or rate`;
}

const headers = z.record(z.string().regex(/^[\w-]+$/), z.string());

/** Headers as JSON; none of it is printed, not even where it is wrong. @throws LOADTEST_FILE_INVALID */
export function readHeaders(text: string, file: string): Readonly<Record<string, string>> {
  try {
    const parsed = headers.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // Said below: what a parser says of a text may quote it.
  }
  throw loadtestErrors.create("LOADTEST_FILE_INVALID", {
    file,
    option: "--headers",
    reason: "it is no JSON object of texts",
  });
}

import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import type { Lake } from "../../packages/platform/src/lake/lake.ts";

export interface Child {
  readonly process: ChildProcess;
  /** Lines that it wrote. */
  readonly lines: readonly string[];
  /** Resolves when it is about to begin. */
  readonly ready: Promise<void>;
  /** Resolves when it ended, with its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** Loads into a bucket work below its cache, in `work/<lake>`. */
const lakeCache = ({ kind, scratch }: Lake["storage"]): string | undefined =>
  kind === "folder" ? undefined : dirname(dirname(scratch));

/** Starts a process that loads bills; `blocks` limits the size of every file that it writes, in KiB. */
export const startIngest = (
  lake: Pick<Lake, "storage">,
  times: number,
  files: readonly string[],
  options: { readonly blocks?: number } = {},
): Child => start(join(import.meta.dirname, "ingest-child.ts"), lake, [String(times), ...files], options);

/** Starts a process that compacts all loads again and again. */
export const startCompaction = (lake: Pick<Lake, "storage">, times: number): Child =>
  start(join(import.meta.dirname, "compact-child.ts"), lake, [String(times)], {});

/** Starts a process that sets a day's points of one resource to each of these values in turn. */
export const startMetrics = (lake: Pick<Lake, "storage">, times: number, values: readonly number[]): Child =>
  start(join(import.meta.dirname, "metrics-child.ts"), lake, [String(times), ...values.map(String)], {});

const start = (
  script: string,
  lake: Pick<Lake, "storage">,
  words: readonly string[],
  { blocks }: { readonly blocks?: number },
): Child => {
  const args = [script, lake.storage.root, ...words];
  // What is fetched from a bucket is shared with the test's own process.
  const cache = lakeCache(lake.storage);
  const env = { ...process.env, ...(cache === undefined ? {} : { TRIMTAB_CACHE: cache }) };
  const child =
    blocks === undefined
      ? spawn(process.execPath, args, { env })
      : spawn(
          "bash",
          ["-c", 'ulimit -f "$1"; shift; exec "$@"', "bash", String(blocks), process.execPath, ...args],
          { env },
        );
  const lines: string[] = [];
  let told = "";
  const ready = Promise.withResolvers<void>();
  child.stderr.on("data", (chunk) => void lines.push(`stderr ${chunk}`));
  child.stdout.on("data", (chunk) => {
    told += String(chunk);
    const whole = told.split("\n");
    told = whole.pop() ?? "";
    lines.push(...whole);
    if (whole.includes("ready")) ready.resolve();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", (code) => {
      ready.resolve();
      resolve(code);
    });
  });
  return { process: child, lines, ready: ready.promise, ended };
};

import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { type Json, TrimtabError } from "@trimtab/domain";
import { z } from "zod";
import type { Lake } from "../../lake/lake.ts";
import type { SourceDefinition } from "../../lake/source-definition.ts";
import type { JobContext, JobKind, JobOutcome } from "../../notify/scheduler/job.ts";
import type { State } from "../../state/state.ts";

export interface IngestJobParts {
  openLake(): Promise<Lake>;
  sources(): Promise<Readonly<Record<string, SourceDefinition>>>;
  readonly state: State;
  /** What relative places are relative to. */
  readonly cwd: string;
  /** What rests on the bills and is made anew after new ones; absent: nothing here. */
  readonly refresh?: (context: JobContext) => Promise<JobOutcome>;
}

const settingsSchema = z.strictObject({
  places: z
    .array(z.string().min(1).max(1000))
    .min(1)
    .max(100)
    .describe("Files, folders or globs on the server's disk that exports are written to"),
  partial: z.boolean().default(false).describe("Accept a file that covers fewer days than what is loaded"),
  refreshAdvice: z.boolean().default(false).describe("Ask the advisors again when there was something new"),
});

/** Brings new exports in: nothing is loaded while no file has changed since the last time. */
export const ingestJob = (parts: IngestJobParts): JobKind => ({
  kind: "ingest",
  title: "Bring in bills",
  description: "Loads what is new in folders that exports are written to, and refreshes what rests on it.",
  delivers: false,
  isForWholeLake: true,
  settings: settingsSchema,
  run: async (context, given) => {
    const settings = settingsSchema.parse(given);
    const seen = await fingerprint(parts, settings.places);
    const setting = `ingest-job/${context.scheduleId}`;
    const before = await readSeen(parts.state, setting);
    if (seen !== undefined && before?.value === seen)
      return { status: "succeeded", summary: "no file has changed since the last time" };
    const summary = await load(parts, context, settings);
    const refreshed =
      settings.refreshAdvice && parts.refresh !== undefined ? await parts.refresh(context) : undefined;
    const told = refreshed === undefined ? summary : `${summary}; ${refreshed.summary}`;
    if (refreshed?.status === "failed") return { status: "failed", summary: told };
    if (seen !== undefined)
      await keepSeen(parts.state, { name: setting, value: seen, version: before?.version ?? 0 });
    return { status: "succeeded", summary: told };
  },
});

const load = async (
  { openLake, sources, cwd }: IngestJobParts,
  { signal }: JobContext,
  { places, partial }: z.output<typeof settingsSchema>,
): Promise<string> => {
  const { findBills, loadFound } = await import("../../sources/load-bills.ts");
  const { storeOtherDatasets } = await import("../../sources/store-other-datasets.ts");
  const lake = await openLake();
  const request = { patterns: places, cwd, sources: await sources(), partial, signal };
  const found = await findBills(lake, request);
  const stored = await storeOtherDatasets(lake, found.others, () => new Date());
  const beside = stored.length === 0 ? "" : `, ${stored.length} other data sets`;
  if (found.inputs.length === 0 && stored.length > 0) return `kept ${stored.length} other data sets`;
  const { version, loads, quarantined } = await loadFound(lake, found, request);
  const held = quarantined.rows === 0 ? "" : `; ${quarantined.rows} rows are in quarantine`;
  const files = found.inputs.length;
  const counted = `${files} ${files === 1 ? "file" : "files"} as ${loads.length} ${loads.length === 1 ? "load" : "loads"}`;
  return `loaded ${counted}${beside}: lake version ${version}${held}`;
};

/** Of all files there are: path, size and time of change. Undefined: a place can't be read, which loading then says. */
const fingerprint = async (
  { cwd }: IngestJobParts,
  places: readonly string[],
): Promise<string | undefined> => {
  const { findInputs } = await import("../../lake/input/find-inputs.ts");
  try {
    const hash = createHash("sha256");
    const paths = (await findInputs(places, cwd)).map(({ path }) => path).toSorted();
    for (const path of paths) {
      const { size, mtimeMs } = await stat(path);
      hash.update(`${JSON.stringify([path, size, mtimeMs])}\n`);
    }
    return hash.digest("hex");
  } catch (error) {
    if (error instanceof TrimtabError || (error instanceof Error && "syscall" in error)) return undefined;
    throw error;
  }
};

const readSeen = async (state: State, name: string) => {
  const { readSetting } = await import("../../state/settings.ts");
  return await readSetting(state, name, z.string());
};

const keepSeen = async (
  state: State,
  setting: { readonly name: string; readonly value: Json; readonly version: number },
): Promise<void> => {
  const { writeSetting } = await import("../../state/settings.ts");
  await writeSetting(state, "scheduler", setting);
};

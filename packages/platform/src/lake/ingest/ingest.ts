import { TrimtabError } from "@trimtab/domain";
import type { Database } from "../database.ts";
import { lakeErrors } from "../errors.ts";
import { toInputFailure } from "../input/input-failure.ts";
import type { ManifestStore } from "../manifest-store.ts";
import type { LakeStorage } from "../storage/storage.ts";
import { notePlaced } from "../temporary-folder.ts";
import { toWriteFailure } from "../write-failure.ts";
import { commitLoads } from "./commit-loads.ts";
import { startFileChecks } from "./file-checks.ts";
import { frequentTags } from "./frequent-tags.ts";
import { groupInputs, type InputGroup, type RecognisedFile } from "./input-group.ts";
import { type PlannedLoad, planLoads } from "./plan-loads.ts";
import { type PreparedLoad, prepareLoad, writeRecords } from "./prepare-load.ts";
import { proveEquations, sumFates } from "./prove.ts";
import { readSql } from "./read-sql.ts";
import type { EquationProof, FateSum, IngestReport, InputRecord } from "./report.ts";
import { shareCharges } from "./share-charges.ts";
import { type Run, type StageContext, type StagedGroup, stageGroup } from "./stage.ts";
import { findingsOf, type SurveyLine, surveyGroup } from "./survey.ts";
import { prepareTwins } from "./twins.ts";
import { watchCopies } from "./watch-progress.ts";
import type { WriteContext } from "./write-load.ts";
import { quarantine, quarantinedOf } from "./write-quarantine.ts";

export interface IngestRequest {
  readonly inputs: readonly RecognisedFile[];
  /** Replace a load although this delivery covers fewer days. */
  readonly partial?: boolean;
  /** Files that were found but belong to older or incomplete deliveries: reported, not read. */
  readonly superseded?: readonly { readonly path: string; readonly reason: string }[];
  readonly signal?: AbortSignal;
}

/** Enough to tell which tags are frequent. */
const SAMPLED_FILES = 4;

/** Told as work goes on: reading in bytes of the files, writing in rows; `done` of `total`. */
export type OnProgress = (step: string, done: number, total: number) => void;

export interface IngestContext {
  readonly database: Database;
  readonly store: ManifestStore;
  readonly storage: LakeStorage;
  readonly clock: () => Date;
  readonly onProgress: OnProgress;
  /** Told of every folder outside the temporary one before it is made, so that a failed or dead load leaves none. */
  place(folder: string): Promise<void>;
}

const inputRecords = (
  groups: readonly InputGroup[],
  hashes: ReadonlyMap<string, string>,
  survey: readonly SurveyLine[],
): readonly InputRecord[] =>
  groups.flatMap(({ source, variant, files }) =>
    files.map(({ path, sizeBytes }) => ({
      path,
      sizeBytes,
      sha256: hashes.get(path) ?? "",
      source: source.id,
      variant,
      rows: survey.filter(({ file }) => file === path).reduce((sum, { rows }) => sum + rows, 0),
    })),
  );

/** @throws LAKE_SAME_FILE for a file that is given twice under two names */
const refuseSameFiles = (inputs: readonly InputRecord[]): void => {
  const known = new Map<string, string>();
  for (const { path, sha256, rows } of inputs) {
    if (sha256 === undefined) continue;
    const first = known.get(sha256);
    if (first !== undefined && rows > 0) throw lakeErrors.create("LAKE_SAME_FILE", { first, second: path });
    known.set(sha256, path);
  }
};

const bytesOf = (groups: readonly InputGroup[]): number =>
  groups.reduce((sum, { files }) => sum + files.reduce((bytes, file) => bytes + file.sizeBytes, 0), 0);

const rowsOf = (loads: readonly PlannedLoad[]): number =>
  loads.reduce((sum, { lines }) => sum + lines.reduce((rows, line) => rows + line.rows, 0), 0);

/** Everything of one ingest, inside one engine session and one temporary folder. */
export const ingestInto = async (
  surroundings: Omit<IngestContext, "place">,
  request: IngestRequest,
  folder: string,
  run: Run,
): Promise<IngestReport> => {
  const { signal, superseded = [] } = request;
  const placed: string[] = [];
  const place = async (own: string): Promise<void> => {
    placed.push(own);
    await notePlaced(folder, own);
  };
  const context: IngestContext = { ...surroundings, place };
  const { onProgress, storage } = context;
  const groups = groupInputs(request.inputs);
  const current = await context.store.current();
  const checks = startFileChecks(groups, signal);
  const prepared: PreparedLoad[] = [];
  try {
    const tagColumns = await frequentTags(run, groups, current.tagColumns, (group) =>
      readSql(group, group.files.slice(0, SAMPLED_FILES)),
    );
    const stage: StageContext = { run, folder, tagColumns, signal, isUtf8: checks.isUtf8 };
    const read: StagedGroup[] = [];
    const survey: SurveyLine[] = [];
    const allBytes = bytesOf(groups);
    for (const [index, group] of groups.entries()) {
      const before = bytesOf(groups.slice(0, index));
      const tell = (share: number) => onProgress("reading", before + share * bytesOf([group]), allBytes);
      tell(0);
      read.push(await stageGroup(watchCopies(stage, tell), group, index));
    }
    const staged = await prepareTwins(stage, read);
    for (const own of staged) survey.push(...(await surveyGroup(run, own)));
    const inputs = inputRecords(groups, await checks.hashes, survey);
    refuseSameFiles(inputs);
    const rejected = await quarantine(context, stage, staged, survey);
    const plan = planLoads(survey);
    if (plan.length === 0)
      throw lakeErrors.create("LAKE_NOTHING_TO_LOAD", {
        files: request.inputs.map(({ file }) => file.path).join(", "),
      });
    const allRows = rowsOf(plan);
    const writing: WriteContext = { ...stage, findings: findingsOf(staged, survey) };
    for (const [index, planned] of (await shareCharges(writing, plan)).entries()) {
      const before = rowsOf(plan.slice(0, index));
      const tell = (share: number) => onProgress("writing", before + share * rowsOf([planned]), allRows);
      tell(0);
      prepared.push(await prepareLoad(context, watchCopies(writing, tell), planned));
    }
    const equations: EquationProof[] = [];
    for (const [source, lines] of Map.groupBy(survey, (line) => line.staged.group.source.id)) {
      const written = prepared.filter(({ entry }) => entry.source === source).map(({ entry }) => entry.sums);
      equations.push(...proveEquations(source, lines, written));
    }
    const fates: readonly FateSum[] = sumFates(survey);
    const notes = [...new Set(groups.flatMap(({ mapping }) => mapping.notes ?? []))];
    const quarantined =
      rejected.path === undefined ? { rows: 0 } : { rows: rejected.rows.length, path: rejected.path };
    const final = prepared.map((load) => ({
      ...load,
      entry: { ...load.entry, quarantined: quarantinedOf(load, rejected) },
    }));
    await writeRecords(context, final, { inputs, equations, fates, superseded, notes });
    onProgress("committing", 0, 1);
    const { manifest, replaced } = await commitLoads(context, stage, final, request.partial === true);
    const ids = new Set(final.map(({ entry }) => entry.id));
    const loads = manifest.loads.filter(({ id }) => ids.has(id));
    return {
      version: manifest.version,
      loads,
      replaced,
      inputs,
      equations,
      fates,
      quarantined,
      superseded,
      notes,
    };
  } catch (error) {
    // Where it may have committed after all, its files stay; expiry takes those that no version names.
    if (!(error instanceof TrimtabError && error.code === "LAKE_COMMIT_UNCERTAIN"))
      for (const own of placed) await storage.remove(own).catch(() => undefined);
    // A damaged file is why the engine stumbled, or would have, had it been faster.
    if (signal?.aborted !== true) await checks.hashes;
    throw toInputFailure(
      toWriteFailure(storage.scratch, error),
      request.inputs.map(({ file }) => file.path),
    );
  }
};

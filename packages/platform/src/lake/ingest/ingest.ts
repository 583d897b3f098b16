import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Day, Instant } from "@trimtab/domain";
import { add, formatDecimal, ZERO } from "@trimtab/domain";
import type { Database } from "../database.ts";
import { lakeErrors } from "../errors.ts";
import { checkIntegrity } from "../input/integrity.ts";
import { loadFolder, newId, syncFile } from "../layout.ts";
import type { CostColumn, LoadEntry, Manifest } from "../manifest.ts";
import type { ManifestStore } from "../manifest-store.ts";
import { LOAD_RECORD, refuseLessCoverage } from "./coverage.ts";
import { frequentTags } from "./frequent-tags.ts";
import { groupInputs, type InputGroup, type RecognisedFile } from "./input-group.ts";
import { type PlannedLoad, planLoads } from "./plan-loads.ts";
import { proveEquations, sumFates } from "./prove.ts";
import { collectRejected, type QuarantinedRow, writeQuarantine } from "./quarantine.ts";
import { MAPPED, REJECTED } from "./relation-sql.ts";
import type { DayRecord, EquationProof, FateSum, IngestReport, InputRecord, LoadRecord } from "./report.ts";
import { writeRollups } from "./rollup.ts";
import { countOnce } from "./same-charges.ts";
import { type Run, type StageContext, type StagedGroup, stageGroup } from "./stage.ts";
import { type SurveyLine, surveyGroup } from "./survey.ts";
import { prepareTwins } from "./twins.ts";
import { watchCopies } from "./watch-progress.ts";
import { chargeFile, type DayLine, measureCharges, sumsByCurrency, writeCharges } from "./write-load.ts";

export interface IngestRequest {
  readonly inputs: readonly RecognisedFile[];
  /** Replace a load although this delivery covers fewer days. */
  readonly partial?: boolean;
  /** Files that were found but belong to older or incomplete deliveries: reported, not read. */
  readonly superseded?: readonly { readonly path: string; readonly reason: string }[];
  readonly signal?: AbortSignal;
}

/** Told as work goes on: reading in bytes of the files, writing in rows; `done` of `total`. */
export type OnProgress = (step: string, done: number, total: number) => void;

export interface IngestContext {
  readonly database: Database;
  readonly store: ManifestStore;
  readonly root: string;
  readonly clock: () => Date;
  readonly onProgress: OnProgress;
}

/** A load whose files are in place under their final names but that no manifest names yet. */
interface PreparedLoad {
  readonly entry: LoadEntry;
  readonly days: readonly DayRecord[];
  readonly planned: PlannedLoad;
}

const toInstant = (text: string): Instant => `${text.replace(" ", "T").replace(/Z$/, "")}Z` as Instant;

const byDay = (lines: readonly DayLine[]): readonly DayRecord[] =>
  [...Map.groupBy(lines, ({ day, currency }) => `${day} ${currency}`).values()].map((own) => {
    const [{ day, currency }] = own as [DayLine];
    const sum = (name: CostColumn) =>
      formatDecimal(own.reduce((total, { sums }) => add(total, sums[name]), ZERO));
    const rows = own.reduce((total, line) => total + line.rows, 0);
    return { day, currency, rows, billed: sum("BilledCost"), effective: sum("EffectiveCost") };
  });

const extreme = (values: readonly string[], pick: 1 | -1): string =>
  values.reduce((best, value) => ((value > best ? 1 : -1) === pick ? value : best), values[0] ?? "");

const unknownOf = (groups: readonly StagedGroup[], days: readonly DayLine[]): LoadEntry["unknown"] => {
  const declared = groups.flatMap(({ group }) => group.mapping.unknown ?? []);
  return Object.fromEntries(
    declared
      .filter(({ column }) => days.every(({ rows, nulls }) => nulls[column] === rows))
      .map(({ column, reason }) => [column, reason]),
  );
};

const prepareLoad = async (
  context: IngestContext,
  stage: StageContext,
  planned: PlannedLoad,
): Promise<PreparedLoad> => {
  const { root, clock } = context;
  const id = newId(clock());
  const folder = loadFolder("charges", planned, id);
  const staged = join(stage.folder, id, "part-0.parquet");
  const bytes = await writeCharges(stage, planned, staged);
  const lines = await measureCharges(stage.run, staged);
  const rows = lines.reduce((sum, line) => sum + line.rows, 0);
  const path = chargeFile(folder);
  await mkdir(join(root, folder), { recursive: true });
  await rename(staged, join(root, path));
  await syncFile(join(root, path), root);
  const rollups = await writeRollups(
    stage.run,
    { file: join(root, path), rows, tags: stage.tagColumns },
    { root, folder: loadFolder("charges_daily", planned, id) },
  );
  for (const rollup of rollups) await syncFile(join(root, rollup.path), root);
  const [first] = planned.groups;
  const entry: LoadEntry = {
    id,
    source: planned.source,
    instance: planned.instance,
    account: planned.account,
    detailRank: first?.group.mapping.detailRank ?? first?.group.source.detailRank ?? 0,
    billingPeriod: planned.billingPeriod as Day,
    loadedAt: clock().toISOString() as Instant,
    rows,
    files: [{ path, rows, bytes }],
    rollups,
    chargeStart: toInstant(
      extreme(
        lines.map(({ firstStart }) => firstStart),
        -1,
      ),
    ),
    chargeEnd: toInstant(
      extreme(
        lines.map(({ lastEnd }) => lastEnd),
        1,
      ),
    ),
    sums: sumsByCurrency(lines),
    providers: [...new Set(lines.map(({ provider }) => provider))].sort(),
    unknown: unknownOf(planned.groups, lines),
    quarantined: { rows: 0 },
    counted: true,
    tagColumns: Object.fromEntries(stage.tagColumns),
  };
  return { entry, days: byDay(lines), planned };
};

const quarantine = async (
  context: IngestContext,
  stage: StageContext,
  staged: readonly StagedGroup[],
  survey: readonly SurveyLine[],
): Promise<{ rows: readonly QuarantinedRow[]; path?: string }> => {
  const all: QuarantinedRow[] = [];
  for (const group of staged) {
    const rejected = survey.filter((line) => line.staged === group && line.fate === REJECTED);
    all.push(
      ...(await collectRejected(
        stage.run,
        group,
        rejected.reduce((sum, { rows }) => sum + rows, 0),
      )),
    );
  }
  const [first] = all;
  if (first === undefined) return { rows: all };
  const accepted = survey.filter(({ fate }) => fate === MAPPED).reduce((sum, { rows }) => sum + rows, 0);
  if (accepted === 0)
    throw lakeErrors.create("LAKE_ALL_REJECTED", {
      rows: all.length,
      file: first.file,
      line: first.line ?? "?",
      column: first.column ?? "?",
      reason: first.reason,
    });
  const path = join(
    "quarantine",
    `source=${first.source}`,
    `load=${newId(context.clock())}`,
    "part-0.parquet",
  );
  await writeQuarantine(stage.run, all, join(stage.folder, "quarantine.ndjson"), join(context.root, path));
  await syncFile(join(context.root, path), context.root);
  return { rows: all, path };
};

const commitLoads = async (
  context: IngestContext,
  run: Run,
  prepared: readonly PreparedLoad[],
  partial: boolean,
): Promise<{ manifest: Manifest; replaced: readonly string[] }> => {
  let replaced: readonly string[] = [];
  const added = prepared.map(({ entry }) => entry);
  const manifest = await context.store.commit(async (current) => {
    const old = current.loads.filter((load) =>
      added.some(
        ({ instance, billingPeriod }) => instance === load.instance && billingPeriod === load.billingPeriod,
      ),
    );
    replaced = old.map(({ id }) => id);
    if (!partial)
      for (const { entry, days } of prepared)
        for (const load of old)
          if (load.instance === entry.instance && load.billingPeriod === entry.billingPeriod)
            await refuseLessCoverage(context.root, load, entry, days);
    const live = [...current.loads.filter(({ id }) => !replaced.includes(id)), ...added];
    const loads = await countOnce(run, context.root, live, added);
    const tagColumns = Object.assign({}, current.tagColumns, ...loads.map((load) => load.tagColumns));
    return { reason: "ingest", loads, tagColumns };
  });
  return { manifest, replaced };
};

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

const writeRecords = async (
  context: IngestContext,
  prepared: readonly PreparedLoad[],
  common: Pick<LoadRecord, "inputs" | "equations" | "fates" | "superseded" | "notes">,
): Promise<void> => {
  for (const { entry, days, planned } of prepared) {
    const file = join(context.root, loadFolder("charges", entry, entry.id), LOAD_RECORD);
    const own = new Set(planned.lines.map((line) => line.file));
    const inputs = common.inputs.filter(({ path }) => own.has(path));
    const record: LoadRecord = { entry, days, ...common, inputs };
    await writeFile(file, `${JSON.stringify(record, null, 1)}\n`);
    await syncFile(file, context.root);
  }
};

const removePrepared = async (root: string, prepared: readonly PreparedLoad[]): Promise<void> => {
  for (const { entry } of prepared)
    for (const table of ["charges", "charges_daily"])
      await rm(join(root, loadFolder(table, entry, entry.id)), { recursive: true, force: true });
};

const integrityOf = async (groups: readonly InputGroup[], signal: AbortSignal | undefined) => {
  const hashes = new Map<string, string>();
  for (const { files } of groups)
    for (const file of files) hashes.set(file.path, await checkIntegrity(file, signal));
  return hashes;
};

const bytesOf = (groups: readonly InputGroup[]): number =>
  groups.reduce((sum, { files }) => sum + files.reduce((bytes, file) => bytes + file.sizeBytes, 0), 0);

const rowsOf = (loads: readonly PlannedLoad[]): number =>
  loads.reduce((sum, { lines }) => sum + lines.reduce((rows, line) => rows + line.rows, 0), 0);

/** Everything of one ingest, inside one engine session and one temporary folder. */
export const ingestInto = async (
  context: IngestContext,
  request: IngestRequest,
  folder: string,
  run: Run,
): Promise<IngestReport> => {
  const { signal, superseded = [] } = request;
  const { onProgress } = context;
  const groups = groupInputs(request.inputs);
  const current = await context.store.current();
  const integrity = integrityOf(groups, signal);
  // Awaited below; a failure there must not count as unhandled while text is still being read.
  integrity.catch(() => undefined);
  const prepared: PreparedLoad[] = [];
  try {
    const tagColumns = await frequentTags(run, groups, current.tagColumns);
    const stage: StageContext = { run, folder, tagColumns, signal };
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
    const hashes = await integrity;
    const rejected = await quarantine(context, stage, staged, survey);
    const plan = planLoads(survey);
    if (plan.length === 0)
      throw lakeErrors.create("LAKE_NOTHING_TO_LOAD", {
        files: request.inputs.map(({ file }) => file.path).join(", "),
      });
    const allRows = rowsOf(plan);
    for (const [index, planned] of plan.entries()) {
      const before = rowsOf(plan.slice(0, index));
      const tell = (share: number) => onProgress("writing", before + share * rowsOf([planned]), allRows);
      tell(0);
      prepared.push(await prepareLoad(context, watchCopies(stage, tell), planned));
    }
    const equations: EquationProof[] = [];
    for (const [source, lines] of Map.groupBy(survey, (line) => line.staged.group.source.id)) {
      const written = prepared.filter(({ entry }) => entry.source === source).map(({ entry }) => entry.sums);
      equations.push(...proveEquations(source, lines, written));
    }
    const fates: readonly FateSum[] = sumFates(survey);
    const inputs = inputRecords(groups, hashes, survey);
    const notes = [...new Set(groups.flatMap(({ mapping }) => mapping.notes ?? []))];
    const quarantined =
      rejected.path === undefined ? { rows: 0 } : { rows: rejected.rows.length, path: rejected.path };
    const final = prepared.map((load) => ({
      ...load,
      entry: { ...load.entry, quarantined: quarantinedOf(load, rejected) },
    }));
    await writeRecords(context, final, { inputs, equations, fates, superseded, notes });
    onProgress("committing", 0, 1);
    const { manifest, replaced } = await commitLoads(context, run, final, request.partial === true);
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
    await removePrepared(context.root, prepared);
    throw error;
  } finally {
    await integrity.catch(() => undefined);
  }
};

/** Rows that can't be read often lack a period; they count with the loads of the files they stand in. */
const quarantinedOf = (
  { planned }: PreparedLoad,
  { rows, path }: { rows: readonly QuarantinedRow[]; path?: string },
): LoadEntry["quarantined"] => {
  if (path === undefined) return { rows: 0 };
  const files = new Set(planned.lines.map(({ file }) => file));
  return { rows: rows.filter(({ file }) => files.has(file)).length, path };
};

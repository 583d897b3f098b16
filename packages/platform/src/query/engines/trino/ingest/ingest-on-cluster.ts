import { basename, posix } from "node:path";
import { TrimtabError } from "@trimtab/domain";
import { lakeErrors } from "../../../../lake/errors.ts";
import { commitLoads } from "../../../../lake/ingest/commit-loads.ts";
import { frequentTags } from "../../../../lake/ingest/frequent-tags.ts";
import type { IngestContext, IngestRequest, OnProgress } from "../../../../lake/ingest/ingest.ts";
import { groupInputs } from "../../../../lake/ingest/input-group.ts";
import { type PlannedLoad, planLoads } from "../../../../lake/ingest/plan-loads.ts";
import { writeRecords } from "../../../../lake/ingest/prepare-load.ts";
import { proveEquations, sumFates } from "../../../../lake/ingest/prove.ts";
import type { QuarantinedRow } from "../../../../lake/ingest/quarantine.ts";
import { REJECTED } from "../../../../lake/ingest/relation-sql.ts";
import type { IngestReport, InputRecord } from "../../../../lake/ingest/report.ts";
import type { Run, StagedGroup } from "../../../../lake/ingest/stage.ts";
import { findingsOf, type SurveyLine, surveyGroup } from "../../../../lake/ingest/survey.ts";
import type { WriteContext } from "../../../../lake/ingest/write-load.ts";
import { keepQuarantined, quarantinedOf } from "../../../../lake/ingest/write-quarantine.ts";
import type { Lake } from "../../../../lake/lake.ts";
import { newId, TEMP_FOLDER } from "../../../../lake/layout.ts";
import { notePlaced, withTemporaryFolder } from "../../../../lake/temporary-folder.ts";
import { trinoName } from "../../../../lake/trino-ddl.ts";
import { NOT_PLAIN, trinoMappingDialect } from "../../../../sql/trino-mapping.ts";
import { probeInsert } from "../insert-probe.ts";
import { insertTableName, sweepInsertTables } from "../insert-table.ts";
import { requireSchema } from "../prepare-tables.ts";
import { requireVersion } from "../server-version.ts";
import type { TrinoClient } from "../trino-client.ts";
import { unfitFor } from "./cluster-fit.ts";
import { clusterRejected, MAX_REJECTED } from "./cluster-quarantine.ts";
import { locationOf, type SharedFolder } from "./input-locations.ts";
import { refuseSameFiles } from "./refuse-same-files.ts";
import { type ClusterGroup, type ClusterStage, stageOnCluster } from "./stage-on-cluster.ts";
import { writeOnCluster } from "./write-on-cluster.ts";

export interface ClusterIngest {
  readonly client: TrinoClient;
  readonly lake: Lake;
  readonly clock: () => Date;
  /** Where the cluster sees the lake's root, without a slash at the end. */
  readonly location: string;
  /** Folders that the cluster sees, too, besides the lake's own. */
  readonly shared: readonly SharedFolder[];
  readonly onProgress?: OnProgress;
}

/** The bills were loaded, or nothing was done and the embedded engine has to read them. */
export type ClusterOutcome =
  | { readonly kind: "loaded"; readonly report: IngestReport }
  | { readonly kind: "embedded"; readonly reason: string };

/** Something in the bills that only the embedded engine reads. */
class NotOnCluster extends Error {}

/**
 * Loads bills that the cluster sees, inside the cluster: its workers map them and write the lake's files by
 * `INSERT … SELECT`; this program sees sums. Survey, proof, quarantine and commit are those of the embedded ingest.
 * @throws CLUSTER_*, CLUSTER_INPUT_UNSEEN, and what the lake's ingest throws
 */
export const ingestOnCluster = async (
  ingest: ClusterIngest,
  request: IngestRequest,
): Promise<ClusterOutcome> => {
  const { client, lake, clock } = ingest;
  await requireVersion(client, request.signal);
  await requireSchema(client, { signal: request.signal });
  await lake.storage.prepare();
  try {
    const report = await withTemporaryFolder(lake.storage, clock(), (folder) =>
      lake.database.session((embedded) => withinFolder(ingest, request, folder, embedded)),
    );
    return { kind: "loaded", report };
  } catch (error) {
    if (error instanceof NotOnCluster) return { kind: "embedded", reason: error.message };
    const reason = error instanceof TrimtabError ? String(error.details.reason ?? "") : "";
    const at = reason.indexOf(NOT_PLAIN);
    if (at < 0) throw error;
    return { kind: "embedded", reason: `the bills hold ${reason.slice(at + NOT_PLAIN.length)}` };
  }
};

/** What is on the cluster and outside of the temporary folder only while a load runs. */
interface Leftovers {
  readonly tables: string[];
  readonly folders: string[];
  readonly placed: string[];
}

const withinFolder = async (
  ingest: ClusterIngest,
  request: IngestRequest,
  folder: string,
  embedded: Run,
): Promise<IngestReport> => {
  const { client, lake, location, clock } = ingest;
  const left: Leftovers = { tables: [], folders: [], placed: [] };
  try {
    return await load(ingest, request, { folder, embedded, left });
  } catch (error) {
    // Where it may have committed after all, its files stay; expiry takes those that no version names.
    if (!(error instanceof TrimtabError && error.code === "LAKE_COMMIT_UNCERTAIN"))
      for (const own of left.placed) await lake.storage.remove(own).catch(() => undefined);
    throw error;
  } finally {
    for (const name of left.tables)
      await client.run(`DROP TABLE IF EXISTS ${trinoName(name, client.settings)}`).catch(() => undefined);
    for (const own of left.folders) await lake.storage.remove(own).catch(() => undefined);
    await sweepInsertTables({ client, location }, clock()).catch(() => undefined);
  }
};

const openStage = (
  { client, location, shared, lake, clock }: ClusterIngest,
  { signal }: IngestRequest,
  folder: string,
  { tables, folders }: Leftovers,
): ClusterStage => {
  const id = newId(clock());
  const temporary = posix.join(TEMP_FOLDER, basename(folder));
  const known: readonly SharedFolder[] =
    lake.storage.kind === "folder" ? [...shared, { folder: lake.root, location }] : shared;
  return {
    run: ({ text }, options) => client.run(text, options),
    settings: client.settings,
    signal,
    locationOf: (path) => locationOf(path, known),
    tableName: (part) => insertTableName(id, part),
    track: (table, own) => {
      tables.push(table);
      if (own !== undefined) folders.push(posix.join(temporary, own));
    },
    temporary: `${location}/${temporary}`,
  };
};

const surveyAll = async (run: Run, groups: readonly ClusterGroup[]): Promise<readonly SurveyLine[]> => {
  const survey: SurveyLine[] = [];
  for (const { staged } of groups) survey.push(...(await surveyGroup(run, staged)));
  return survey;
};

/** @throws NotOnCluster where there are too many of them to tell one by one */
const rejectedRows = async (
  { run, signal }: ClusterStage,
  groups: readonly ClusterGroup[],
  survey: readonly SurveyLine[],
): Promise<readonly QuarantinedRow[]> => {
  const rows: QuarantinedRow[] = [];
  for (const { staged } of groups) {
    const lines = survey.filter((line) => line.staged === staged && line.fate === REJECTED);
    const count = lines.reduce((sum, line) => sum + line.rows, 0);
    if (count > MAX_REJECTED) throw new NotOnCluster(`${count} rows can't be read`);
    if (count > 0) rows.push(...(await clusterRejected(run, staged, signal)));
  }
  return rows;
};

/** What was read. The cluster reads the files; their digests would mean to read them here once more. */
const inputRecords = (
  groups: readonly ClusterGroup[],
  survey: readonly SurveyLine[],
): readonly InputRecord[] =>
  groups.flatMap(({ staged: { group } }) =>
    group.files.map(({ path, sizeBytes }) => ({
      path,
      sizeBytes,
      source: group.source.id,
      variant: group.variant,
      rows: survey.filter(({ file }) => file === path).reduce((sum, { rows }) => sum + rows, 0),
    })),
  );

const planOf = (request: IngestRequest, survey: readonly SurveyLine[]): readonly PlannedLoad[] => {
  const plan = planLoads(survey);
  if (plan.length > 0) return plan;
  const files = request.inputs.map(({ file }) => file.path).join(", ");
  throw lakeErrors.create("LAKE_NOTHING_TO_LOAD", { files });
};

/** Everything of one load, in the order of the embedded ingest. */
const load = async (
  ingest: ClusterIngest,
  request: IngestRequest,
  { folder, embedded, left }: { folder: string; embedded: Run; left: Leftovers },
): Promise<IngestReport> => {
  const { client, lake, location, clock, onProgress = () => undefined } = ingest;
  const { signal, superseded = [] } = request;
  const stage = openStage(ingest, request, folder, left);
  const { run } = stage;
  const inputs = groupInputs(request.inputs, {
    dialect: trinoMappingDialect,
    totalsPrefix: `${stage.tableName("")}`,
  });
  const insert = { client, location, signal };
  const unfit = inputs.map(unfitFor).find((reason) => reason !== undefined);
  if (unfit !== undefined) throw new NotOnCluster(unfit);
  await probeInsert(insert, { run: embedded, storage: lake.storage, now: clock() });
  const groups: ClusterGroup[] = [];
  for (const [index, group] of inputs.entries()) {
    onProgress("staging", index, inputs.length);
    const staged = await stageOnCluster(stage, group, index);
    if (typeof staged === "string") throw new NotOnCluster(staged);
    groups.push(staged);
  }
  const byStaged = new Map<StagedGroup, ClusterGroup>(groups.map((own) => [own.staged, own]));
  const byGroup = new Map(groups.map((own) => [own.staged.group, own.staged]));
  const current = await lake.store.current();
  await refuseSameFiles(run, groups, signal);
  const tagColumns = await frequentTags(
    run,
    inputs,
    current.tagColumns,
    (group) => byGroup.get(group)?.from ?? "",
  );
  onProgress("surveying", 0, 1);
  const survey = await surveyAll(run, groups);
  const context: IngestContext = {
    database: lake.database,
    store: lake.store,
    storage: lake.storage,
    clock,
    onProgress,
    place: async (own) => {
      left.placed.push(own);
      await notePlaced(folder, own);
    },
  };
  const kept = await keepQuarantined(
    context,
    { run: embedded, folder },
    await rejectedRows(stage, groups, survey),
    survey,
  );
  const plan = planOf(request, survey);
  const writing: WriteContext = {
    run,
    folder,
    tagColumns,
    signal,
    isUtf8: () => Promise.resolve(true),
    findings: findingsOf(
      groups.map(({ staged }) => staged),
      survey,
    ),
  };
  const onWritten = (loads: number) => onProgress("writing", loads, plan.length);
  onWritten(0);
  const prepared = await writeOnCluster({ ...context, insert, onWritten }, writing, plan, byStaged);
  const equations = [...Map.groupBy(survey, ({ staged }) => staged.group.source.id)].flatMap(
    ([source, lines]) => {
      const own = prepared.filter(({ entry }) => entry.source === source);
      return proveEquations(
        source,
        lines,
        own.map(({ entry }) => entry.sums),
      );
    },
  );
  const records = inputRecords(groups, survey);
  const fates = sumFates(survey);
  const notes = [...new Set(inputs.flatMap(({ mapping }) => mapping.notes ?? []))];
  const final = prepared.map((own) => ({
    ...own,
    entry: { ...own.entry, quarantined: quarantinedOf(own, kept) },
  }));
  await writeRecords(context, final, { inputs: records, equations, fates, superseded, notes });
  onProgress("committing", 0, 1);
  const { manifest, replaced } = await commitLoads(
    context,
    { run: embedded, folder },
    final,
    request.partial === true,
  );
  const ids = new Set(final.map(({ entry }) => entry.id));
  return {
    version: manifest.version,
    loads: manifest.loads.filter(({ id }) => ids.has(id)),
    replaced,
    inputs: records,
    equations,
    fates,
    quarantined: kept.path === undefined ? { rows: 0 } : { rows: kept.rows.length, path: kept.path },
    superseded,
    notes,
  };
};

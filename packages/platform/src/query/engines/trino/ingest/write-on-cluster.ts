import { CHARGES_TABLE, DAILY_TABLE } from "../../../../lake/cluster-tables.ts";
import { filesFor } from "../../../../lake/compact/file-size.ts";
import type { IngestContext } from "../../../../lake/ingest/ingest.ts";
import { measureCharges, measuredSql } from "../../../../lake/ingest/measure-load.ts";
import type { PlannedLoad } from "../../../../lake/ingest/plan-loads.ts";
import { type PreparedLoad, preparedOf } from "../../../../lake/ingest/prepare-load.ts";
import { makeRollups } from "../../../../lake/ingest/rollup.ts";
import type { StagedGroup } from "../../../../lake/ingest/stage.ts";
import type { WriteContext } from "../../../../lake/ingest/write-load.ts";
import { loadFolder, newId } from "../../../../lake/layout.ts";
import { clusterRollups } from "../cluster-rollups.ts";
import { type InsertedLoad, insertLoads } from "../insert-loads.ts";
import { type InsertContext, MAX_FOLDERS } from "../insert-table.ts";
import { type LoadToWrite, loadsSql } from "./loads-sql.ts";
import type { ClusterGroup } from "./stage-on-cluster.ts";

/** A row of a bill takes about so many bytes of Parquet in the lake; it only decides how many files a load gets. */
const BYTES_A_ROW = 60;

const filesOf = ({ lines }: PlannedLoad): number =>
  filesFor(lines.reduce((sum, { rows }) => sum + rows, 0) * BYTES_A_ROW);

/** Loads that one statement writes: of as many files each, and no more than its writers can have open. */
const batchesOf = (plan: readonly PlannedLoad[]) =>
  [...Map.groupBy(plan, filesOf)].flatMap(([filesPerLoad, alike]) =>
    Array.from({ length: Math.ceil(alike.length / MAX_FOLDERS) }, (_, index) => ({
      filesPerLoad,
      loads: alike.slice(index * MAX_FOLDERS, (index + 1) * MAX_FOLDERS),
    })),
  );

type ClusterWriteContext = Pick<IngestContext, "clock" | "place" | "storage"> & {
  readonly insert: InsertContext;
  /** As many loads were written. */
  readonly onWritten: (loads: number) => void;
};

/** Lets the cluster write the charges of loads, and measures what it wrote. Answers in the order of the plan. */
export const writeOnCluster = async (
  context: ClusterWriteContext,
  writing: WriteContext,
  plan: readonly PlannedLoad[],
  groups: ReadonlyMap<StagedGroup, ClusterGroup>,
): Promise<readonly PreparedLoad[]> => {
  const prepared = new Map<PlannedLoad, PreparedLoad>();
  for (const { loads, filesPerLoad } of batchesOf(plan)) {
    const own = loads.map((planned): LoadToWrite => ({ planned, id: newId(context.clock()) }));
    for (const { planned, id } of own)
      for (const { folder } of [CHARGES_TABLE, DAILY_TABLE])
        await context.place(loadFolder(folder, planned, id));
    const request = {
      table: CHARGES_TABLE,
      loads: own.map(({ planned, id }) => ({ key: planned, id })),
      tagColumns: Object.fromEntries(writing.tagColumns),
      select: loadsSql(own, writing, groups),
      filesPerLoad,
    };
    await insertLoads(context.insert, request, async (inserted) => {
      for (const load of own) {
        const written = inserted.get(load.id) ?? { files: [], from: "" };
        prepared.set(load.planned, await measure(context, writing, load, written));
        context.onWritten(prepared.size);
      }
    });
  }
  return plan.flatMap((planned) => prepared.get(planned) ?? []);
};

/** Reads back what was written, so that every sum and rollup that is kept comes from the files themselves. */
const measure = async (
  { insert, storage, clock }: ClusterWriteContext,
  { run, tagColumns: tags }: WriteContext,
  { planned, id }: LoadToWrite,
  { files, from }: InsertedLoad,
): Promise<PreparedLoad> => {
  const lines = await measureCharges(run, measuredSql(from));
  const rows = lines.reduce((sum, line) => sum + line.rows, 0);
  const tagColumns = Object.fromEntries(tags);
  const maker = clusterRollups(insert, storage, { charges: from, load: planned, id, tagColumns });
  const rollups = await makeRollups({ rows, tags }, maker);
  return preparedOf({ id, planned, lines, files, rollups, tagColumns: tags, now: clock() });
};

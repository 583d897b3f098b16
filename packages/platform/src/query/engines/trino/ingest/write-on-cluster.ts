import { CHARGES_TABLE, DAILY_TABLE } from "../../../../lake/cluster-tables.ts";
import type { IngestContext } from "../../../../lake/ingest/ingest.ts";
import { type DayLine, measureCharges, measuredSql } from "../../../../lake/ingest/measure-load.ts";
import type { PlannedLoad } from "../../../../lake/ingest/plan-loads.ts";
import { type PreparedLoad, preparedOf } from "../../../../lake/ingest/prepare-load.ts";
import { WORK } from "../../../../lake/ingest/relation-sql.ts";
import { makeRollups } from "../../../../lake/ingest/rollup.ts";
import { originalPath, type StagedGroup } from "../../../../lake/ingest/stage.ts";
import { unstagedCharges, type WriteContext } from "../../../../lake/ingest/write-load.ts";
import { loadFolder, newId } from "../../../../lake/layout.ts";
import type { RollupFile } from "../../../../lake/manifest.ts";
import { Renderer } from "../../../../sql/dialect.ts";
import { and, column, eq, param } from "../../../../sql/expr.ts";
import { trinoMappingDialect } from "../../../../sql/trino-mapping.ts";
import { clusterRollups } from "../cluster-rollups.ts";
import { insertLoad } from "../insert-load.ts";
import type { InsertContext } from "../insert-table.ts";
import type { ClusterGroup } from "./stage-on-cluster.ts";

/** Rows of this load among those of its files. */
const ofLoad = ({ account, billingPeriod }: PlannedLoad): string =>
  new Renderer(trinoMappingDialect).sql(
    and(
      eq(column(WORK.account, "text"), param("text", account)),
      eq(column(WORK.period, "timestamp"), param("timestamp", billingPeriod)),
    ),
  );

/** What the cluster calls the files that have rows of this load. */
const filesOf = (staged: StagedGroup, { lines }: PlannedLoad): ReadonlySet<string> => {
  const own = new Set(lines.filter((line) => line.staged === staged).map(({ file }) => file));
  return new Set(staged.files.map(({ path }) => path).filter((path) => own.has(originalPath(staged, path))));
};

/** A row of a bill takes about so many bytes of Parquet in the lake; it only decides how many files a load gets. */
const BYTES_A_ROW = 60;

/** Lets the cluster write a load's charges, and measures what it wrote. */
export const writeOnCluster = async (
  context: Pick<IngestContext, "clock" | "place" | "storage"> & { readonly insert: InsertContext },
  writing: WriteContext,
  planned: PlannedLoad,
  groups: ReadonlyMap<StagedGroup, ClusterGroup>,
): Promise<PreparedLoad> => {
  const { clock, place, insert, storage } = context;
  const id = newId(clock());
  await place(loadFolder(CHARGES_TABLE.folder, planned, id));
  await place(loadFolder(DAILY_TABLE.folder, planned, id));
  const selects = planned.groups.map((staged) => {
    const base = groups.get(staged)?.baseOf(filesOf(staged, planned)) ?? staged.base;
    const where = planned.entire.has(staged) ? {} : { where: ofLoad(planned) };
    return unstagedCharges({ ...staged, base }, writing, where);
  });
  const rows = planned.lines.reduce((sum, line) => sum + line.rows, 0);
  let lines: readonly DayLine[] = [];
  let rollups: readonly RollupFile[] = [];
  const tagColumns = Object.fromEntries(writing.tagColumns);
  const files = await insertLoad(
    insert,
    {
      table: CHARGES_TABLE,
      key: planned,
      load: id,
      tagColumns,
      select: selects.join("\nUNION ALL\n"),
      expectedBytes: rows * BYTES_A_ROW,
    },
    async ({ name }) => {
      lines = await measureCharges(writing.run, measuredSql(name));
      const written = lines.reduce((sum, line) => sum + line.rows, 0);
      const maker = clusterRollups(insert, storage, { charges: name, load: planned, id, tagColumns });
      rollups = await makeRollups({ rows: written, tags: writing.tagColumns }, maker);
    },
  );
  return preparedOf({ id, planned, lines, files, rollups, tagColumns: writing.tagColumns, now: clock() });
};

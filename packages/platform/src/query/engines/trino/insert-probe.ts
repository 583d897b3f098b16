import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterColumn } from "../../../lake/cluster-tables.ts";
import { parquetOf } from "../../../lake/database.ts";
import type { Run } from "../../../lake/ingest/stage.ts";
import { newId, TEMP_FOLDER } from "../../../lake/layout.ts";
import { machineName, temporaryName } from "../../../lake/own-folder.ts";
import type { LakeStorage } from "../../../lake/storage/storage.ts";
import { clusterErrors } from "./errors.ts";
import { type InsertContext, insertTableName, withInsertTable } from "./insert-table.ts";

/** Two times of a year, since a zone may be UTC in winter; and what else two engines could take for different values. */
const SELECT =
  `SELECT CAST('0.000000000001' AS DECIMAL(38,12)) AS "BilledCost", '' AS "ServiceName", ` +
  `TIMESTAMP '2026-01-02 03:04:05.678901' AS "ChargePeriodStart", map(ARRAY['a'], ARRAY['b']) AS "Tags" ` +
  `UNION ALL SELECT NULL, NULL, TIMESTAMP '2026-07-02 03:04:05.678901', map()`;
const COLUMNS: readonly ClusterColumn[] = [
  { name: "BilledCost", type: "decimal" },
  { name: "ServiceName", type: "text" },
  { name: "ChargePeriodStart", type: "timestamp" },
  { name: "Tags", type: "map" },
];
const EXPECTED = JSON.stringify([
  ["0.000000000001", "", "2026-01-02 03:04:05.678901", "{a=b}"],
  [null, null, "2026-07-02 03:04:05.678901", "{}"],
]);

export interface ProbeSurroundings {
  readonly run: Run;
  readonly storage: LakeStorage;
  readonly now: Date;
}

/**
 * Lets the cluster write two rows into the lake's temporary folder and reads them here, before anything large is written:
 * whether it may, whether that is this lake, and whether its times are UTC.
 * @throws CLUSTER_CATALOG_SETTING, CLUSTER_FILES_DIFFER, CLUSTER_*, LAKE_CANCELLED
 */
export const probeInsert = async (
  context: InsertContext,
  { run, storage, now }: ProbeSurroundings,
): Promise<void> => {
  const id = newId(now);
  // Named as the folders of writers are, so that the next one sweeps what this leaves when it is killed.
  const folder = `${TEMP_FOLDER}/${temporaryName(`probe-${id}`, process.pid, await machineName())}`;
  const table = { name: insertTableName(id, "probe"), folder, columns: COLUMNS };
  const { location } = context;
  const differs = (reason: string) => clusterErrors.create("CLUSTER_FILES_DIFFER", { location, reason });
  try {
    const files = await withInsertTable(context, table, (probe) => probe.insert(SELECT, { files: 1 }));
    const paths = files.map(({ path }) => path);
    const sizes = await sizesSoon(storage, paths);
    for (const { path, bytes } of files)
      if (sizes.get(path) !== bytes)
        throw differs(`what it writes to ${location}/${path} is not in ${storage.root}`);
    const { rows } = await run({
      text:
        "SELECT CAST(BilledCost AS VARCHAR), ServiceName, CAST(ChargePeriodStart AS VARCHAR), CAST(Tags AS VARCHAR) " +
        `FROM ${parquetOf(paths.map(storage.localPath))} ORDER BY ChargePeriodStart`,
    });
    const found = JSON.stringify(rows);
    if (found !== EXPECTED)
      throw differs(
        `of ${EXPECTED} it wrote ${found}; for other times, its catalog needs hive.parquet.time-zone=UTC`,
      );
  } finally {
    await storage.remove(folder).catch(() => undefined);
  }
};

/** Another machine's file may show here a moment later. */
const sizesSoon = async (
  storage: LakeStorage,
  paths: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  for (let attempt = 0; ; attempt += 1) {
    const sizes = await storage.sizes(paths);
    if (sizes.size === paths.length || attempt === 5) return sizes;
    await sleep(200 * 2 ** attempt);
  }
};

import { parquetOf, ROW_NUMBER } from "../../lake/database.ts";
import type { Lake } from "../../lake/lake.ts";
import type { LakeStorage } from "../../lake/storage/storage.ts";
import { duckdbDialect } from "../../sql/duckdb-dialect.ts";
import type { QueryEngine, ScanRequest } from "./engine.ts";

/** The embedded engine over a lake. */
export const openDuckdbEngine = (
  lake: Pick<Lake, "storage" | "snapshot" | "run" | "scanCharges">,
): QueryEngine => ({
  id: "duckdb",
  dialect: duckdbDialect,
  rowNumber: ROW_NUMBER,
  snapshot: (version) => lake.snapshot(version),
  run: (sql, { signal } = {}) => lake.run(sql, { signal }),
  scan: (_snapshot, request) =>
    request.table === "charges" ? lake.scanCharges(request.loads, request) : scanDaily(lake.storage, request),
});

const scanDaily = (storage: LakeStorage, { loads, rollups }: ScanRequest): string => {
  const files = rollups.map(({ path }) => storage.localPath(path));
  const shapes = rollups.map(({ dimensions, tag }, index) =>
    JSON.stringify([dimensions, tag === undefined ? null : loads[index]?.tagColumns[tag]]),
  );
  return parquetOf(files, { byName: new Set(shapes).size > 1 });
};

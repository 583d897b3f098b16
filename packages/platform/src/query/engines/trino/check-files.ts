import { type ClusterTable, tableFiles } from "../../../lake/cluster-tables.ts";
import type { LoadEntry } from "../../../lake/manifest.ts";
import { trinoName } from "../../../lake/trino-ddl.ts";
import { quoteText } from "../../../sql/dialect.ts";
import { clusterErrors } from "./errors.ts";
import type { PublishRequest } from "./publish.ts";

const LOADS_AT_ONCE = 200;

/**
 * Counts every file of these loads on the cluster: the same paths, the same rows. What is not as the manifest says would
 * make wrong totals that nothing else can tell.
 * @returns how many files there are
 * @throws CLUSTER_FILES_DIFFER
 */
export const checkFiles = async (
  {
    client,
    location,
    signal,
    onProgress,
  }: Pick<PublishRequest, "client" | "location" | "signal" | "onProgress">,
  table: ClusterTable,
  loads: readonly LoadEntry[],
): Promise<number> => {
  let files = 0;
  for (let start = 0; start < loads.length; start += LOADS_AT_ONCE) {
    const some = loads.slice(start, start + LOADS_AT_ONCE);
    const ids = some.map(({ id }) => quoteText(id)).join(", ");
    const { rows } = await client.run(
      `SELECT "$path", count(*) FROM ${trinoName(table.name, client.settings)} WHERE "load" IN (${ids}) GROUP BY 1`,
      { signal },
    );
    const found = new Map(rows.map(([path, count]) => [String(path), Number(count)]));
    const expected = some.flatMap((load) => tableFiles(table, load));
    for (const { path, rows: count } of expected) {
      const where = `${location}/${path}`;
      if (found.get(where) !== count && count > 0)
        throw differs(location, `${where} has ${found.get(where) ?? "no"} rows there, not ${count}`);
      found.delete(where);
    }
    const [stranger] = found.keys();
    if (stranger !== undefined) throw differs(location, `there is ${stranger} besides`);
    files += expected.length;
    onProgress?.(`Counting ${table.folder}`, Math.min(start + LOADS_AT_ONCE, loads.length), loads.length);
  }
  return files;
};

const differs = (location: string, reason: string) =>
  clusterErrors.create("CLUSTER_FILES_DIFFER", { location, reason });

import { lakeErrors } from "../../../../lake/errors.ts";
import { originalPath, type Run } from "../../../../lake/ingest/stage.ts";
import { FILE_COLUMN } from "../../../../lake/input/physical-columns.ts";
import { quoteIdent, quoteText } from "../../../../sql/dialect.ts";
import { rowHash } from "./cluster-quarantine.ts";
import type { ClusterGroup } from "./stage-on-cluster.ts";

/**
 * Files of one size are read for their rows: the same rows in any order are the same file.
 * @throws LAKE_SAME_FILE for a file that is given twice under two names
 */
export const refuseSameFiles = async (
  run: Run,
  groups: readonly ClusterGroup[],
  signal: AbortSignal | undefined,
): Promise<void> => {
  const known = new Map<string, string>();
  for (const { staged } of groups) {
    const bySize = Map.groupBy(staged.group.files.entries(), ([, { sizeBytes }]) => sizeBytes);
    const alike = [...bySize.values()].filter((own) => own.length > 1).flat();
    if (alike.length === 0) continue;
    const paths = alike.map(([index]) => quoteText(staged.files[index]?.path ?? ""));
    const file = quoteIdent(FILE_COLUMN);
    const { rows } = await run(
      {
        text:
          `SELECT ${file}, count(*), to_hex(checksum(${rowHash(staged)})) FROM ${staged.from} ` +
          `WHERE ${file} IN (${paths.join(", ")}) GROUP BY 1 ORDER BY 1`,
      },
      { signal },
    );
    for (const [path, count, checksum] of rows) {
      const own = originalPath(staged, String(path));
      const first = known.get(`${count} ${checksum}`);
      if (first !== undefined) throw lakeErrors.create("LAKE_SAME_FILE", { first, second: own });
      known.set(`${count} ${checksum}`, own);
    }
  }
};

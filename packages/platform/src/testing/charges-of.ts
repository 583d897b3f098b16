import { chargeColumns } from "../lake/cluster-tables.ts";
import type { Lake } from "../lake/lake.ts";

/** Every charge of a lake's newest version, in an order of its own; a map's entries are in no order. */
export const chargesOf = async (lake: Lake): Promise<readonly string[]> => {
  const { manifest } = await lake.snapshot();
  const from = lake.scanCharges(manifest.loads);
  // A file that the embedded engine took as it was staged has columns of its work besides, which nobody reads.
  const columns = chargeColumns(manifest).map(({ name, type }) =>
    type === "map"
      ? `CAST(to_json(list_sort(map_entries("${name}"))) AS VARCHAR)`
      : `typeof("${name}") || ' ' || CAST("${name}" AS VARCHAR)`,
  );
  const { rows } = await lake.run({
    text: `SELECT to_json([${columns.join(", ")}]) AS r FROM ${from} ORDER BY r`,
  });
  return rows.map(([row]) => String(row));
};

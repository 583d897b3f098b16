import type { Lake } from "../lake/lake.ts";

/** Every charge of a lake's newest version, in an order of its own; a map's entries are in no order. */
export const chargesOf = async (lake: Lake): Promise<readonly string[]> => {
  const { manifest } = await lake.snapshot();
  const from = lake.scanCharges(manifest.loads);
  const columns = (await lake.run({ text: `DESCRIBE SELECT * FROM ${from}` })).rows.map(([name, type]) =>
    String(type).startsWith("MAP")
      ? `CAST(to_json(list_sort(map_entries("${name}"))) AS VARCHAR)`
      : `typeof("${name}") || ' ' || CAST("${name}" AS VARCHAR)`,
  );
  const { rows } = await lake.run({
    text: `SELECT to_json([${columns.join(", ")}]) AS r FROM ${from} ORDER BY r`,
  });
  return rows.map(([row]) => String(row));
};

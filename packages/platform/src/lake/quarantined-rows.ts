import { quoteIdent } from "../sql/dialect.ts";
import { parquetOf, type RunOptions } from "./database.ts";
import { readLoadRecord } from "./ingest/coverage.ts";
import type { QuarantinedRow } from "./ingest/quarantine.ts";
import type { Lake } from "./lake.ts";
import type { LoadEntry, Manifest } from "./manifest.ts";
import type { CellValue } from "./result-set.ts";
import type { LakeStorage } from "./storage/storage.ts";

const COLUMNS = ["source", "file", "line", "column", "reason", "raw", "row_hash"] as const;

/** Older files have no column for it. */
const NO_HASH = "SELECT CAST(NULL AS VARCHAR) AS row_hash WHERE false";

/** The files that a load was made of, or undefined where its record is gone. */
const inputsOf = async (storage: LakeStorage, load: LoadEntry): Promise<readonly string[] | undefined> =>
  (await readLoadRecord(storage, load))?.inputs.map(({ path }) => path);

const toRow = (cells: readonly CellValue[]): QuarantinedRow => {
  const [source, file, line, column, reason, raw, rowHash] = cells.map((cell) =>
    cell === null ? null : String(cell),
  );
  return {
    source: source ?? "",
    file: file ?? "",
    line: line == null ? null : Number(line),
    column: column ?? null,
    reason: reason ?? "",
    raw: raw ?? null,
    ...(rowHash == null ? {} : { rowHash }),
  };
};

/**
 * The rows that could not be read of the files that live loads were made of, by file and line. One ingest writes one
 * quarantine for all its loads: rows of files whose loads were all replaced since are left out.
 * @throws LAKE_QUERY_FAILED where a quarantine file is gone
 */
export const readQuarantine = async (
  lake: Lake,
  { loads }: Manifest,
  options: RunOptions = {},
): Promise<readonly QuarantinedRow[]> => {
  const concerned = loads.filter(({ quarantined }) => quarantined.rows > 0 && quarantined.path !== undefined);
  const rows: QuarantinedRow[] = [];
  for (const [path = "", own] of Map.groupBy(concerned, ({ quarantined }) => quarantined.path)) {
    const inputs = await Promise.all(own.map((load) => inputsOf(lake.storage, load)));
    const files = inputs.includes(undefined) ? undefined : new Set(inputs.flatMap((names) => names ?? []));
    const columns = COLUMNS.map(quoteIdent).join(", ");
    const kept = `SELECT * FROM ${parquetOf([lake.storage.localPath(path)])} UNION ALL BY NAME ${NO_HASH}`;
    const text = `SELECT ${columns} FROM (${kept}) ORDER BY file, line, reason, raw`;
    const found = (await lake.run({ text }, options)).rows.map(toRow);
    rows.push(...found.filter(({ file }) => files === undefined || files.has(file)));
  }
  return rows;
};

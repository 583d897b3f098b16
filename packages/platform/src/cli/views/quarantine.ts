import type { QuarantinedRow } from "../../lake/ingest/quarantine.ts";
import type { Document, Table } from "../output/document.ts";

/** Every row in full, for `--csv`. */
export const quarantineTable = (rows: readonly QuarantinedRow[]): Table => ({
  kind: "table",
  id: "quarantine",
  columns: [
    { name: "File", kind: "text" },
    { name: "Line", kind: "number" },
    { name: "Column", kind: "text" },
    { name: "Reason", kind: "text", wrap: true },
    { name: "Row", kind: "text", optional: true },
    // A cluster tells no lines.
    ...(rows.some(({ rowHash }) => rowHash !== undefined)
      ? [{ name: "SHA-256", kind: "text", optional: true } as const]
      : []),
  ],
  rows: rows.map(({ file, line, column, reason, raw, rowHash }, _, all) => [
    file,
    line === null ? null : String(line),
    column ?? "",
    column !== null && reason.startsWith(`${column}: `) ? reason.slice(column.length + 2) : reason,
    raw,
    ...(all.some((row) => row.rowHash !== undefined) ? [rowHash ?? null] : []),
  ]),
});

/** The page of `trimtab lake quarantine`. */
export const quarantineDocument = (
  rows: readonly QuarantinedRow[],
  { version, limit }: { readonly version: number; readonly limit: number },
): Document => {
  const subtitle = `lake version ${version}`;
  if (rows.length === 0) return { title: "Nothing is in quarantine", subtitle, blocks: [] };
  const cut =
    rows.length > limit ? { note: `The first ${limit} of ${rows.length}; --csv and --json give all.` } : {};
  const are = rows.length === 1 ? "row is" : "rows are";
  return {
    title: `${rows.length} ${are} in quarantine`,
    subtitle,
    blocks: [
      { ...quarantineTable(rows.slice(0, limit)), ...cut },
      {
        kind: "text",
        text: "They are in no total. Mend the files, or ask who made them, and ingest them again: the loads are replaced.",
        tone: "warn",
      },
    ],
  };
};

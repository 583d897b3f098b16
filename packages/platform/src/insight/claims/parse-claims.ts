import type { ZodError } from "zod";
import type { Position } from "../../query/text/yaml-draft.ts";
import { type Path, readYamlDraft, START } from "../../query/text/yaml-draft.ts";
import { buildSheet } from "./build-sheet.ts";
import { csvRecords } from "./csv-records.ts";
import type { ClaimsSheet } from "./sheet.ts";
import { claimsError } from "./sheet-error.ts";
import { CSV_COLUMNS, sheetSchema } from "./sheet-schema.ts";

export type ClaimsFormat = "yaml" | "csv";

/** A sheet before it is checked, and where each of its parts stands in the file. */
interface Draft {
  readonly content: unknown;
  locate(path: Path): Position;
}

/**
 * Reads a sheet of claims; `file` names it in errors and in the report.
 * @throws CLAIMS_SYNTAX, CLAIMS_INVALID, CLAIMS_EXPRESSION, CLAIMS_UNKNOWN_ID, CLAIMS_DUPLICATE_ID or CLAIMS_CIRCULAR,
 * each with file, line and column
 */
export function parseClaims(text: string, format: ClaimsFormat, file: string): ClaimsSheet {
  const draft = format === "yaml" ? draftFromYaml(text, file) : draftFromCsv(text, file);
  const result = sheetSchema.safeParse(draft.content);
  if (!result.success) {
    const { path, problem } = firstIssue(result.error);
    throw claimsError("CLAIMS_INVALID", file, draft.locate(path), { problem });
  }
  return buildSheet(result.data, file, draft.locate);
}

function firstIssue(error: ZodError): { path: Path; problem: string } {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).filter((key) => typeof key !== "symbol");
  const at = path.length > 0 ? `${path.join(".")}: ` : "";
  if (issue?.code !== "unrecognized_keys")
    return { path, problem: at + (issue?.message ?? "not a sheet of claims") };
  const [key = ""] = issue.keys;
  const hint = !/^[a-z-]+$/.test(key) ? "; between braces, a text with a comma needs quotes" : "";
  return { path: [...path, key], problem: `${at}no key is called "${key}"${hint}` };
}

function draftFromYaml(text: string, file: string): Draft {
  const draft = readYamlDraft(text);
  if (draft.status === "read") return draft;
  throw claimsError("CLAIMS_SYNTAX", file, draft.position, { problem: draft.problem });
}

/** One claim a row; the columns are the keys of a claim, with lists parted by semicolons. */
function draftFromCsv(text: string, file: string): Draft {
  const result = csvRecords(text);
  if (result.status === "unreadable") {
    throw claimsError("CLAIMS_SYNTAX", file, result.position, { problem: result.problem });
  }
  const [header = [], ...rows] = result.records;
  const unknown = header.find((cell) => !CSV_COLUMNS.includes(cell.text));
  if (unknown)
    throw claimsError("CLAIMS_INVALID", file, unknown, { problem: `no column is called "${unknown.text}"` });
  if (!header.some((cell) => cell.text === "id")) {
    throw claimsError("CLAIMS_INVALID", file, START, { problem: 'the column "id" is missing' });
  }
  const seen = new Set<string>();
  const places: Map<string, Position>[] = [];
  const sections = rows.map((row) => {
    const extra = row[header.length];
    if (extra)
      throw claimsError("CLAIMS_INVALID", file, extra, { problem: "the row has more cells than the header" });
    const filled = row.flatMap((cell, index) =>
      cell.text === "" ? [] : [[header[index]?.text ?? "", cell] as const],
    );
    const cells = new Map(filled);
    const id = cells.get("id");
    if (id === undefined)
      throw claimsError("CLAIMS_INVALID", file, row[0] ?? START, { problem: "the row has no id" });
    if (seen.has(id.text)) throw claimsError("CLAIMS_DUPLICATE_ID", file, id, { id: id.text });
    seen.add(id.text);
    places.push(cells);
    return sectionOfRow(id.text, cells);
  });
  const locate = ([, index, , , key]: Path): Position => {
    const row = typeof index === "number" ? places[index] : undefined;
    return row?.get(String(key ?? "id")) ?? row?.get("id") ?? START;
  };
  return { content: { sections }, locate };
}

function sectionOfRow(id: string, cells: ReadonlyMap<string, { readonly text: string }>): unknown {
  const section: Record<string, unknown> = {};
  const claim: Record<string, unknown> = {};
  for (const [column, { text }] of cells) {
    if (column === "paper" || column === "as-of") section[column] = text;
    else if (column !== "id") claim[column] = text;
  }
  return { ...section, claims: { [id]: claim } };
}

import { sqlIn } from "../../../../lake/ingest/input-group.ts";
import type { QuarantinedRow } from "../../../../lake/ingest/quarantine.ts";
import { REJECTED, WORK } from "../../../../lake/ingest/relation-sql.ts";
import { originalPath, type Run, type StagedGroup } from "../../../../lake/ingest/stage.ts";
import { asText, LINE_COLUMN, physicalColumns } from "../../../../lake/input/physical-columns.ts";
import { quoteIdent, quoteText } from "../../../../sql/dialect.ts";

/** With more than these a bill is plainly not what its header says; the embedded engine tells what of it. */
export const MAX_REJECTED = 100_000;

/** The row as one text: its line in CSV, the texts of its values between tabs in Parquet. */
const rowText = ({ group }: StagedGroup): string => {
  if (group.header.format === "csv") return quoteIdent(LINE_COLUMN);
  const values = physicalColumns(group.header, group.source).map(
    (physical) => `COALESCE(${sqlIn(group)(asText(physical, []))}, '')`,
  );
  return `array_join(ARRAY[${values.join(", ")}], chr(9))`;
};

/** SHA-256 of a row's text in small hex letters. */
export const rowHash = (staged: StagedGroup): string => `lower(to_hex(sha256(to_utf8(${rowText(staged)}))))`;

/** All rows of a group that could not be read. A cluster does not tell their lines. */
export const clusterRejected = async (
  run: Run,
  staged: StagedGroup,
  signal: AbortSignal | undefined,
): Promise<readonly QuarantinedRow[]> => {
  const { group, base } = staged;
  const raw = group.header.format === "csv" ? LINE_COLUMN : WORK.raw;
  const columns = [WORK.file, WORK.reject, raw].map(quoteIdent);
  const { rows } = await run(
    {
      text:
        `SELECT ${columns.join(", ")}, ${rowHash(staged)} FROM ${base} ` +
        `WHERE ${quoteIdent(WORK.class)} = ${quoteText(REJECTED)} ORDER BY 1, 2, 4`,
    },
    { signal },
  );
  return rows.map(([file, why, text, hash]) => {
    const reason = String(why);
    const [column = null] = reason.includes(": ") ? reason.split(": ") : [];
    return {
      source: group.source.id,
      file: originalPath(staged, String(file)),
      line: null,
      column,
      reason,
      raw: text === null ? null : String(text),
      rowHash: String(hash),
    };
  });
};

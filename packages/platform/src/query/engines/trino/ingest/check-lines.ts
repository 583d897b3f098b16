import type { InputGroup } from "../../../../lake/ingest/input-group.ts";
import { FILE_COLUMN, LINE_COLUMN } from "../../../../lake/input/physical-columns.ts";
import { quoteIdent, quoteText } from "../../../../sql/dialect.ts";
import type { ClusterStage } from "./stage-on-cluster.ts";

const LINE = quoteIdent(LINE_COLUMN);

/**
 * Lines that a reader of CSV by lines can't be sure of: values that go over several lines, quotes where none belong, more
 * or fewer fields than the header has, text that is no UTF-8.
 */
const isOdd = (delimiter: string, fields: number): string =>
  [
    `"rest" IS NOT NULL`,
    `cardinality("fields") <> ${fields}`,
    `array_join("fields", ${quoteText(delimiter)}) <> ${LINE}`,
    `from_utf8(to_utf8(${LINE})) <> ${LINE}`,
    `strpos(${LINE}, chr(0)) > 0`,
    `strpos(${LINE}, chr(13)) > 0`,
  ].join(" OR ");

/**
 * Why files of a group can't be read line by line, after looking at every line; undefined where they can.
 * @param lines SELECT of the lines with their fields
 */
export const oddLines = async (
  { run, signal, locationOf }: ClusterStage,
  { source, header, files }: InputGroup,
  lines: string,
): Promise<string | undefined> => {
  const file = quoteIdent(FILE_COLUMN);
  const odd = isOdd(source.csv.delimiter, header.columns.length);
  const text = `SELECT ${file}, count(*) FROM (${lines}) WHERE ${odd} GROUP BY 1 ORDER BY 1 LIMIT 1`;
  const [first] = (await run({ text }, { signal })).rows;
  if (first === undefined) return undefined;
  const path = files.find((own) => locationOf(own.path) === first[0])?.path ?? String(first[0]);
  return `${path}: ${first[1]} of its lines are not one whole record each`;
};

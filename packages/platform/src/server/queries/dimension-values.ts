import { dimensionOf } from "../../query/model/model.ts";
import type { Condition, QueryResult } from "../../query/types.ts";
import { deriving } from "./deriving.ts";
import type { Asking } from "./query-context.ts";
import type { Questions } from "./questions.ts";

export interface ValuesRequest {
  readonly search?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly limit: number;
}

/** Values of a dimension with what they cost, the dearest first. @throws QUERY_DIMENSION_UNKNOWN, QUERY_* */
export const dimensionValues = async (
  questions: Questions,
  name: string,
  { search, start, end, limit }: ValuesRequest,
  asking: Asking,
) => {
  const { model } = await questions.semantics();
  const dimension = dimensionOf(name, model);
  const where: Condition | undefined =
    search === undefined || search === "" || dimension.type !== "text"
      ? undefined
      : { dimension: dimension.name, op: "matches", value: `(?i)${escaped(search)}` };
  const period = {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  };
  const result = await questions.query(
    {
      measures: ["effective", "rows"],
      by: [dimension.name],
      period,
      limit,
      ...(where === undefined ? {} : { where }),
    },
    asking,
  );
  return valuesIn(result);
};

const valuesIn = deriving((result: QueryResult) => ({
  items: result.rows.map((row) => toValue(result, row)),
  count: result.rowCount,
  lakeVersion: result.lakeVersion,
}));

const toValue = ({ columns, currency: currencies }: QueryResult, row: readonly (string | null)[]) => {
  const amounts: Record<string, string | null> = {};
  let rows = 0n;
  for (const [index, { measure, currency }] of columns.entries()) {
    const cell = row[index] ?? null;
    if (measure === "effective") amounts[currency ?? currencies[0] ?? ""] = cell;
    if (measure === "rows") rows += BigInt(cell ?? "0");
  }
  return { value: row[0] ?? null, amounts, rows: String(rows) };
};

/** RE2 takes no character but a word's as itself. */
const escaped = (text: string): string =>
  text.replace(/[^\w\s]/gu, (character) => `\\x{${character.codePointAt(0)?.toString(16)}}`);

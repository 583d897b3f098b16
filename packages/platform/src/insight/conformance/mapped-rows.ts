import { type FocusVersion, LAKE_COLUMNS, type LakeColumn } from "@trimtab/domain";
import { quoteIdent } from "../../sql/dialect.ts";
import { column } from "../../sql/expr.ts";
import { type Conformance, judge } from "./judge.ts";
import type { JudgedColumn, JudgedRows } from "./judged-rows.ts";

const TYPES: Readonly<Record<LakeColumn["type"], string>> = {
  decimal: "DECIMAL(38,12)",
  datetime: "TIMESTAMP",
  map: "MAP(VARCHAR, VARCHAR)",
  string: "VARCHAR",
  json: "VARCHAR",
};

/** The lake's charges claim the version that its columns are of. */
const MAPPED_VERSION: FocusVersion = "1.4";

type Charges = Omit<JudgedRows, "columns" | "nullTexts">;

/**
 * The lake gives every charge all columns, so a column that is not mandatory counts as present only where some charge
 * has a value in it.
 */
const presentColumns = async (charges: Charges): Promise<readonly JudgedColumn[]> => {
  const counts = LAKE_COLUMNS.map(({ name }) => `count(${quoteIdent(name)})`);
  const { rows } = await charges.run({ text: `SELECT ${counts.join(", ")} FROM ${charges.from}` });
  return LAKE_COLUMNS.filter(
    ({ feature }, index) => feature === "mandatory" || Number(rows[0]?.[index] ?? 0) > 0,
  ).map(({ name, type }) => ({ name, type: TYPES[type], expr: column(name, "text") }));
};

/** Scores charges as they are in the lake. */
export const scoreMapped = async (
  charges: Charges,
  options: { readonly version?: FocusVersion; readonly supported?: readonly string[] } = {},
): Promise<Conformance> => {
  const columns = await presentColumns(charges);
  const rows: JudgedRows = { ...charges, columns, nullTexts: [] };
  return judge(rows, options.version ?? MAPPED_VERSION, options.supported);
};

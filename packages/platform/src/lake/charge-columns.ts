import { FOCUS_COLUMNS, LAKE_COLUMNS, type LakeColumnName } from "@trimtab/domain";
import type { SqlType } from "../sql/expr.ts";

const sqlTypes = {
  string: "text",
  decimal: "decimal",
  datetime: "timestamp",
  map: "map",
  json: "text",
} as const;

const typeByName = new Map<string, SqlType>(FOCUS_COLUMNS.map(({ name, type }) => [name, sqlTypes[type]]));

export interface ChargeColumn {
  readonly name: LakeColumnName;
  readonly type: SqlType;
}

/** The FOCUS columns of a charge in the lake's fixed order, with the type they are stored as. */
export const CHARGE_COLUMNS: readonly ChargeColumn[] = LAKE_COLUMNS.map(({ name }) => ({
  name,
  type: typeByName.get(name) ?? "text",
}));

/** All that a FOCUS column does not hold: JSON text of an object. */
export const EXTRA_COLUMN = "x_extra";

/** Column name of a promoted tag; keys that differ only in punctuation get different columns. */
export const tagColumnName = (key: string, taken: ReadonlySet<string>): string => {
  const base = `x_tag_${
    key
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "") || "key"
  }`.slice(0, 60);
  let name = base;
  for (let attempt = 2; taken.has(name); attempt++) name = `${base}_${attempt}`;
  return name;
};

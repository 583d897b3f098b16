import type { CellValue, ResultColumn } from "../../../lake/result-set.ts";

export interface TrinoColumn {
  readonly name: string;
  readonly type: string;
}

type Convert = (value: unknown) => CellValue;

const asText: Convert = (value) => (value === null || value === undefined ? null : String(value));

/** The cluster writes all places of a second it has; the embedded engine only those that are needed. */
const asMoment: Convert = (value) =>
  value === null || value === undefined ? null : String(value).replace(/\.0*$|(\.\d*[1-9])0+$/, "$1");

const asItIs: Convert = (value) => (value ?? null) as CellValue;

/** What a type is called by the embedded engine, and how its cells leave it. */
export const resultColumn = ({ name, type }: TrinoColumn): ResultColumn & { readonly convert: Convert } => {
  const base = type.replace(/\(.*/s, "");
  switch (base) {
    case "varchar":
    case "char":
      return { name, type: "VARCHAR", convert: asText };
    case "timestamp":
      return type.endsWith("with time zone")
        ? { name, type: "TIMESTAMP WITH TIME ZONE", convert: asText }
        : { name, type: "TIMESTAMP", convert: asMoment };
    case "bigint":
    case "decimal":
    case "date":
      return { name, type: type.toUpperCase(), convert: asText };
    default:
      return { name, type: type.toUpperCase(), convert: asItIs };
  }
};

/**
 * JSON of the cluster's answer. It writes BIGINT as a JSON number, of which `JSON.parse` would lose digits above 2^53:
 * such numbers become their text.
 */
export const parseAnswer = (text: string): unknown =>
  /\d{16}/.test(text) ? JSON.parse(text, exactIntegers) : JSON.parse(text);

const exactIntegers = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? (context?.source ?? value)
    : value;

import type { InputTable } from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  type Expr,
  isNotNull,
  isNull,
  nullIf,
  nullOf,
  type SqlType,
  text,
  tryCast,
} from "../../sql/expr.ts";
import { field, jsonToRecords } from "../../sql/mapping-expr.ts";
import { type PhysicalType, parsePhysicalType } from "../shared/physical-type.ts";
import { NDJSON_COLUMNS } from "./data/ndjson-columns.ts";

/** Where a value of the export is: in a column of its own, or in the structs of a column. */
type Place =
  | { readonly kind: "flat"; readonly name: string }
  | {
      readonly kind: "nested";
      readonly column: string;
      readonly path: readonly string[];
      readonly type: PhysicalType;
    };

/**
 * How tools that flatten records spell a path besides `a.b` and `a_b`. Some drop the record's name where the leaf's is
 * unique so far; then the project's labels are `labels` and the resource's `labels_1`.
 */
const otherSpellings = (path: string, input: InputTable): readonly string[] => {
  const renumbered = input.has("labels_1") && !input.has("project.labels", "project_labels");
  if (path === "labels") return renumbered ? ["labels_1"] : ["labels"];
  if (path === "project.labels") return renumbered ? ["labels"] : [];
  if (path === "project.ancestry_numbers") return ["ancestry_numbers"];
  return path === "project.ancestors" ? ["ancestors"] : [];
};

const replaceAll = (value: Expr<"text">, ...pairs: readonly (readonly [string, string])[]): Expr<"text"> =>
  pairs.reduce<Expr<"text">>((sql, [from, to]) => call("text", "replace", sql, text(from), text(to)), value);

/**
 * Lists that Python wrote into a CSV (`[{'name': 'x', 'full_name': None}]`) as JSON; JSON stays as it is. A value with
 * a quote in it gives no valid JSON and so is noticed.
 */
const pythonToJson = (value: Expr<"text">): Expr<"text"> => {
  const quotes = replaceAll(
    value,
    ["{'", '{"'],
    ["'}", '"}'],
    ["': '", '": "'],
    ["': \"", '": "'],
    ["\", '", '", "'],
    ["': ", '": '],
    ["', '", '", "'],
    [", '", ', "'],
  );
  const words = replaceAll(quotes, ['": None', '": null'], ['": True', '": true'], ['": False', '": false']);
  return cases("text", [[call("boolean", "startsWith", value, text("[{'")), words]], value);
};

/** A number wherever it is stored: text, float or decimal. */
const exactDecimal = (value: Expr): Expr<"decimal"> => {
  if (value.type === "text") return call("decimal", "exactDecimal", value);
  return value.type === "double" ? call("decimal", "exactDecimalOfDouble", value) : tryCast("decimal", value);
};

const roundingResidue = (value: Expr): Expr<"exact"> => {
  if (value.type === "text") return call("exact", "roundingResidue", value);
  return value.type === "double" ? call("exact", "residueOfDouble", value) : nullOf("exact");
};

/** How the engine's type reads in expressions; decimals pass as numbers that need no parsing. */
const sqlTypeOf = ({ name, lists }: PhysicalType): SqlType => {
  if (lists > 0) return "list";
  if (name === "VARCHAR") return "text";
  return name === "DOUBLE" || name === "FLOAT" ? "double" : "bigint";
};

/** A repeated record: its list, and how to read the fields of an element. */
export interface Records {
  readonly list: Expr<"list">;
  text(element: Expr, name: string): Expr<"text">;
  /** Exact decimal rounded to 12 places; null where it is no number. */
  decimal(element: Expr, name: string): Expr<"decimal">;
  /** What the rounding took. */
  residue(element: Expr, name: string): Expr<"exact">;
}

const recordsOf = (
  list: Expr<"list">,
  fieldOf: (element: Expr, name: string) => Expr | undefined,
): Records => ({
  list,
  text: (element, name) => {
    const value = fieldOf(element, name) ?? nullOf("text");
    return value.type === "text" ? (value as Expr<"text">) : call("text", "toText", value);
  },
  decimal: (element, name) => exactDecimal(fieldOf(element, name) ?? nullOf("text")),
  residue: (element, name) => roundingResidue(fieldOf(element, name) ?? nullOf("text")),
});

/** Records whose fields are all texts. */
export const textRecords = (list: Expr<"list">): Records =>
  recordsOf(list, (element, name) => field(element, name, "text"));

/**
 * The columns of a billing export by their paths in Google's schema (`service.id`), wherever a file has them: structs
 * and lists of structs in Parquet and JSON, flattened columns in CSV.
 */
export class ExportColumns {
  readonly input: InputTable;
  readonly #places = new Map<string, Place | undefined>();
  readonly #decimals = new Map<string, Expr<"decimal">>();

  constructor(input: InputTable) {
    this.input = input;
  }

  has(...paths: readonly string[]): boolean {
    return paths.some((path) => this.#place(path) !== undefined);
  }

  text(path: string): Expr<"text"> {
    const place = this.#place(path);
    if (place === undefined) return nullOf("text");
    if (place.kind === "flat") return this.input.text(place.name);
    const value = this.#nested(place);
    const asText = value.type === "text" ? (value as Expr<"text">) : call("text", "toText", value);
    return nullIf(asText, text(""));
  }

  /** @see InputTable.decimal */
  decimal(path: string): Expr<"decimal"> {
    const place = this.#place(path);
    if (place === undefined) return nullOf("decimal");
    if (place.kind === "flat") return this.input.decimal(place.name);
    const known = this.#decimals.get(path) ?? this.#nestedDecimal(place, path);
    this.#decimals.set(path, known);
    return known;
  }

  /** A repeated record with these fields; undefined where the file has no such column. */
  records(path: string, fields: readonly string[]): Records | undefined {
    const place = this.#place(path);
    if (place === undefined) return undefined;
    const type = place.kind === "nested" ? place.type : parsePhysicalType(this.#typeOf(place.name));
    if (type.lists === 0) {
      const parsed = this.input.define(path, jsonToRecords(pythonToJson(this.text(path)), fields));
      return textRecords(parsed);
    }
    const list = place.kind === "nested" ? this.#nested(place) : this.input.physical(place.name, "list");
    return recordsOf(list as Expr<"list">, (element, name) => {
      const own = type.fields.get(name);
      return own === undefined ? undefined : field(element, name, sqlTypeOf(own));
    });
  }

  /** The text that {@link records} reads; undefined where the file has a list of its own type. */
  textOfRecords(path: string): Expr<"text"> | undefined {
    const place = this.#place(path);
    const lists = place?.kind === "nested" ? place.type.lists : 0;
    const flatLists = place?.kind === "flat" ? parsePhysicalType(this.#typeOf(place.name)).lists : 0;
    return place === undefined || lists + flatLists > 0 ? undefined : this.text(path);
  }

  /** Marks paths, or columns by name, as read, so that {@link InputTable.rest} does not repeat them. */
  touch(...paths: readonly string[]): void {
    for (const path of paths) {
      const place = this.#place(path);
      if (place?.kind === "flat") this.input.text(place.name);
      if (place?.kind === "nested") this.input.physical(place.column, "struct");
    }
  }

  #nestedDecimal(place: Place & { kind: "nested" }, path: string): Expr<"decimal"> {
    const value = this.input.define(path, exactDecimal(this.#nested(place)));
    const raw = this.text(path);
    const bad = and(isNotNull(raw), isNull(value));
    this.input.reject({ column: path, reason: "not a decimal number", bad, raw });
    return value;
  }

  #nested({ column, path, type }: Place & { kind: "nested" }): Expr {
    const names = path.slice(0, -1);
    const last = path.at(-1) ?? "";
    const struct = names.reduce<Expr>(
      (value, name) => field(value, name, "struct"),
      this.input.physical(column, "struct"),
    );
    return field(struct, last, sqlTypeOf(type));
  }

  #place(path: string): Place | undefined {
    if (!this.#places.has(path)) this.#places.set(path, this.#find(path));
    return this.#places.get(path);
  }

  #find(path: string): Place | undefined {
    const [top = "", ...rest] = path.split(".");
    const own = path === "labels" ? [] : [path, path.replaceAll(".", "_")];
    const flat = [...own, ...otherSpellings(path, this.input)].find((name) => this.input.has(name));
    if (flat !== undefined) return { kind: "flat", name: flat };
    if (rest.length === 0 || !this.input.has(top)) return undefined;
    const type = rest.reduce<PhysicalType | undefined>(
      (outer, name) => (outer?.lists === 0 ? outer.fields.get(name) : undefined),
      parsePhysicalType(this.#typeOf(top)),
    );
    return type === undefined ? undefined : { kind: "nested", column: top, path: rest, type };
  }

  #typeOf(name: string): string {
    const declared: Readonly<Record<string, string>> = NDJSON_COLUMNS;
    const { header } = this.input;
    if (header.format === "ndjson") return declared[name] ?? "VARCHAR";
    return (
      header.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.type ?? "VARCHAR"
    );
  }
}

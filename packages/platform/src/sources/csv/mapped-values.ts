import type { LakeColumn } from "@trimtab/domain";
import type { InputTable } from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  coalesce,
  type Expr,
  eq,
  isNotNull,
  isNull,
  lit,
  minus,
  text,
  tryCast,
} from "../../sql/expr.ts";
import type { ColumnSpec, CsvMapping, TextTransform } from "./mapping-schema.ts";

interface FullSpec {
  readonly column?: string | readonly string[] | undefined;
  readonly value?: string | undefined;
  readonly transform?: readonly TextTransform[] | undefined;
  readonly cases?: Readonly<Record<string, string>> | undefined;
  readonly otherwise?: string | undefined;
  readonly at?: "month start" | "next month start" | "day start" | "next day start" | undefined;
  readonly plusHours?: number | undefined;
}

/** An amount with what rounding took from it. */
interface Amount {
  readonly value: Expr<"decimal">;
  readonly residue: Expr<"exact">;
}

const fullSpec = (spec: ColumnSpec): FullSpec => spec;

export const columnNames = (spec: ColumnSpec): readonly string[] => {
  const { column = [] } = fullSpec(spec);
  return typeof column === "string" ? [column] : column;
};

const applyTransform = (value: Expr<"text">, step: TextTransform): Expr<"text"> => {
  if (typeof step === "string") return call("text", step, value);
  if ("prefix" in step) return call("text", "concat", text(step.prefix), value);
  if ("suffix" in step) return call("text", "concat", value, text(step.suffix));
  if ("replace" in step) return call("text", "replace", value, text(step.replace), text(step.with));
  const part = call("text", "splitPart", value, text(step.separator), lit("bigint", step.part));
  return call("text", "nullIf", part, text(""));
};

/** Turns what a mapping says of one FOCUS column into expressions over a row of the file. */
export class MappedValues {
  readonly #input: InputTable;
  readonly #file: CsvMapping["file"];
  readonly #negative: boolean;

  constructor(input: InputTable, mapping: CsvMapping) {
    this.#input = input;
    this.#file = mapping.file;
    this.#negative = mapping.sign === "negative";
  }

  text(spec: ColumnSpec): Expr<"text"> {
    const { value, transform = [], cases: named, otherwise } = fullSpec(spec);
    const columns = columnNames(spec).map((name) => this.#input.text(name));
    const [first, ...rest] = columns;
    if (first === undefined) return text(value ?? "");
    const raw = transform.reduce(applyTransform, coalesce(first, ...rest));
    const other = otherwise ?? value;
    if (named === undefined) return other === undefined ? raw : coalesce(raw, text(other));
    const whens = Object.entries(named).map(([from, to]) => [eq(raw, text(from)), text(to)] as const);
    const told = cases("text", whens, other === undefined ? raw : text(other));
    // A case that becomes nothing is how a mapping says null.
    return call("text", "nullIf", told, text(""));
  }

  decimal(spec: ColumnSpec): Expr<"decimal"> {
    return this.#firstAmount(spec).value;
  }

  /** As {@link decimal}, with the file's sign of costs turned. */
  cost(spec: ColumnSpec): Amount {
    const { value, residue } = this.#firstAmount(spec);
    if (!this.#negative) return { value, residue };
    return { value: minus(lit("decimal", "0"), value), residue: minus(lit("exact", "0"), residue) };
  }

  timestamp(spec: ColumnSpec, required: boolean): Expr<"timestamp"> {
    const { at, plusHours, value } = fullSpec(spec);
    const names = columnNames(spec);
    const options = { formats: this.#file.times, required };
    const local =
      names.length === 0 ? tryCast("timestamp", text(value ?? "")) : this.#input.timestamp(options, ...names);
    const bound = at === undefined ? local : this.#bound(local, at);
    return plusHours === undefined ? bound : call("timestamp", "addHours", bound, lit("bigint", plusHours));
  }

  of(column: LakeColumn, spec: ColumnSpec): Expr {
    if (column.type === "decimal") return this.decimal(spec);
    return column.type === "datetime" ? this.timestamp(spec, false) : this.text(spec);
  }

  #bound(moment: Expr<"timestamp">, at: NonNullable<FullSpec["at"]>): Expr<"timestamp"> {
    const unit = at.includes("month") ? "month" : "day";
    const start = call("timestamp", "dateTrunc", text(unit), moment);
    if (!at.startsWith("next")) return start;
    return call("timestamp", unit === "month" ? "addMonths" : "addDays", start, lit("bigint", 1));
  }

  #firstAmount(spec: ColumnSpec): Amount {
    const amounts = columnNames(spec).map((name) => this.#amount(name));
    const [only] = amounts;
    if (only !== undefined && amounts.length === 1) return only;
    const given = amounts.map(({ value }) => isNotNull(value));
    const pick = <T extends "decimal" | "exact">(type: T, values: readonly Expr<T>[]) =>
      cases(
        type,
        values.flatMap((value, index) => (given[index] ? [[given[index], value] as const] : [])),
      );
    return {
      value: pick(
        "decimal",
        amounts.map(({ value }) => value),
      ),
      residue: pick(
        "exact",
        amounts.map(({ residue }) => residue),
      ),
    };
  }

  #amount(name: string): Amount {
    const { decimal, grouping } = this.#file;
    if (decimal === "." && grouping === "")
      return { value: this.#input.decimal(name), residue: this.#input.residue(name) };
    const raw = this.#input.text(name);
    const remove = (value: Expr<"text">, what: string) =>
      call("text", "replace", value, text(what), text(""));
    const grouped = grouping === "" ? raw : remove(raw, grouping);
    const plain = decimal === "," ? call("text", "replace", grouped, text(","), text(".")) : grouped;
    const digits = this.#input.define(`${name} digits`, plain);
    const value = this.#input.define(
      `${name} amount`,
      tryCast("decimal", call("text", "plainDecimalText", digits)),
    );
    this.#input.reject({
      column: name,
      reason: `not a number with decimal "${decimal}"${grouping === "" ? "" : ` and grouping "${grouping}"`}`,
      // A point where a comma parts decimals is another format, and reading on would shift the amount.
      bad: and(isNotNull(raw), this.#isForeign(raw, value)),
      raw,
    });
    return { value, residue: call("exact", "roundingResidue", digits) };
  }

  #isForeign(raw: Expr<"text">, value: Expr<"decimal">): Expr<"boolean"> {
    const { decimal, grouping } = this.#file;
    const group = grouping === "" ? "" : `(${grouping === "." ? "\\." : grouping}[0-9]{3})*`;
    const point = decimal === "." ? "\\." : ",";
    const pattern = `^[-+]?[0-9]+${group}(${point}[0-9]+)?([eE][-+]?[0-9]+)?$`;
    const ungrouped = `^[-+]?[0-9]*(${point}[0-9]+)?([eE][-+]?[0-9]+)?$`;
    const fits = (shape: string) => call("boolean", "regexpMatches", raw, text(shape));
    const isNumber = cases("boolean", [[fits(pattern), lit("boolean", true)]], fits(ungrouped));
    return cases("boolean", [[isNull(value), lit("boolean", true)]], eq(isNumber, lit("boolean", false)));
  }
}

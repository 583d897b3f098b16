import type { InputTable } from "../../lake/source-definition.ts";
import { coalesce, type Expr, mapGet, text } from "../../sql/expr.ts";

const snake = (name: string): string => name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/**
 * The spellings of a column that the data dictionary calls `category/Name`: CSV (`lineItem/UnblendedCost`), Parquet,
 * Athena and CUR 2.0 (`line_item_unblended_cost`), and Athena as it was first (`lineitem_unblendedcost`).
 * @see https://docs.aws.amazon.com/cur/latest/userguide/cur-ate-run.html, "Column names" (read 2026-11-21)
 */
export const spellings = (column: CurColumn): readonly string[] => {
  const [category = "", name = ""] = column.split("/");
  return [column, `${snake(category)}_${snake(name)}`, `${category}_${name}`.toLowerCase()];
};

export type CurColumn = `${string}/${string}`;

/** The columns of one input under the names of the data dictionary, whatever the file's spelling. */
export class CurColumns {
  readonly input: InputTable;
  readonly #empty: ReadonlySet<string>;
  readonly #product = new Map<string, Expr<"text">>();

  constructor(input: InputTable) {
    this.input = input;
    const empty = input.header.columns.filter((column) => column.empty === true);
    this.#empty = new Set(empty.map(({ name }) => name.toLowerCase()));
  }

  has(column: CurColumn): boolean {
    return this.input.has(...spellings(column));
  }

  /** Whether the file may hold a value of it; CUR 2.0 has all columns of its fixed schema, also the unused. */
  mayHold(column: CurColumn): boolean {
    const name = spellings(column).find((spelling) => this.input.has(spelling));
    return name !== undefined && !this.#empty.has(name.toLowerCase());
  }

  text(column: CurColumn): Expr<"text"> {
    return this.input.text(...spellings(column));
  }

  decimal(column: CurColumn): Expr<"decimal"> {
    return this.input.decimal(...spellings(column));
  }

  /** A product attribute: a column of its own, or in CUR 2.0 a key of the map `product`. */
  product(name: string): Expr<"text"> {
    const own = this.text(`product/${name}`);
    if (!this.input.has("product")) return own;
    const known = this.#product.get(name);
    if (known !== undefined) return known;
    const nested = mapGet(this.input.map("product"), text(snake(name)));
    const attribute = this.input.define(
      name,
      this.mayHold(`product/${name}`) ? coalesce(own, nested) : nested,
    );
    this.#product.set(name, attribute);
    return attribute;
  }
}

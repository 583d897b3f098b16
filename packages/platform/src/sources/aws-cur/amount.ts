import { cases, coalesce, type Expr, isNotNull, lit, minus, nullOf, plus, zero } from "../../sql/expr.ts";
import { type CurColumn, type CurColumns, spellings } from "./cur-columns.ts";

/** A rounded amount of a row together with what rounding took from it, so that both follow the same rules. */
export interface Amount {
  readonly value: Expr<"decimal">;
  readonly residue: Expr<"exact">;
}

const nothingLost = lit("exact", "0");
export const nothing: Amount = { value: zero, residue: nothingLost };
export const unknown: Amount = { value: nullOf("decimal"), residue: nothingLost };

/** The amount in a column; null where it is empty. */
export const amountIn = ({ input }: CurColumns, column: CurColumn): Amount => {
  const names = spellings(column);
  return { value: input.decimal(...names), residue: coalesce(input.residue(...names), nothingLost) };
};

/** The first amount where it has one, else the second. */
export const orElse = (first: Amount, second: Amount): Amount => ({
  value: coalesce(first.value, second.value),
  residue: cases("exact", [[isNotNull(first.value), first.residue]], second.residue),
});

export const choose = (
  rules: readonly (readonly [Expr<"boolean">, Amount])[],
  otherwise: Amount,
): Amount => ({
  value: cases(
    "decimal",
    rules.map(([when, { value }]) => [when, value] as const),
    otherwise.value,
  ),
  residue: cases(
    "exact",
    rules.map(([when, { residue }]) => [when, residue] as const),
    otherwise.residue,
  ),
});

export const addAmounts = (left: Amount, right: Amount): Amount => ({
  value: plus(left.value, right.value),
  residue: plus(left.residue, right.residue),
});

export const subtractAmounts = (left: Amount, right: Amount): Amount => ({
  value: minus(left.value, right.value),
  residue: minus(left.residue, right.residue),
});

import {
  formatCount,
  formatMoney,
  formatQuantity,
  formatRatio,
  type MoneyStyle,
} from "../../format/numbers.ts";
import type { QueryResult } from "./explorer-question.ts";

export interface ValueTitles {
  /** Of a cell or a number of the measure. */
  readonly value: (value: string | number, style?: MoneyStyle) => string;
  readonly change: (value: string | number) => string;
  /** Does it make sense to add the values up, and to show parts of a whole? */
  readonly isAdditive: boolean;
}

/** How the measure of a result is written. */
export const valueTitles = (result: QueryResult, unit?: string | null): ValueTitles => {
  const column = result.columns.find(({ role, aspect }) => role === "measure" && aspect === "current");
  const currency = column?.currency ?? result.currency[0] ?? "USD";
  switch (column?.kind) {
    case "ratio":
      return {
        value: (value) => formatRatio(value),
        change: (value) => formatRatio(value, { signed: true }),
        isAdditive: false,
      };
    case "count":
      return { value: formatCount, change: formatCount, isAdditive: true };
    case "quantity": {
      const withUnit = (value: string | number) => `${formatQuantity(`${value}`)}${unit ? ` ${unit}` : ""}`;
      return { value: withUnit, change: withUnit, isAdditive: true };
    }
    default:
      return {
        value: (value, style = "auto") => formatMoney(`${value}`, currency, { style }),
        change: (value) => formatMoney(`${value}`, currency, { signed: true }),
        isAdditive: column?.kind !== "price",
      };
  }
};

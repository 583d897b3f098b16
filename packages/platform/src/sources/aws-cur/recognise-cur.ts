import type { InputHeader, Recognition } from "../../lake/source-definition.ts";
import { headerNames } from "../shared/header-names.ts";
import { type CurColumn, spellings } from "./cur-columns.ts";

/** Without one of these a row has no kind, no currency or no place in time. */
const CORE: readonly CurColumn[] = [
  "lineItem/LineItemType",
  "lineItem/CurrencyCode",
  "lineItem/UsageStartDate",
];

/** One amount is enough: an export whose query left out the unblended cost still has the net one. */
const AMOUNTS: readonly CurColumn[] = ["lineItem/UnblendedCost", "lineItem/NetUnblendedCost"];

/**
 * Columns that only CUR 2.0 has: nested maps, and names of accounts.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html (read 2026-11-21)
 */
const ONLY_CUR2 = [
  "resource_tags",
  "product",
  "cost_category",
  "discount",
  "bill_payer_account_name",
  "line_item_usage_account_name",
];

/** Recognises Cost and Usage Reports by their columns, in any of the spellings that AWS gave them. */
export const recogniseCur = (header: InputHeader): Recognition => {
  const names = headerNames(header);
  const has = (column: CurColumn): boolean => spellings(column).some((name) => names.has(name));
  const missing = CORE.filter((column) => !has(column));
  if (!AMOUNTS.some(has)) missing.push(AMOUNTS[0] ?? "lineItem/UnblendedCost");
  if (missing.length > 0)
    return {
      match: "no",
      reason: `looked for ${CORE.join(", ")} and a cost; not found: ${missing.join(", ")}`,
    };
  const mark = ONLY_CUR2.find((name) => names.has(name));
  return mark === undefined
    ? { match: "yes", variant: "legacy", reason: "Cost and Usage Report by its line item columns" }
    : {
        match: "yes",
        variant: "cur2",
        reason: `CUR 2.0 (Data Exports) by its line item columns and ${mark}`,
      };
};

import { cases, type Expr, text } from "../../sql/expr.ts";
import type { RejectCheck } from "../source-definition.ts";

/** First broken rule of a row as `column: reason`, or null for a row that can be read. */
export const rejectReason = (checks: readonly RejectCheck[]): Expr<"text"> =>
  cases(
    "text",
    checks.map(({ bad, column: name, reason }) => [bad, text(`${name}: ${reason}`)] as const),
  );

/** The unreadable value itself. */
export const rejectRaw = (checks: readonly RejectCheck[]): Expr<"text"> =>
  cases(
    "text",
    checks.map(({ bad, raw }) => [bad, raw] as const),
  );

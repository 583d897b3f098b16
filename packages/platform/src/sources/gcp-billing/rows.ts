import type { InputTable } from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  isNotNull,
  isNull,
  lambda,
  lit,
  lower,
  lt,
  nullOf,
  or,
  plus,
  text,
} from "../../sql/expr.ts";
import { ISO_TIMESTAMPS } from "../shared/timestamp-formats.ts";
import { type Commitments, readCommitments } from "./commitments.ts";
import { Credits } from "./credits.ts";
import { ExportColumns, type Records } from "./export-columns.ts";
import { type RowTags, readTags } from "./tags.ts";

/** Google's invoice months and billing days follow this zone. */
const PACIFIC = "America/Los_Angeles";

/** What all charges of one input row share. */
export interface ExportRow {
  readonly columns: ExportColumns;
  readonly credits: Credits;
  readonly tags: RowTags;
  readonly commitments: Commitments;
  readonly account: Expr<"text">;
  readonly currency: Expr<"text">;
  readonly cost: Expr<"decimal">;
  /** cost + the credits that lower it: what the row adds to the invoice before promotions. */
  readonly net: Expr<"decimal">;
  readonly costType: Expr<"text">;
  readonly usageStart: Expr<"timestamp">;
  readonly usageEnd: Expr<"timestamp">;
  readonly billingPeriod: Expr<"timestamp">;
  /** Why the billing period is not the export's own, or null. */
  readonly periodSource: Expr<"text">;
  /** A correction of a month that had been invoiced. */
  readonly isCorrection: Expr<"boolean">;
  /** Folders and the organization above the project, nearest first. */
  readonly ancestors: Records | undefined;
}

/** A value without which a row is no charge. */
const required = <T extends "text" | "decimal">(input: InputTable, name: string, value: Expr<T>): Expr<T> => {
  input.reject({ column: name, reason: "missing", bad: isNull(value), raw: nullOf("text") });
  return value;
};

const monthStart = (time: Expr<"timestamp">): Expr<"timestamp"> =>
  call("timestamp", "dateTrunc", text("month"), call("timestamp", "atTimeZone", time, text(PACIFIC)));

/**
 * The invoice month, as the first day of the month at midnight UTC. Rows from before June 2018 have none: they get the
 * Pacific month of their usage.
 */
const readPeriod = (columns: ExportColumns, usageStart: Expr<"timestamp">) => {
  const month = columns.text("invoice.month");
  const parsed = call("timestamp", "parseTimestamp", concat(month, text("01")), text("%Y%m%d"));
  const digits = call("boolean", "regexpMatches", month, text("^(19|20)[0-9]{4}$"));
  const invoiced = columns.input.define("invoice month", cases("timestamp", [[digits, parsed]]));
  const bad = and(isNotNull(month), isNull(invoiced));
  columns.input.reject({ column: "invoice.month", reason: "not a month like 202601", bad, raw: month });
  return {
    billingPeriod: columns.input.define("period", coalesce(invoiced, monthStart(usageStart))),
    periodSource: cases("text", [[isNull(invoiced), text("usage month, Pacific time")]]),
  };
};

/** `adjustment_info` names corrections; what was issued within the month of its usage corrects nothing invoiced. */
const readCorrection = (columns: ExportColumns, usageMonth: Expr<"timestamp">, period: Expr<"timestamp">) => {
  const corrects = (path: string, pattern: string) =>
    call("boolean", "regexpMatches", columns.text(path), text(pattern));
  const named = or(
    corrects("adjustment_info.type", "_CORRECTION$"),
    corrects("adjustment_info.mode", "^(PARTIAL_CORRECTION|COMPLETE_NEGATION)"),
  );
  return and(named, lt(usageMonth, period));
};

/** The names of the ancestors of one kind, nearest first. */
export const ancestorNames = (
  { list, text: textOf }: Records,
  kind: string,
  name: "resource_name" | "display_name",
): Expr<"list"> => {
  const ofKind = lambda("e", "struct", (element) =>
    call("boolean", "startsWith", textOf(element, "resource_name"), text(kind)),
  );
  const names = lambda("e", "struct", (element) =>
    coalesce(textOf(element, name), textOf(element, "resource_name")),
  );
  return call("list", "listTransform", call("list", "listFilter", list, ofKind), names);
};

/** Reads what every branch of the mapping needs, and registers what makes a row unreadable. */
export const readRow = (input: InputTable): ExportRow => {
  const columns = new ExportColumns(input);
  const formats = ISO_TIMESTAMPS;
  const usageStart = input.timestamp({ formats, required: true }, "usage_start_time");
  const usageEnd = input.timestamp({ formats }, "usage_end_time");
  const credits = new Credits(columns);
  const tags = readTags(columns);
  const cost = required(input, "cost", input.decimal("cost"));
  const period = readPeriod(columns, usageStart);
  return {
    columns,
    credits,
    tags,
    commitments: readCommitments(columns, credits, tags.map),
    account: required(input, "billing_account_id", columns.text("billing_account_id")),
    currency: required(input, "currency", columns.text("currency")),
    cost,
    net: input.define("net", plus(cost, credits.inRow())),
    costType: lower(coalesce(columns.text("cost_type"), text("regular"))),
    usageStart,
    usageEnd: coalesce(usageEnd, call("timestamp", "addHours", usageStart, lit("bigint", 1))),
    billingPeriod: period.billingPeriod,
    periodSource: period.periodSource,
    isCorrection: readCorrection(columns, monthStart(usageStart), period.billingPeriod),
    ancestors: columns.records("project.ancestors", ["resource_name", "display_name"]),
  };
};

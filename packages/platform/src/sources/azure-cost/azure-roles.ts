import type { InputHeader, InputTable, Recognition, VariantTest } from "../../lake/source-definition.ts";
import {
  and,
  coalesce,
  type Expr,
  eq,
  isNotNull,
  isOneOf,
  lower,
  ne,
  not,
  or,
  text,
  zero,
} from "../../sql/expr.ts";
import { headerNames } from "../shared/header-names.ts";
import { AzureColumns, type AzureField, knownNames, spellingOf } from "./azure-columns.ts";

/**
 * `uncommitted`: no row has to do with a reservation or savings plan; then both exports say the same.
 * @see https://learn.microsoft.com/azure/cost-management-billing/reservations/understand-reserved-instance-usage-ea
 *   (read 2026-11-21): actual cost has purchases and zero for covered usage; amortised cost has no purchases, the
 *   prorated price for covered usage, and the unused rest
 */
export const ROLES = ["actual", "amortized", "uncommitted"] as const;
export type Role = (typeof ROLES)[number];

const UNUSED = ["unusedreservation", "unusedsavingsplan"];
const COMMITTED = ["reservation", "savingsplan"];
const BOUGHT = ["purchase", "refund"];

export interface RowKinds {
  /** The row has to do with a reservation or a savings plan. */
  readonly committed: Expr<"boolean">;
  readonly unused: Expr<"boolean">;
  /** A purchase or refund of a reservation or savings plan. */
  readonly bought: Expr<"boolean">;
  /** Usage that a reservation or savings plan paid for. */
  readonly covered: Expr<"boolean">;
}

/** Which rows have to do with commitments; never null. */
export const rowKinds = (columns: AzureColumns): RowKinds => {
  const chargeType = columns.input.define(
    "chargeType",
    lower(coalesce(columns.text("chargeType"), text("usage"))),
  );
  const model = lower(coalesce(columns.text("pricingModel"), text("")));
  const unused = isOneOf(chargeType, ...UNUSED);
  const named = or(isNotNull(columns.text("reservation")), isNotNull(columns.text("benefit")));
  const committed = columns.input.define("committed", or(unused, isOneOf(model, ...COMMITTED), named));
  return {
    committed,
    unused,
    bought: and(committed, isOneOf(chargeType, ...BOUGHT)),
    covered: and(committed, eq(chargeType, text("usage"))),
  };
};

/** The rows that only one of the two exports can have. */
export const roleTests = (input: InputTable): readonly VariantTest[] => {
  const columns = new AzureColumns(input);
  const { unused, bought, covered } = rowKinds(columns);
  const cost = coalesce(columns.decimal("cost"), zero);
  const quantity = coalesce(columns.decimal("quantity"), zero);
  return [
    {
      variant: "amortized",
      when: or(unused, and(covered, ne(cost, zero))),
      reason: "a row is unused commitment or covered usage with a cost",
    },
    {
      variant: "actual",
      when: or(bought, and(covered, eq(cost, zero), ne(quantity, zero))),
      reason: "a row is the purchase of a commitment or covered usage without a cost",
    },
  ];
};

const MUST_HAVE: readonly AzureField[] = [
  "subscription",
  "date",
  "cost",
  "currency",
  "consumedService",
  "resource",
];
const RECOMMENDATIONS = ["CostWithNoReservedInstances", "RecommendedQuantity", "LookBackPeriod"];

type Row = InputHeader["sample"][number];

const roleOfRow = (value: (field: AzureField) => string): Role | undefined => {
  const chargeType = value("chargeType").toLowerCase();
  const committed =
    COMMITTED.includes(value("pricingModel").toLowerCase()) ||
    value("reservation") !== "" ||
    value("benefit") !== "";
  const isZero = (field: AzureField) => /^[-+]?0*\.?0*(e.*)?$/i.test(value(field));
  if (UNUSED.includes(chargeType)) return "amortized";
  if (!committed) return undefined;
  if (BOUGHT.includes(chargeType)) return "actual";
  if (chargeType !== "usage") return undefined;
  if (!isZero("cost")) return "amortized";
  return isZero("quantity") ? undefined : "actual";
};

const roleOfSample = (header: InputHeader): { role: Role; line: number } | undefined => {
  for (const [index, row] of header.sample.entries()) {
    const value = (field: AzureField) => cell(header, row, field);
    const role = roleOfRow(value);
    if (role !== undefined) return { role, line: index + 1 };
  }
  return undefined;
};

const cell = (header: InputHeader, row: Row, field: AzureField): string => {
  const name = spellingOf(header, field);
  return name === undefined ? "" : (row[name] ?? "").trim();
};

/** Recognises cost details of EA, MCA, MPA and pay-as-you-go accounts, and which of the two exports a file is. */
export const recogniseAzure = (header: InputHeader): Recognition => {
  if (headerNames(header).missing(RECOMMENDATIONS).length === 0) {
    const reason = `reservation recommendations by ${RECOMMENDATIONS.join(", ")}`;
    return { match: "other-dataset", dataset: "ReservationRecommendations", reason };
  }
  const missing = MUST_HAVE.filter((field) => spellingOf(header, field) === undefined);
  if (missing.length > 0) return { match: "no", reason: `not found: ${missing.map(knownNames).join(", ")}` };
  const found = roleOfSample(header);
  if (found !== undefined) {
    const reason = `Azure cost details, the ${found.role} cost export by its data row ${found.line}`;
    return { match: "yes", variant: found.role, reason };
  }
  const commitments: readonly AzureField[] = ["pricingModel", "reservation", "benefit"];
  if (commitments.every((field) => spellingOf(header, field) === undefined)) {
    const reason = "Azure cost details of a schema without commitments";
    return { match: "yes", variant: "uncommitted", reason };
  }
  const reason = "Azure cost details; no reservation or savings plan in its first rows";
  return { match: "yes", variant: "uncommitted", reason, tentative: true };
};

export const isOrdinary = ({ committed }: RowKinds): Expr<"boolean"> => not(committed);

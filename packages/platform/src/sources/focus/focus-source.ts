import { FOCUS_COLUMNS, LAKE_COLUMNS, type LakeColumn } from "@trimtab/domain";
import {
  type ChargeColumns,
  defineSource,
  type Equation,
  type InputTable,
  type Mapping,
  type UnknownMeasure,
} from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  coalesce,
  type Expr,
  eq,
  isNull,
  ne,
  nullOf,
  or,
  text,
  zero,
} from "../../sql/expr.ts";
import { type HeaderNames, headerNames } from "../shared/header-names.ts";
import { NULL_TEXTS } from "../shared/null-texts.ts";
import { ISO_TIMESTAMPS } from "../shared/timestamp-formats.ts";
import { focusTags } from "./focus-tags.ts";
import { recogniseFocus } from "./recognise-focus.ts";

const COSTS = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"] as const;

/** The periods place a charge; without them the row can't be read. */
const REQUIRED_TIMES: readonly string[] = ["BillingPeriodStart", "ChargePeriodStart", "ChargePeriodEnd"];

/**
 * ProviderName became ServiceProviderName in 1.3 and HostProviderName may equal it where the provider shows no other.
 * PublisherName has no successor and stays in `x_extra`.
 * @see https://github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec specification/datasets/cost_and_usage/columns
 *   serviceprovidername.md and hostprovidername.md, version 1.4 (read 2026-11-21)
 */
const FORMER_NAMES: Readonly<Record<string, readonly string[]>> = {
  ServiceProviderName: ["ProviderName"],
  HostProviderName: ["ServiceProviderName", "ProviderName"],
};

const readColumn = (input: InputTable, column: LakeColumn, names: readonly string[]): Expr => {
  switch (column.type) {
    case "decimal":
      return input.decimal(...names);
    case "datetime":
      return input.timestamp(
        { formats: ISO_TIMESTAMPS, required: REQUIRED_TIMES.includes(column.name) },
        ...names,
      );
    case "map":
      return focusTags(input, names[0] ?? column.name);
    case "json":
    case "string":
      return input.text(...names);
  }
};

/**
 * Microsoft writes 0 where it knows no list or contracted price (marketplace, reservations): that is unknown, not free.
 * Sums are untouched.
 * @see https://learn.microsoft.com/cloud-computing/finops/focus/conformance-summary (read 2026-11-21)
 */
const knownPriceOnly = (input: InputTable, cost: Expr<"decimal">): Expr<"decimal"> => {
  const effective = input.decimal("EffectiveCost");
  const billed = input.decimal("BilledCost");
  const provider = input.text(
    ...["ServiceProviderName", "ProviderName"].filter(headerNames(input.header).has),
  );
  const unpriced = and(
    eq(provider, text("Microsoft")),
    eq(cost, zero),
    or(ne(effective, zero), ne(billed, zero)),
  );
  return cases("decimal", [[unpriced, nullOf("decimal")]], cost);
};

const chargeColumns = (input: InputTable, present: HeaderNames): ChargeColumns => {
  const columns: Record<string, Expr> = {};
  for (const column of LAKE_COLUMNS) {
    const names = [column.name, ...(FORMER_NAMES[column.name] ?? [])].filter(present.has);
    if (names.length > 0) columns[column.name] = readColumn(input, column, names);
  }
  for (const name of ["ListCost", "ContractedCost"] as const) {
    if (present.has(name)) columns[name] = knownPriceOnly(input, input.decimal(name));
  }
  return { ...columns, extra: input.rest() };
};

const equation = (input: InputTable, output: Equation["output"]): Equation => ({
  name: `sum of ${output}`,
  input: input.decimal(output),
  residue: input.residue(output),
  output,
});

const mapFocus = (input: InputTable, variant: string): Mapping => {
  const billed = input.decimal("BilledCost");
  const currency = input.text("BillingCurrency");
  input.reject({
    column: "BilledCost",
    reason: "a charge has no BilledCost",
    bad: isNull(billed),
    raw: nullOf("text"),
  });
  input.reject({
    column: "BillingCurrency",
    reason: "a charge has no BillingCurrency",
    bad: isNull(currency),
    raw: nullOf("text"),
  });
  const start = input.timestamp({ formats: ISO_TIMESTAMPS, required: true }, "BillingPeriodStart");
  const present = headerNames(input.header);
  const known = COSTS.filter(present.has);
  const unknown = present.missing(COSTS).map(
    (column): UnknownMeasure => ({
      column,
      reason: `this FOCUS ${variant} export has no column ${column}`,
    }),
  );
  return {
    account: coalesce(input.text("BillingAccountId"), text("unknown")),
    billingPeriod: call("timestamp", "dateTrunc", text("day"), start),
    currency,
    branches: [{ name: "charge", columns: chargeColumns(input, present) }],
    equations: known.map((cost) => equation(input, cost)),
    unknown,
  };
};

/** FOCUS Cost and Usage, as any provider or vendor exports it. */
export const focusSource = defineSource({
  apiVersion: 1,
  id: "focus",
  title: "FOCUS 1.0 to 1.4 Cost and Usage",
  specification: [
    "https://focus.finops.org/focus-specification/ (1.0 to 1.4, read 2026-11-21)",
    "https://learn.microsoft.com/cloud-computing/finops/focus/conformance-summary (read 2026-11-21)",
    "https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-focus-1-2-aws-conformance.html (read 2026-11-21)",
  ],
  formats: ["csv", "parquet", "ndjson"],
  csv: { delimiter: ",", nullTexts: NULL_TEXTS },
  ndjsonColumns: Object.fromEntries(FOCUS_COLUMNS.map(({ name }) => [name, "VARCHAR"])),
  delivery: "period",
  onCluster: true,
  detailRank: 1,
  recognise: recogniseFocus,
  map: mapFocus,
});

import {
  type Branch,
  type ChargeColumns,
  type DropRule,
  defineSource,
  type Equation,
  hasTwin,
  type InputTable,
  type MapContext,
  type Mapping,
  type UnknownMeasure,
} from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  eq,
  isNull,
  lower,
  not,
  nullOf,
  text,
  zero,
} from "../../sql/expr.ts";
import type { Pairs } from "../../sql/mapping-expr.ts";
import { NULL_TEXTS } from "../shared/null-texts.ts";
import { azureAccount, azureBillingPeriod, azureCharge, azureExtra } from "./azure-charges.ts";
import { AzureColumns, type AzureField } from "./azure-columns.ts";
import { chooseAzureDelivery } from "./azure-delivery.ts";
import { isOrdinary, ROLES, type RowKinds, recogniseAzure, roleTests, rowKinds } from "./azure-roles.ts";

/**
 * What this group of files tells, given what else is in the request. A file without commitments tells both measures;
 * beside an export it holds the same ordinary charges once more.
 */
type Part =
  | "actual of pair"
  | "amortized of pair"
  | "actual alone"
  | "amortized alone"
  | "both measures"
  | "both measures beside amortized"
  | "both measures beside actual";

const partOf = (variant: string, variants: readonly string[]): Part => {
  const alone = variants.every((other) => other === variant);
  if (variant === "actual") return alone ? "actual alone" : "actual of pair";
  if (variant === "amortized") return alone ? "amortized alone" : "amortized of pair";
  if (alone) return "both measures";
  return variants.includes("actual") ? "both measures beside actual" : "both measures beside amortized";
};

/**
 * The fields that Microsoft names as the identity of a cost record, with its amounts.
 * @see https://learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields footnote 1
 *   (read 2026-11-21)
 */
const IDENTITY: readonly AzureField[] = [
  "date",
  "subscription",
  "resource",
  "meterId",
  "partNumber",
  "productId",
  "offer",
  "chargeType",
  "location",
  "additionalInfo",
  "serviceInfo",
  "tags",
  "invoiceSection",
  "costCenter",
  "benefit",
  "quantity",
  "cost",
];

const twinKey = (columns: AzureColumns, kinds: RowKinds): Expr<"text"> => {
  const fields = IDENTITY.filter((field) => columns.has(field));
  const parts = fields.flatMap((field) => [coalesce(columns.text(field), text("")), text("\u001f")]);
  return cases("text", [[isOrdinary(kinds), call("text", "md5", concat(...parts))]]);
};

interface Costs {
  readonly billed: Expr<"decimal">;
  readonly effective: Expr<"decimal">;
}

interface Plan {
  readonly branches: readonly (readonly [
    name: string,
    when: Expr<"boolean"> | undefined,
    costs: Costs,
    onlyIn?: string,
  ])[];
  readonly drops?: readonly DropRule[];
  readonly unknown?: readonly UnknownMeasure[];
}

/** Marks the ordinary charges that one of the two exports has and the other lacks. */
const marked = (extra: Pairs, onlyIn: string): Pairs => ({ ...extra, x_OnlyIn: text(onlyIn) });

const NOTHING: Expr<"decimal"> = nullOf("decimal");

const onlyOne = (column: UnknownMeasure["column"], loaded: string, other: string): UnknownMeasure => ({
  column,
  reason: `only the ${loaded} cost export was loaded; load it together with the ${other} cost export of the same period`,
});

const planOf = (part: Part, cost: Expr<"decimal">, kinds: RowKinds): Plan => {
  const ordinary = isOrdinary(kinds);
  const alone = not(hasTwin);
  const both = { billed: cost, effective: cost };
  const twice = (other: string): DropRule => ({
    name: "ordinary",
    when: and(ordinary, hasTwin),
    reason: `the same charge is taken from the ${other} export`,
  });
  switch (part) {
    case "both measures":
    case "both measures beside amortized":
      return { branches: [["charge", undefined, both]] };
    case "both measures beside actual":
      return { branches: [["charge", undefined, both]], drops: [twice("actual")] };
    case "actual alone":
      return {
        branches: [["charge", undefined, { billed: cost, effective: NOTHING }]],
        unknown: [onlyOne("EffectiveCost", "actual", "amortized")],
      };
    case "amortized alone":
      return {
        branches: [["charge", undefined, { billed: NOTHING, effective: cost }]],
        unknown: [onlyOne("BilledCost", "amortized", "actual")],
      };
    case "actual of pair":
      return {
        branches: [
          ["ordinary", and(ordinary, hasTwin), both],
          [
            "ordinary, only in the actual export",
            and(ordinary, alone),
            { billed: cost, effective: NOTHING },
            "actual",
          ],
          ["billed for a commitment", not(ordinary), { billed: cost, effective: zero }],
        ],
        drops: [
          {
            name: "covered usage",
            when: and(kinds.covered, eq(cost, zero)),
            reason: "billed at zero; the amortized export has the same usage with what it cost",
          },
        ],
      };
    case "amortized of pair":
      return {
        branches: [
          ["covered or unused", not(ordinary), { billed: zero, effective: cost }],
          [
            "ordinary, only in the amortized export",
            and(ordinary, alone),
            { billed: NOTHING, effective: cost },
            "amortized",
          ],
        ],
        drops: [twice("actual")],
      };
  }
};

/** All equations of a source add up together, so a charge that two exports hold is taken in once per measure. */
const equationsOf = (part: Part, columns: AzureColumns): readonly Equation[] => {
  const input = columns.decimal("cost");
  const residue = columns.residue("cost");
  const billed: Equation = { name: "actual cost is billed", input, residue, output: "BilledCost" };
  const effective: Equation = {
    name: "amortized cost is effective",
    input,
    residue,
    output: "EffectiveCost",
  };
  const withoutTwins = (equation: Equation): Equation => ({
    ...equation,
    input: cases("decimal", [[not(hasTwin), input]]),
    residue: cases("exact", [[not(hasTwin), residue]]),
  });
  switch (part) {
    case "both measures":
      return [billed, effective];
    case "both measures beside amortized":
      return [billed, withoutTwins(effective)];
    case "both measures beside actual":
      return [withoutTwins(billed), effective];
    case "actual alone":
    case "actual of pair":
      return [billed];
    case "amortized alone":
    case "amortized of pair":
      return [effective];
  }
};

/** Rows that the export can't have: it was said to be, or taken for, the wrong one of the two. */
const rejectForeignRows = (part: Part, columns: AzureColumns, { unused, bought }: RowKinds): void => {
  const raw = columns.text("chargeType");
  const column = "ChargeType";
  const purchase = and(bought, eq(lower(raw), text("purchase")));
  if (!part.startsWith("amortized"))
    columns.input.reject({
      column,
      reason: "only an amortized cost export has unused commitments",
      bad: unused,
      raw,
    });
  if (!part.startsWith("actual"))
    columns.input.reject({
      column,
      reason: "only an actual cost export has purchases of commitments",
      bad: purchase,
      raw,
    });
};

const rejectMissing = (columns: AzureColumns): void => {
  for (const field of ["cost", "currency"] as const) {
    const value = field === "cost" ? columns.decimal("cost") : columns.text("currency");
    const reason = `a charge has no ${field}`;
    columns.input.reject({ column: field, reason, bad: isNull(value), raw: nullOf("text") });
  }
};

const mapAzure = (input: InputTable, variant: string, { variants }: MapContext): Mapping => {
  const columns = new AzureColumns(input);
  const part = partOf(variant, variants);
  const kinds = rowKinds(columns);
  const cost = columns.decimal("cost");
  const paired = variants.some((other) => other !== variant);
  rejectMissing(columns);
  rejectForeignRows(part, columns, kinds);
  const plan = planOf(part, cost, kinds);
  const shared = azureCharge(columns, kinds);
  const key = paired ? { twinKey: twinKey(columns, kinds) } : {};
  const inPricingCurrency = columns.decimal("costInPricingCurrency");
  const extra = azureExtra(columns);
  const toBranch = ([name, when, costs, onlyIn]: Plan["branches"][number]): Branch => {
    const free = costs.effective === zero || costs.effective === NOTHING;
    const columnsOf: ChargeColumns = {
      ...shared,
      BilledCost: costs.billed,
      EffectiveCost: costs.effective,
      ...(columns.has("costInPricingCurrency")
        ? { PricingCurrencyEffectiveCost: free ? costs.effective : inPricingCurrency }
        : {}),
      extra: onlyIn === undefined ? extra : marked(extra, onlyIn),
    };
    return when === undefined ? { name, columns: columnsOf } : { name, when, columns: columnsOf };
  };
  return {
    account: azureAccount(columns),
    billingPeriod: azureBillingPeriod(columns),
    currency: columns.text("currency"),
    branches: plan.branches.map(toBranch),
    equations: equationsOf(part, columns),
    ...key,
    ...(plan.drops === undefined ? {} : { drops: plan.drops }),
    ...(plan.unknown === undefined ? {} : { unknown: plan.unknown }),
  };
};

/** Azure cost details of EA, MCA, MPA and pay-as-you-go accounts: the actual and the amortized cost export. */
export const azureCostSource = defineSource({
  apiVersion: 1,
  id: "azure-cost",
  title: "Azure cost details: actual and amortized cost exports",
  specification: [
    "https://learn.microsoft.com/azure/cost-management-billing/dataset-schema/schema-index (read 2026-11-21)",
    "https://learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields (read 2026-11-21)",
    "https://learn.microsoft.com/cloud-computing/finops/focus/convert (read 2026-11-21)",
  ],
  formats: ["csv", "parquet"],
  csv: { delimiter: ",", nullTexts: NULL_TEXTS },
  delivery: "period",
  detailRank: 1,
  variants: ROLES,
  recognise: recogniseAzure,
  decideVariant: roleTests,
  map: mapAzure,
  chooseDelivery: chooseAzureDelivery,
});

import {
  type Branch,
  type ChargeColumns,
  defineSource,
  type InputTable,
  type Mapping,
} from "../../lake/source-definition.ts";
import { and, cases, type Expr, not, nullOf, text, zero } from "../../sql/expr.ts";
import { addAmounts } from "./amount.ts";
import { chargeColumns, hasListPrices } from "./charge-columns.ts";
import { CurColumns } from "./cur-columns.ts";
import { chooseCurDelivery } from "./deliveries.ts";
import { type LineItem, readLineItem } from "./line-item.ts";
import { NEGATION, RESERVATION_FEE, SAVINGS_PLAN_FEE } from "./line-item-types.ts";
import { type Money, readMoney } from "./money.ts";
import { recogniseCur } from "./recognise-cur.ts";
import { savingsPlanDifference } from "./savings-plan-difference.ts";
import { readSplits } from "./splits.ts";

/** What nobody used of a commitment that a recurring fee row is about; nothing was consumed, so it has no list price. */
const unusedColumns = (
  cur: CurColumns,
  row: LineItem,
  money: Money,
  common: ChargeColumns,
): ChargeColumns => ({
  ...common,
  ChargeCategory: text("Usage"),
  ChargeFrequency: text("Usage-Based"),
  PricingCategory: text("Committed"),
  CommitmentDiscountStatus: text("Unused"),
  CommitmentDiscountQuantity: cases(
    "decimal",
    [[row.is(RESERVATION_FEE), cur.decimal("reservation/UnusedQuantity")]],
    money.unused.value,
  ),
  ConsumedQuantity: nullOf("decimal"),
  ConsumedUnit: nullOf("text"),
  PricingQuantity: nullOf("decimal"),
  PricingUnit: nullOf("text"),
  ListUnitPrice: nullOf("decimal"),
  ContractedUnitPrice: nullOf("decimal"),
  BilledCost: zero,
  EffectiveCost: money.unused.value,
  ListCost: hasListPrices(cur) ? zero : nullOf("decimal"),
  ContractedCost: zero,
});

const notes = (cur: CurColumns, money: Money): readonly string[] => {
  const found = money.isNet
    ? ["net costs: negotiated discounts are in the rows they belong to, discount rows count nothing"]
    : ["unblended costs: negotiated discounts are rows of their own"];
  if (!cur.has("reservation/EffectiveCost"))
    found.push("no reservation/EffectiveCost: the amortised cost of reserved usage is unknown");
  if (!cur.has("lineItem/ResourceId")) found.push("no resource ids");
  return found;
};

const mapCur = (input: InputTable, variant: string): Mapping => {
  const cur = new CurColumns(input);
  const row = readLineItem(cur, variant);
  const money = readMoney(cur, row);
  const splits = readSplits(cur, row, money);
  const common = chargeColumns(cur, row, money);
  const difference = savingsPlanDifference(cur, row, money, common);
  const isNegation = row.is(NEGATION);
  const hasUnused: Expr<"boolean"> = and(row.is(RESERVATION_FEE, SAVINGS_PLAN_FEE), money.hasUnused);
  const isOrdinary = and(not(isNegation), not(splits.isPart), not(splits.isReplaced), not(money.isFolded));
  const branches: Branch[] = [
    { name: "line item", when: isOrdinary, columns: common },
    { name: "unused commitment", when: hasUnused, columns: unusedColumns(cur, row, money, common) },
    ...splits.branches(common),
    ...difference.branches,
  ];
  const amortised = addAmounts(money.effective, money.unused);
  return {
    account: row.account,
    billingPeriod: row.billingPeriod,
    currency: row.currency,
    branches,
    drops: [
      {
        name: "savings plan negation",
        when: and(isNegation, not(difference.isCarrier)),
        reason: "takes back the on-demand cost of covered usage, which is billed at 0 already",
      },
      {
        name: "folded discount",
        when: money.isFolded,
        reason: "the net columns have this discount in the rows that it belongs to",
      },
      {
        name: "split instance",
        when: splits.isGone,
        reason: "its cost is in the rows of its tasks or pods and in their remainder",
      },
    ],
    equations: [
      {
        name: money.isNet ? "sum of net unblended cost" : "sum of unblended cost",
        input: money.cash.value,
        residue: money.cash.residue,
        output: "BilledCost",
      },
      {
        name: "sum of amortised cost",
        input: amortised.value,
        residue: amortised.residue,
        output: "EffectiveCost",
      },
    ],
    unknown: hasListPrices(cur)
      ? []
      : [{ column: "ListCost", reason: "this report has no column pricing/publicOnDemandCost" }],
    notes: notes(cur, money),
  };
};

/** Cost and Usage Reports of AWS: the legacy report and CUR 2.0 of Data Exports. */
export const awsCurSource = defineSource({
  apiVersion: 1,
  id: "aws-cur",
  title: "AWS Cost and Usage Report (legacy and CUR 2.0)",
  specification: [
    "https://docs.aws.amazon.com/cur/latest/userguide/data-dictionary.html (legacy, read 2026-11-21)",
    "https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html (CUR 2.0, read 2026-11-21)",
    "https://docs.aws.amazon.com/cur/latest/userguide/split-line-item-columns.html (read 2026-11-21)",
    "https://docs.aws.amazon.com/cur/latest/userguide/dataexports-export-delivery.html (read 2026-11-21)",
  ],
  formats: ["csv", "parquet"],
  csv: { delimiter: ",", nullTexts: [] },
  delivery: "period",
  onCluster: true,
  detailRank: 2,
  variants: ["legacy", "cur2"],
  recognise: recogniseCur,
  map: mapCur,
  chooseDelivery: chooseCurDelivery,
});

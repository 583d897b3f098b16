import type { Branch, ChargeColumns } from "../../lake/source-definition.ts";
import {
  and,
  cases,
  column,
  type Expr,
  eq,
  isNotNull,
  isOneOf,
  lit,
  ne,
  not,
  nullIf,
  nullOf,
  text,
  zero,
} from "../../sql/expr.ts";
import {
  commitmentColumns,
  commitmentQuantity,
  contractedCost,
  ifListed,
  listCost,
  placeColumns,
  priceColumns,
} from "./charge-columns.ts";
import { creditField } from "./credits.ts";
import { creditSums, type Extra, readExtra } from "./extra.ts";
import type { ExportRow } from "./rows.ts";

/** Columns that several kinds of charge of a row have. */
interface Shared {
  readonly place: ChargeColumns;
  readonly price: ChargeColumns;
  readonly extra: Extra;
}

/** Usage, tax, adjustments and rounding: the row as it is billed, its discounts taken off. */
const chargeBranch = (row: ExportRow, shared: Shared): Branch => {
  const { columns, commitments, costType, net } = row;
  const isUsage = eq(costType, text("regular"));
  const list = listCost(row);
  const priced = cases("boolean", [[isUsage, lit("boolean", true)]], lit("boolean", false));
  const onUsage = <E extends Expr>(value: E): E => cases(value.type, [[priced, value]]) as E;
  const prices = Object.fromEntries(
    Object.entries(shared.price).map(([name, value]) => [name, onUsage(value as Expr)]),
  );
  return {
    name: "charge",
    when: not(commitments.isFee),
    columns: {
      ...shared.place,
      ...prices,
      ...commitmentColumns(row, text("Used")),
      ChargeCategory: cases(
        "text",
        [
          [isUsage, text("Usage")],
          [eq(costType, text("tax")), text("Tax")],
        ],
        text("Adjustment"),
      ),
      ChargeDescription: columns.text("sku.description"),
      ChargeFrequency: cases(
        "text",
        [[isOneOf(costType, "regular", "tax"), text("Usage-Based")]],
        text("One-Time"),
      ),
      ConsumedQuantity: onUsage(columns.decimal("usage.amount")),
      ConsumedUnit: onUsage(columns.text("usage.unit")),
      BilledCost: net,
      EffectiveCost: net,
      ListCost: list.value,
      ContractedCost: contractedCost(row),
      extra: shared.extra.with({ ...creditSums(row), x_ListCostSource: list.source }),
    },
  };
};

/** The fee of a commitment as it stays on the invoice: Effective 0, its cost is carried by other rows. */
const purchaseBranch = (row: ExportRow, shared: Shared): Branch => ({
  name: "commitment purchase",
  when: row.commitments.isFee,
  columns: {
    ...shared.place,
    ...shared.price,
    ...commitmentColumns(row, nullOf("text")),
    ...commitmentQuantity(row, row.cost),
    PricingCategory: text("Standard"),
    ChargeCategory: text("Purchase"),
    ChargeDescription: row.columns.text("sku.description"),
    ChargeFrequency: text("Recurring"),
    BilledCost: row.net,
    EffectiveCost: zero,
    ListCost: ifListed(row, row.net),
    ContractedCost: row.net,
    extra: shared.extra.with(creditSums(row)),
  },
});

/**
 * What the fee buys, Billed 0. New model: usage carries its own discounted cost and the fee less its offset is unused.
 * Legacy model: the credits made usage free, so the fee is the effective cost of what was covered; rows that Google
 * attributed name the SKU, of the others an export does not say whether they were used.
 */
const amortisedBranch = (row: ExportRow, shared: Shared): Branch => {
  const { commitments, net } = row;
  const attributed = isNotNull(commitments.originatingSku);
  const status = cases("text", [
    [commitments.isOffsetModel, text("Unused")],
    [attributed, text("Used")],
  ]);
  return {
    name: "commitment cost",
    when: and(commitments.isFee, ne(net, zero)),
    columns: {
      ...shared.place,
      ...commitmentColumns(row, status),
      ...commitmentQuantity(row, net),
      SkuId: row.columns.text("sku.id"),
      SkuMeter: row.columns.text("sku.description"),
      PricingCategory: text("Committed"),
      ChargeCategory: text("Usage"),
      ChargeDescription: row.columns.text("sku.description"),
      ChargeFrequency: text("Usage-Based"),
      BilledCost: zero,
      EffectiveCost: net,
      ListCost: ifListed(row, zero),
      ContractedCost: zero,
      extra: shared.extra.with({
        x_CommitmentUse: cases(
          "text",
          [
            [commitments.isOffsetModel, text("unused")],
            [attributed, text("used")],
          ],
          text("not told by this export"),
        ),
      }),
    },
  };
};

/** Promotions pay for usage: each is a charge of its own. */
const creditBranch = (row: ExportRow, shared: Shared, list: Expr<"list">): Branch => {
  const credit = column("credit", "struct");
  const amount = creditField(credit, "amount", "decimal");
  return {
    name: "credit",
    each: { list, as: "credit" },
    columns: {
      ...shared.place,
      ChargeClass: nullOf("text"),
      ChargeCategory: text("Credit"),
      ChargeDescription: creditField(credit, "name", "text"),
      ChargeFrequency: text("One-Time"),
      SkuId: row.columns.text("sku.id"),
      BilledCost: amount,
      EffectiveCost: amount,
      ListCost: ifListed(row, amount),
      ContractedCost: amount,
      extra: shared.extra.with({
        x_CreditId: creditField(credit, "id", "text"),
        x_CreditType: nullIf(creditField(credit, "type", "text"), text("")),
        x_CreditFlag: cases("text", [
          [eq(creditField(credit, "kind", "text"), text("unknown")), text("unknown credit type")],
        ]),
      }),
    },
  };
};

/** The kinds of charge that a row of the export becomes. */
export const chargeBranches = (row: ExportRow): readonly Branch[] => {
  const shared: Shared = { place: placeColumns(row), price: priceColumns(row), extra: readExtra(row) };
  const payments = row.credits.payments();
  const own = [chargeBranch(row, shared), purchaseBranch(row, shared), amortisedBranch(row, shared)];
  return payments === undefined ? own : [...own, creditBranch(row, shared, payments)];
};

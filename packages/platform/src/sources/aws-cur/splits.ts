import type { Branch, ChargeColumns } from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  eq,
  isNotNull,
  lit,
  minus,
  ne,
  no,
  nullOf,
  plus,
  text,
  zero,
} from "../../sql/expr.ts";
import type { Pairs } from "../../sql/mapping-expr.ts";
import type { CurColumns } from "./cur-columns.ts";
import type { LineItem } from "./line-item.ts";
import { COVERED_BY_RESERVATION, COVERED_BY_SAVINGS_PLAN, USAGE } from "./line-item-types.ts";
import type { Money } from "./money.ts";

/**
 * Split cost allocation data: for every hour (or day) of an EC2 instance, rows of the tasks or pods that ran on it say
 * how much of its amortised cost they took and how much of what nobody used falls to them.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/split-line-item-columns.html and
 *   https://github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec
 *   specification/attributes/data_generator_calculated_split_cost_allocation_handling.md, 1.3 (read 2026-11-21)
 */
export interface Splits {
  /** A row of an instance of which this delivery has split rows; its cost is in them and in the remainder. */
  readonly isReplaced: Expr<"boolean">;
  /** A replaced row that doesn't carry the remainder either. */
  readonly isGone: Expr<"boolean">;
  /** A split row whose instance is in this delivery. */
  readonly isPart: Expr<"boolean">;
  branches(common: ChargeColumns): readonly Branch[];
}

const METHOD = "AWS Split Cost Allocation Data";
const instanceUsage =
  "(^|-)(BoxUsage|SpotUsage|DedicatedUsage|HostBoxUsage|DedicatedRes|UnusedBox|UnusedDed)(:|$)";

const none: Splits = { isReplaced: no, isGone: no, isPart: no, branches: () => [] };

/** Instances are named by their id or by an ARN that ends in it. */
const bareId = (id: Expr<"text">): Expr<"text"> => call("text", "regexpReplace", id, text("^.*/"), text(""));

const total = (amount: Expr<"decimal">): Expr<"decimal"> => call("decimal", "sum", amount);
const rows = (): Expr<"bigint"> => call("bigint", "count");

/** The value that all rows of a key share, or null where they differ. */
const shared = (low: Expr<"text">, high: Expr<"text">): Expr<"text"> => cases("text", [[eq(low, high), low]]);

interface Part {
  readonly used: Expr<"decimal">;
  readonly unused: Expr<"decimal">;
  readonly listUsed: Expr<"decimal">;
  readonly listUnused: Expr<"decimal">;
}

const readPart = (cur: CurColumns, isNet: boolean): Part => {
  const amount = (net: "NetSplitCost" | "NetUnusedCost", plain: "SplitCost" | "UnusedCost") => {
    const own = cur.decimal(`splitLineItem/${plain}`);
    return coalesce(isNet ? coalesce(cur.decimal(`splitLineItem/${net}`), own) : own, zero);
  };
  return {
    used: amount("NetSplitCost", "SplitCost"),
    unused: amount("NetUnusedCost", "UnusedCost"),
    listUsed: cur.decimal("splitLineItem/PublicOnDemandSplitCost"),
    listUnused: cur.decimal("splitLineItem/PublicOnDemandUnusedCost"),
  };
};

/** Where the reader finds how large the share was; null where the report has no ratio. */
const methodDetails = (cur: CurColumns, row: LineItem): Expr<"text"> => {
  const written = (amount: Expr<"decimal">) => call("text", "toText", amount);
  return concat(
    text('{"Elements":[{"AllocatedRatio":'),
    written(cur.decimal("splitLineItem/SplitUsageRatio")),
    text(',"UsageUnit":"'),
    cases(
      "text",
      [[call("boolean", "contains", row.usageType, text("vCPU")), text("vCPU-Hours")]],
      text("GB-Hours"),
    ),
    text('","UsageQuantity":'),
    written(cur.decimal("splitLineItem/SplitUsage")),
    text("}]}"),
  );
};

const marked = ({ extra }: ChargeColumns, part: string): Pairs => ({ ...extra, x_SplitPart: text(part) });

/** Reads the split columns. The remainder of an instance's hour stays on one of its own rows. */
export const readSplits = (cur: CurColumns, row: LineItem, money: Money): Splits => {
  if (!cur.mayHold("splitLineItem/ParentResourceId")) return none;
  const parent = cur.text("splitLineItem/ParentResourceId");
  const place = (resource: Expr<"text">): Expr<"text"> =>
    concat(
      row.usageAccount,
      text("|"),
      bareId(resource),
      text("|"),
      call("text", "toText", row.start),
      text("|"),
      row.currency,
    );
  const isChild = and(isNotNull(parent), eq(money.cash.value, zero));
  const isInstance = and(
    eq(coalesce(row.productCode, text("")), text("AmazonEC2")),
    row.is(USAGE, COVERED_BY_RESERVATION, COVERED_BY_SAVINGS_PLAN),
    call("boolean", "regexpMatches", coalesce(row.usageType, text("")), text(instanceUsage)),
  );
  const part = readPart(cur, money.isNet);
  const allList = plus(
    coalesce(part.listUsed, zero),
    cases("decimal", [[isNotNull(part.listUsed), coalesce(part.listUnused, zero)]], zero),
  );
  const childKey = cases("text", [[isChild, place(parent)]]);
  const ownKey = cases("text", [[isInstance, place(row.resourceId)]]);
  const commitmentId = coalesce(row.savingsPlanArn, row.reservationArn, text(""));
  const category = cases(
    "text",
    [[row.is(COVERED_BY_RESERVATION, COVERED_BY_SAVINGS_PLAN), text("Committed")]],
    cases(
      "text",
      [[call("boolean", "contains", row.usageType, text("SpotUsage")), text("Dynamic")]],
      text("Standard"),
    ),
  );
  const minimum = (value: Expr<"text">) => call("text", "min", value);
  const maximum = (value: Expr<"text">) => call("text", "max", value);
  const list = cur.decimal("pricing/publicOnDemandCost");
  const instance = cur.input.totals({
    where: isInstance,
    key: ownKey,
    at: coalesce(ownKey, childKey),
    values: {
      rows: rows(),
      known: call("bigint", "count", money.effective.value),
      billed: total(money.billed.value),
      effective: total(money.effective.value),
      list: total(list),
      carrier: minimum(row.identity),
      commitmentLow: minimum(commitmentId),
      commitmentHigh: maximum(commitmentId),
      categoryLow: minimum(category),
      categoryHigh: maximum(category),
    },
  });
  const children = cur.input.totals({
    where: isChild,
    key: childKey,
    at: ownKey,
    values: { rows: rows(), taken: total(plus(part.used, part.unused)), list: total(allList) },
  });
  const canSplit = and(isNotNull(instance.rows), eq(instance.known, instance.rows));
  const holds = (name: string, when: Expr<"boolean">) =>
    cur.input.define(name, cases("boolean", [[when, lit("boolean", true)]], no));
  const isPart = holds("isPart", and(isChild, canSplit));
  const isReplaced = holds("isReplaced", and(isInstance, canSplit, isNotNull(children.rows)));
  const isCarrier = and(isReplaced, eq(row.identity, instance.carrier));
  // In an hour that a commitment covers in part, cash can't be told apart by workload: it stays with the remainder.
  const isAllCash = eq(instance.billed, instance.effective);
  const cashOf = (amount: Expr<"decimal">) => cases("decimal", [[isAllCash, amount]], zero);

  const branches = (common: ChargeColumns): readonly Branch[] => {
    const commitment = call(
      "text",
      "nullIf",
      shared(instance.commitmentLow, instance.commitmentHigh),
      text(""),
    );
    const isPlan = call("boolean", "contains", commitment, text(":savingsplan"));
    const allocated = (name: string, amount: Expr<"decimal">, listed: Expr<"decimal">): ChargeColumns => ({
      ...common,
      ServiceName: text("Amazon Elastic Compute Cloud"),
      ServiceCategory: text("Compute"),
      ServiceSubcategory: text("Virtual Machines"),
      ResourceId: bareId(parent),
      ResourceType: text("instance"),
      PricingCategory: shared(instance.categoryLow, instance.categoryHigh),
      CommitmentDiscountId: commitment,
      CommitmentDiscountCategory: cases("text", [
        [isPlan, text("Spend")],
        [isNotNull(commitment), text("Usage")],
      ]),
      CommitmentDiscountType: cases("text", [
        [isPlan, text("Savings Plan")],
        [isNotNull(commitment), text("Reserved Instance")],
      ]),
      CommitmentDiscountStatus: cases("text", [[isNotNull(commitment), text("Used")]]),
      CommitmentDiscountQuantity: nullOf("decimal"),
      CommitmentDiscountUnit: nullOf("text"),
      PricingQuantity: nullOf("decimal"),
      PricingUnit: nullOf("text"),
      ConsumedQuantity: nullOf("decimal"),
      ConsumedUnit: nullOf("text"),
      ListUnitPrice: nullOf("decimal"),
      ContractedUnitPrice: nullOf("decimal"),
      BilledCost: cashOf(amount),
      EffectiveCost: amount,
      ListCost: listed,
      ContractedCost: cases("decimal", [[isAllCash, amount]]),
      AllocatedMethodId: text(METHOD),
      AllocatedMethodDetails: methodDetails(cur, row),
      AllocatedResourceId: row.resourceId,
      AllocatedResourceName: bareId(row.resourceId),
      AllocatedTags: call("text", "toText", common.Tags ?? nullOf("map")),
      extra: marked(common, name),
    });
    const isKnownList = isNotNull(part.listUsed);
    return [
      { name: "allocated", when: isPart, columns: allocated("used", part.used, part.listUsed) },
      {
        name: "allocated, unused",
        when: and(isPart, ne(part.unused, zero)),
        columns: allocated(
          "unused",
          part.unused,
          cases("decimal", [[isKnownList, coalesce(part.listUnused, zero)]]),
        ),
      },
      {
        name: "remainder",
        when: isCarrier,
        columns: {
          ...common,
          BilledCost: minus(instance.billed, cashOf(children.taken)),
          EffectiveCost: minus(instance.effective, children.taken),
          ListCost: minus(instance.list, children.list),
          ContractedCost: cases("decimal", [[isAllCash, minus(instance.effective, children.taken)]]),
          AllocatedMethodId: text(METHOD),
          extra: marked(common, "remainder"),
        },
      },
    ];
  };
  return { isPart, isReplaced, isGone: and(isReplaced, ne(row.identity, instance.carrier)), branches };
};

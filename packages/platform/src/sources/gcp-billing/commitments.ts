import {
  and,
  call,
  cases,
  coalesce,
  type Expr,
  gt,
  isNotNull,
  isOneOf,
  lit,
  lower,
  mapGet,
  ne,
  not,
  or,
  text,
} from "../../sql/expr.ts";
import type { CreditKind, Credits } from "./credits.ts";
import { COMMITMENT_CONSUMPTION_MODELS, COMMITMENT_FEE_SKUS } from "./data/commitment-ids.ts";
import type { ExportColumns } from "./export-columns.ts";

/**
 * What a row has to do with committed-use discounts. Two models exist, also in one month:
 * - legacy: usage at the on-demand price with a COMMITTED_USAGE_DISCOUNT(_DOLLAR_BASE) credit, and fee rows without one;
 * - since January 2026 (new accounts: July 2025): usage priced by a consumption model, and fee rows of which a
 *   FEE_UTILIZATION_OFFSET credit takes back what was used.
 * @see https://docs.cloud.google.com/docs/cuds-multiprice-datamodel and
 *   https://docs.cloud.google.com/docs/cuds-example-queries (read 2026-11-21)
 */
export interface Commitments {
  /** The row is the fee of a commitment. */
  readonly isFee: Expr<"boolean">;
  /** The row is usage that a commitment made cheaper. */
  readonly isCovered: Expr<"boolean">;
  /** The price comes from a consumption model that is neither the default nor a commitment's. */
  readonly otherModel: Expr<"boolean">;
  /** A fee of the model whose used part is offset: what is left of it is unused. */
  readonly isOffsetModel: Expr<"boolean">;
  /** SKU whose usage Google attributed this fee to; null where fees are not attributed or the commitment went unused. */
  readonly originatingSku: Expr<"text">;
  readonly id: Expr<"text">;
  readonly name: Expr<"text">;
  /** `Spend` or `Usage` as FOCUS has it. */
  readonly category: Expr<"text">;
}

const known = (condition: Expr<"boolean">): Expr<"boolean"> => coalesce(condition, lit("boolean", false));

const hasCredit = (credits: Credits, ...kinds: readonly CreditKind[]): Expr<"boolean"> => {
  const list = credits.of(...kinds);
  if (list === undefined) return lit("boolean", false);
  return known(gt(call("bigint", "listLength", list), lit("bigint", 0)));
};

/**
 * A price by consumption model, other than on demand. Fee rows have the model `Default` as well as on-demand usage.
 */
const modelOf = (columns: ExportColumns, subscription: Expr<"text">) => {
  const id = columns.text("consumption_model.id");
  const description = columns.text("consumption_model.description");
  const special = known(ne(lower(coalesce(description, text("default"))), text("default")));
  const listed = known(isOneOf(id, ...COMMITMENT_CONSUMPTION_MODELS));
  const named = known(
    call("boolean", "regexpMatches", lower(description), text("\\bcuds?\\b|commit|savings plan")),
  );
  const committed = or(listed, and(special, or(named, isNotNull(subscription))));
  return { description, special, committed };
};

/** Reads the commitment columns of a row. */
export const readCommitments = (columns: ExportColumns, credits: Credits, tags: Expr<"map">): Commitments => {
  const { input } = columns;
  const sku = lower(columns.text("sku.description"));
  const subscription = columns.text("subscription.instance_id");
  const model = modelOf(columns, subscription);
  const regular = known(isOneOf(lower(coalesce(columns.text("cost_type"), text("regular"))), "regular"));
  const startsWith = (prefix: string) => known(call("boolean", "startsWith", sku, text(prefix)));
  const isOffset = hasCredit(credits, "fee offset");
  const feeSku = known(isOneOf(columns.text("sku.id"), ...COMMITMENT_FEE_SKUS));
  const soldCommitment = and(isNotNull(subscription), not(model.special));
  const isFee = input.define(
    "isFee",
    and(regular, not(model.committed), or(isOffset, startsWith("commitment"), feeSku, soldCommitment)),
  );
  const isCovered = input.define(
    "isCovered",
    and(
      regular,
      not(isFee),
      or(model.committed, hasCredit(credits, "resource commitment", "spend commitment")),
    ),
  );
  const resourceBased = or(startsWith("commitment v1:"), hasCredit(credits, "resource commitment"));
  const legacy = or(startsWith("commitment v1:"), startsWith("commitment - dollar based v1:"));
  const creditKinds = ["resource commitment", "spend commitment"] as const;
  const involved = or(isFee, isCovered);
  const when = (value: Expr<"text">): Expr<"text"> => cases("text", [[involved, value]]);
  return {
    isFee,
    isCovered,
    otherModel: and(model.special, not(model.committed)),
    // A new fee without an offset is wholly unused; its row is told from a legacy fee's by its description only.
    isOffsetModel: or(isOffset, and(isNotNull(model.description), not(legacy))),
    originatingSku: mapGet(tags, text("goog-originating-sku-id")),
    id: when(coalesce(subscription, credits.first("id", ...creditKinds))),
    name: when(
      cases(
        "text",
        [
          [isFee, columns.text("sku.description")],
          [model.committed, model.description],
        ],
        credits.first("name", ...creditKinds),
      ),
    ),
    category: when(cases("text", [[resourceBased, text("Usage")]], text("Spend"))),
  };
};

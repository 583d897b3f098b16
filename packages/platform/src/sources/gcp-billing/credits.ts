import {
  and,
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  eq,
  gt,
  isIn,
  isNotNull,
  isNull,
  lambda,
  lit,
  lower,
  nullOf,
  type SqlType,
  text,
  zero,
} from "../../sql/expr.ts";
import { field, listOf, record } from "../../sql/mapping-expr.ts";
import { type ExportColumns, type Records, textRecords } from "./export-columns.ts";

/**
 * What a credit is. All but the last two lower the cost of the row they stand on; `promotion` and `unknown` pay for it
 * and become charges of their own.
 *
 * Google: "When available, promotional credits are considered a form of payment and are automatically applied to reduce
 * your total bill" (PROMOTION). Every other type is a price: commitments (COMMITTED_USAGE_DISCOUNT,
 * COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE), the offset of a commitment's fee (FEE_UTILIZATION_OFFSET), sustained use,
 * spending-based discounts (DISCOUNT), free-tier usage, reseller discounts "earned on every eligible line item", and
 * subscription benefits "in exchange for discounts". The console's reports sum the same types as discounts, and
 * CREDIT_TYPE_UNSPECIFIED with PROMOTION as "Promotions and others".
 * @see https://docs.cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/detailed-usage `credits.type`
 *   (read 2026-11-21)
 */
export const CREDIT_KINDS = [
  "resource commitment",
  "spend commitment",
  "fee offset",
  "sustained use",
  "discount",
  "promotion",
  "unknown",
] as const;
export type CreditKind = (typeof CREDIT_KINDS)[number];

const PAYMENTS: readonly CreditKind[] = ["promotion", "unknown"];

const matches = (value: Expr<"text">, pattern: string): Expr<"boolean"> =>
  call("boolean", "regexpMatches", value, text(pattern));

/** Before 10 September 2020 credits had a name and an amount only; and exports of other tools say USE for USAGE. */
const kindOf = (type: Expr<"text">, words: Expr<"text">): Expr<"text"> => {
  const kind = (value: CreditKind): Expr<"text"> => text(value);
  const untyped = cases(
    "text",
    [
      [matches(words, "committed us(e|age).*dollar"), kind("spend commitment")],
      [matches(words, "committed us(e|age)"), kind("resource commitment")],
      [matches(words, "sustained us(e|age)"), kind("sustained use")],
      [matches(words, "free tier|spending based discount"), kind("discount")],
    ],
    kind("promotion"),
  );
  return cases(
    "text",
    [
      [eq(type, text("PROMOTION")), kind("promotion")],
      [matches(type, "^COMMITTED_US(E|AGE)_DISCOUNT_DOLLAR_BASE$"), kind("spend commitment")],
      [matches(type, "^COMMITTED_US(E|AGE)_DISCOUNT$"), kind("resource commitment")],
      [eq(type, text("FEE_UTILIZATION_OFFSET")), kind("fee offset")],
      [matches(type, "^SUSTAINED_US(E|AGE)_DISCOUNT$"), kind("sustained use")],
      [
        matches(type, "^(DISCOUNT|SPENDING_BASED_DISCOUNT|FREE_TIER|RESELLER_MARGIN|SUBSCRIPTION_BENEFIT)$"),
        kind("discount"),
      ],
      [isIn(type, [text(""), text("CREDIT_TYPE_UNSPECIFIED")]), untyped],
    ],
    kind("unknown"),
  );
};

const RAW_FIELDS = ["name", "amount", "full_name", "id", "type"] as const;

const none = text("");

/** A credit as this source sees it; see {@link creditField}. */
const enrich = (raw: Records) =>
  lambda("e", "struct", (element) => {
    const of = (name: (typeof RAW_FIELDS)[number]) => raw.text(element, name);
    const words = [of("name"), of("full_name"), of("id")].flatMap((word) => [
      coalesce(word, none),
      text(" "),
    ]);
    return record({
      name: coalesce(of("full_name"), of("name"), of("id")),
      id: coalesce(of("id"), of("name"), of("full_name")),
      type: coalesce(of("type"), none),
      kind: kindOf(call("text", "upper", coalesce(of("type"), none)), lower(concat(...words))),
      amount: raw.decimal(element, "amount"),
      lost: raw.residue(element, "amount"),
    });
  });

/** Field of an element of {@link Credits.of}. */
export const creditField = <T extends SqlType>(
  credit: Expr,
  name: "name" | "id" | "type" | "kind" | "amount" | "lost",
  type: T,
): Expr<T> => field(credit, name, type);

/** Tools that flatten a row with at most one credit write its fields as columns. */
const flatCredit = (columns: ExportColumns): Records | undefined => {
  if (!columns.has("credits.amount")) return undefined;
  const fields = RAW_FIELDS.map((name) => [name, columns.text(`credits.${name}`)]);
  const one = listOf(record(Object.fromEntries(fields)));
  return textRecords(cases("list", [[isNotNull(columns.text("credits.amount")), one]]));
};

/** The credits of one row, each amount rounded to 12 places by itself. */
export class Credits {
  readonly #list: Expr<"list"> | undefined;

  constructor(columns: ExportColumns) {
    const raw = columns.records("credits", RAW_FIELDS) ?? flatCredit(columns);
    if (raw === undefined) return;
    const { input } = columns;
    this.#list = input.define("credits", call("list", "listTransform", raw.list, enrich(raw)));
    const written = columns.text("credits");
    const unread = lambda("e", "struct", (credit) => isNull(creditField(credit, "amount", "decimal")));
    const count = call("bigint", "listLength", call("list", "listFilter", this.#list, unread));
    const none = lit("bigint", 0);
    input.reject({
      column: "credits",
      reason: "not a list of credits",
      bad: and(isNotNull(written), isNull(this.#list)),
      raw: written,
    });
    input.reject({
      column: "credits.amount",
      reason: "not a decimal number",
      bad: gt(coalesce(count, none), none),
      raw: written,
    });
  }

  /** Σ of the amounts of these kinds; all kinds if none is given. Zero without credits. */
  sum(...kinds: readonly CreditKind[]): Expr<"decimal"> {
    const list = this.of(...kinds);
    if (list === undefined) return zero;
    const amounts = lambda("e", "struct", (credit) => creditField(credit, "amount", "decimal"));
    return coalesce(call("decimal", "listSum", call("list", "listTransform", list, amounts)), zero);
  }

  /** What rounding took from all amounts together. */
  residue(): Expr<"exact"> {
    if (this.#list === undefined) return nullOf("exact");
    const lost = lambda("e", "struct", (credit) => creditField(credit, "lost", "exact"));
    return call("exact", "listSum", call("list", "listTransform", this.#list, lost));
  }

  /** The credits that lower the cost of their row. */
  inRow(): Expr<"decimal"> {
    return this.sum(...CREDIT_KINDS.filter((kind) => !PAYMENTS.includes(kind)));
  }

  /** The credits that become charges of their own. */
  payments(): Expr<"list"> | undefined {
    return this.of(...PAYMENTS);
  }

  /** The credits of these kinds; undefined where the export has no credits at all. */
  of(...kinds: readonly CreditKind[]): Expr<"list"> | undefined {
    if (this.#list === undefined || kinds.length === 0) return this.#list;
    const wanted = lambda("e", "struct", (credit) =>
      isIn(creditField(credit, "kind", "text"), kinds.map(text)),
    );
    return call("list", "listFilter", this.#list, wanted);
  }

  /** A field of the first credit of these kinds. */
  first(name: "name" | "id" | "type", ...kinds: readonly CreditKind[]): Expr<"text"> {
    const list = this.of(...kinds);
    if (list === undefined) return nullOf("text");
    return creditField(call("struct", "listFirst", list), name, "text");
  }
}

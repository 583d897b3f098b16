import { type Decimal, decimal, type Instant, multiply, type Period } from "@trimtab/domain";
import {
  and,
  column,
  eq,
  gt,
  isNotNull,
  isNull,
  isOneOf,
  or,
  param,
  type QueryExpr,
  text,
  zero,
} from "../../sql/expr.ts";
import {
  type ChargeQuestion,
  type ChargeSelect,
  extraColumn,
  inScope,
  isUsage,
  segmentIn,
  segmentOf,
  selectCharges,
  textColumn,
  within,
} from "../charges/select-charges.ts";
import { COVERABLE } from "./coverable.ts";
import type { BoughtCommitment } from "./eligibility.ts";
import type { BilledUsage } from "./usage-kind.ts";

export interface UsageQuestion extends ChargeQuestion {
  readonly window: Period;
}

const col = textColumn;

/** A commitment's own cost, used or not, names no usage: what it covers does. */
const isCovered = (): QueryExpr<"boolean"> =>
  and(isNotNull(col("CommitmentDiscountId")), eq(col("CommitmentDiscountStatus"), text("Used")));

const ASKED = "asked_id";

/** A join, because engines compare every row with every entry of a long list elsewhere than in a condition. */
const joinAsked = ({ engine }: UsageQuestion, asked: readonly string[]): Pick<ChargeSelect, "join"> =>
  asked.length === 0
    ? {}
    : {
        join: (renderer) => {
          const values = asked.map((id) => `(${renderer.sql(param("text", id))})`).join(", ");
          const resource = engine.dialect.quoteIdent("ResourceId");
          return ` LEFT JOIN (VALUES ${values}) AS asked (${ASKED}) ON c.${resource} = asked.${ASKED}`;
        },
      };

const textOf = (value: unknown): string | null =>
  value === null || value === undefined || value === "" ? null : String(value);
const amountOf = (value: unknown): Decimal | null => {
  const written = textOf(value);
  return written === null ? null : decimal(written);
};

/** Resources of the bill that a commitment pays something for in the window, by id. */
export const coveredResources = async (question: UsageQuestion): Promise<ReadonlySet<string>> => {
  const segment = segmentIn(question, question.window);
  if (segment.loads.length === 0) return new Set();
  const where = and(
    within(question.window),
    isUsage(),
    isCovered(),
    isNotNull(col("ResourceId")),
    ...inScope(question, segment),
  );
  const rows = await selectCharges(question, { segment, keys: [col("ResourceId")], sums: [], where });
  return new Set(rows.map(([id]) => String(id)));
};

/**
 * Covered usage, and usage on demand that commitments could cover, by hour (as the bill tells it); by resource only for
 * those asked for.
 */
export const readUsage = async (
  question: UsageQuestion,
  resources: readonly string[],
): Promise<readonly BilledUsage[]> => {
  const segment = segmentIn(question, question.window);
  if (segment.loads.length === 0) return [];
  const leaf = (key: string) => extraColumn(segment, key);
  const keys: readonly QueryExpr[] = [
    column("ChargePeriodStart", "timestamp"),
    column("ChargePeriodEnd", "timestamp"),
    resources.length === 0 ? text("") : col(ASKED),
    col("ServiceName"),
    col("SkuMeter"),
    col("ChargeDescription"),
    leaf("x_Operation"),
    col("SkuPriceDetails"),
    col("RegionId"),
    col("SubAccountId"),
    col("BillingAccountId"),
    col("BillingCurrency"),
    col("CommitmentDiscountId"),
    col("CommitmentDiscountCategory"),
    col("CommitmentDiscountType"),
    leaf("x_CommittedUseCredit"),
  ];
  const { quoteIdent, aggregate } = question.engine.dialect;
  const sum = (name: string) => aggregate("sum", quoteIdent(name));
  const onDemand = and(
    isNull(col("CommitmentDiscountId")),
    or(isNull(col("PricingCategory")), isOneOf(col("PricingCategory"), "Standard")),
    gt(column("PricingQuantity", "decimal"), zero),
    gt(column("EffectiveCost", "decimal"), zero),
    isOneOf(col("ServiceName"), ...COVERABLE),
  );
  const where = and(
    within(question.window),
    isUsage(),
    isNull(col("ChargeClass")),
    or(isCovered(), onDemand),
    ...inScope(question, segment),
  );
  const sums = [
    "EffectiveCost",
    "ContractedCost",
    "ListCost",
    "PricingQuantity",
    "CommitmentDiscountQuantity",
  ].map(sum);
  const rows = await selectCharges(question, {
    ...{ segment, keys, sums: [...sums, aggregate("count", "*")], where },
    ...joinAsked(question, resources),
  });
  return rows.map(toUsage);
};

const toUsage = (row: readonly unknown[]): BilledUsage => {
  const [start, end, resource, service, meter, description, operation, details, region, account] =
    row.map(textOf);
  const credit = amountOf(row[15]);
  const times = decimal(String(row[21] ?? "1"));
  return {
    hour: `${start}/${end}`,
    resource: resource ?? null,
    service: service ?? null,
    meter: meter ?? null,
    description: description ?? null,
    operation: operation ?? null,
    details: details ?? null,
    region: region ?? null,
    account: account ?? null,
    billingAccount: textOf(row[10]),
    currency: textOf(row[11]) ?? "",
    commitment: textOf(row[12]),
    category: textOf(row[13]),
    type: textOf(row[14]),
    effective: amountOf(row[16]),
    contracted: amountOf(row[17]),
    list: amountOf(row[18]),
    quantity: amountOf(row[19]),
    commitmentQuantity: amountOf(row[20]),
    // Rows are grouped by their credit, so it stands once for each of them.
    committedUseCredit: credit === null ? null : multiply(credit, times),
  };
};

/** What was bought: the words that tell a commitment's kind, and when its term ends where the bill says so. */
export const readBought = async (question: UsageQuestion): Promise<readonly BoughtCommitment[]> => {
  const { snapshot } = question;
  const segment = segmentOf(snapshot.manifest.loads.filter(({ counted }) => counted === true));
  if (segment.loads.length === 0) return [];
  const leaf = (key: string) => extraColumn(segment, key);
  const keys: readonly QueryExpr[] = [
    col("CommitmentDiscountId"),
    col("SkuMeter"),
    col("ChargeDescription"),
    col("CommitmentDiscountName"),
    col("ChargeFrequency"),
    leaf("x_SavingsPlanEnd"),
    leaf("x_ReservationEnd"),
  ];
  const { quoteIdent, aggregate } = question.engine.dialect;
  const where = and(
    isNotNull(col("CommitmentDiscountId")),
    eq(col("ChargeCategory"), text("Purchase")),
    ...inScope(question, segment),
  );
  const sums = [aggregate("max", quoteIdent("ChargePeriodEnd"))];
  const rows = await selectCharges(question, { segment, keys, sums, where });
  return [...Map.groupBy(rows, ([id]) => String(id))].map(([id, own]) => {
    const ends = own.flatMap((row) => termEnd(row) ?? []);
    const last = ends.toSorted().at(-1);
    return {
      id,
      words: [
        ...new Set(own.flatMap((row) => [row[1], row[2], row[3]].flatMap((word) => textOf(word) ?? []))),
      ].join(" "),
      ...(last === undefined ? {} : { end: last }),
    };
  });
};

/** A purchase that is made once is charged for its whole term; AWS names the end of it; else the bill does not tell. */
const termEnd = (row: readonly unknown[]): Instant | undefined => {
  const [plan, reservation] = [textOf(row[5]), textOf(row[6])];
  const told = plan ?? reservation ?? (textOf(row[4]) === "One-Time" ? textOf(row[7]) : null);
  const [, date, time = "00:00:00"] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}))?/.exec(told ?? "") ?? [];
  return date === undefined ? undefined : (`${date}T${time}Z` as Instant);
};

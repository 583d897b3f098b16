import { add, type Decimal, decimal, divide, type Instant, isZero, multiply, ZERO } from "@trimtab/domain";
import type { ContractScope } from "./contract-scope.ts";
import type { ContractTerm } from "./contract-terms.ts";
import { AZURE_COMPUTE } from "./coverable.ts";
import { type BilledUsage, coveredValue, itemOf, kindOf, machinePartOf, sizeOf } from "./usage-kind.ts";

/** What the bill tells of a commitment from what was bought. */
export interface BoughtCommitment {
  readonly id: string;
  /** Usage type, description and name of its purchase, fee or discount. */
  readonly words: string;
  readonly end?: Instant;
  /** What its contract says that it may cover, where one was loaded. */
  readonly scope?: ContractScope;
}

/** What contracts say goes before what purchases tell; commitments bought elsewhere may be on contracts only. */
export const withTerms = (
  bought: readonly BoughtCommitment[],
  terms: readonly ContractTerm[],
): readonly BoughtCommitment[] => {
  const byId = new Map(terms.map((term) => [term.id, term]));
  const known = new Set(bought.map(({ id }) => id));
  return [
    ...bought.map((each) => {
      const term = byId.get(each.id);
      return term === undefined ? each : { ...each, ...term, words: `${each.words} ${term.words}` };
    }),
    ...terms.filter(({ id }) => !known.has(id)),
  ];
};

/** A commitment by all that is seen of it. */
export interface SeenCommitment {
  readonly id: string;
  readonly isSpend: boolean;
  readonly provider: "aws" | "gcp" | "azure" | "other";
  readonly words: string;
  readonly end: Instant | undefined;
  readonly scope: ContractScope | undefined;
  readonly accounts: ReadonlySet<string | null>;
  readonly regions: ReadonlySet<string | null>;
  /** Families (of machines, instances) and items that it was seen to cover. */
  readonly families: ReadonlySet<string>;
  readonly sizes: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
  readonly operations: ReadonlySet<string | null>;
  /** Units and on-demand value that it covered of each kind of usage: the discount of each. */
  readonly kinds: ReadonlyMap<
    string,
    { readonly units: Decimal; readonly value: Decimal; readonly quantity: Decimal }
  >;
}

const providerOf = ({ service, type }: BilledUsage): SeenCommitment["provider"] => {
  if (/CUD/.test(type ?? "")) return "gcp";
  if (/^(Amazon|AWS|Elastic)/.test(service ?? "")) return "aws";
  return AZURE_COMPUTE.includes(service ?? "") || /^(Azure|Microsoft)/.test(service ?? "")
    ? "azure"
    : "other";
};

/**
 * Units of a commitment that covered usage takes. Instances of AWS in normalised hours, so that sizes of a family compare;
 * money of spend commitments as the bill amortises it. Google's older spend commitments show only what they take off the
 * price on demand: there a unit is a unit of that.
 */
export const coveredUnits = (usage: BilledUsage): Decimal => {
  const { effective, commitmentQuantity: told, quantity, committedUseCredit: credit } = usage;
  const size = sizeOf(usage);
  if (usage.category === "Spend") {
    return credit === null ? (effective ?? told ?? ZERO) : (coveredValue(usage) ?? ZERO);
  }
  if (providerOf(usage) === "aws" && size !== undefined && quantity !== null)
    return multiply(quantity, size.factor);
  return told ?? quantity ?? ZERO;
};

/** Gathers what each commitment was seen to cover. */
export const seeCommitments = (
  covered: readonly BilledUsage[],
  bought: readonly BoughtCommitment[],
): ReadonlyMap<string, SeenCommitment> => {
  const facts = new Map(bought.map((each) => [each.id, each]));
  const groups = Map.groupBy(covered, ({ commitment }) => commitment ?? "");
  return new Map(
    [...groups].map(([id, rows]) => {
      const kinds = new Map<string, { units: Decimal; value: Decimal; quantity: Decimal }>();
      for (const row of rows) {
        const before = kinds.get(kindOf(row)) ?? { units: ZERO, value: ZERO, quantity: ZERO };
        kinds.set(kindOf(row), {
          units: add(before.units, coveredUnits(row)),
          value: add(before.value, coveredValue(row) ?? ZERO),
          quantity: add(before.quantity, row.quantity ?? ZERO),
        });
      }
      const [first] = rows;
      const type = rows
        .map((row) => row.type ?? "")
        .join(" ")
        .slice(0, 200);
      return [
        id,
        {
          id,
          isSpend: first?.category === "Spend",
          provider: first === undefined ? "other" : providerOf(first),
          words: `${facts.get(id)?.words ?? ""} ${type}`,
          end: facts.get(id)?.end,
          scope: facts.get(id)?.scope,
          accounts: new Set(rows.map(({ account }) => account)),
          regions: new Set(rows.map(({ region }) => region)),
          families: new Set(rows.flatMap((row) => sizeOf(row)?.family ?? machinePartOf(row) ?? [])),
          sizes: new Set(rows.flatMap((row) => String(sizeOf(row)?.factor ?? ""))),
          items: new Set(rows.map(itemOf)),
          operations: new Set(rows.map(({ operation }) => operation)),
          kinds,
        },
      ] as const;
    }),
  );
};

/** Units of a commitment that so much of a kind of usage would take. */
export interface CoverRate {
  readonly of: "value" | "quantity";
  readonly units: Decimal;
  readonly per: Decimal;
}

const ONE = decimal("1");

/**
 * How many units a commitment would use up to cover this kind of usage; undefined where it does not apply to it, or the bill does not
 * show that it would.
 *
 * What it was seen to cover it covers again, at the discount seen. Else by the clouds' rules: a Compute Savings Plan covers
 * instances, Fargate and Lambda everywhere, an EC2 one its family in its region; a reservation other sizes of its family
 * where it was seen to; Google's resource commitments the same part of the same family in the region; its spend commitments
 * their service in the region, flexible ones machines everywhere; Azure's savings plans compute everywhere, its reservations
 * only what they were seen to cover, for how sizes of its groups compare is on no bill. A discount that was never seen
 * counts as none. It reaches what its contract says, else the accounts that it was seen to pay for.
 * @see https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html,
 *   https://learn.microsoft.com/azure/cost-management-billing/savings-plan/discount-application (read 2026-11-22),
 *   https://cloud.google.com/docs/cuds (read 2026-06)
 */
export const rateOfCover = (commitment: SeenCommitment, usage: BilledUsage): CoverRate | undefined => {
  if (!reaches(commitment, usage)) return undefined;
  const seen = commitment.kinds.get(kindOf(usage));
  if (seen !== undefined) {
    const per = commitment.isSpend ? seen.value : seen.quantity;
    if (isZero(per) || isZero(seen.units)) return undefined;
    return { of: commitment.isSpend ? "value" : "quantity", units: seen.units, per };
  }
  if (commitment.isSpend) {
    return isEligibleSpend(commitment, usage) ? { of: "value", units: ONE, per: ONE } : undefined;
  }
  const units = reservedUnits(commitment, usage);
  return units === undefined ? undefined : { of: "quantity", units, per: ONE };
};

/** What the contract says, where it says; else the accounts that it was seen to pay for. */
const reaches = ({ scope, accounts }: SeenCommitment, usage: BilledUsage): boolean =>
  scope?.({
    ServiceName: usage.service,
    RegionId: usage.region,
    SubAccountId: usage.account,
    BillingAccountId: usage.billingAccount,
    SkuMeter: usage.meter,
    ChargeDescription: usage.description,
    BillingCurrency: usage.currency,
  }) ?? accounts.has(usage.account);

/** Units that all of the usage would take, by its {@link rateOfCover}. */
export const unitsToCover = (
  { of, units, per }: CoverRate,
  value: Decimal,
  quantity: Decimal | null,
): Decimal => {
  const amount = of === "value" ? value : (quantity ?? ZERO);
  return per === ONE && units === ONE ? amount : divide(multiply(amount, units), per, 18);
};

const isEligibleSpend = (
  { provider, words, families, regions, items }: SeenCommitment,
  usage: BilledUsage,
): boolean => {
  const item = itemOf(usage);
  if (provider === "aws") {
    const isInstance = item === "aws.ec2.instance";
    if (/compute ?(sp|savings)/i.test(words)) {
      return isInstance || /Fargate-|Lambda-GB-Second|Lambda-Provisioned/.test(usage.meter ?? "");
    }
    const family = sizeOf(usage)?.family;
    return isInstance && family !== undefined && families.has(family) && regions.has(usage.region);
  }
  if (provider === "azure") return isAzurePlanned(usage);
  if (provider !== "gcp") return false;
  if (/flex|compute/i.test(words) && !/cloud (sql|run)/i.test(words))
    return machinePartOf(usage) !== undefined;
  const service = [...items].some((each) => each.startsWith("gcp.sql."))
    ? /^gcp\.sql\.(cpu|memory)$/
    : /^gcp\.run\.(cpu|memory|requests)$/;
  return service.test(item) && regions.has(usage.region) && [...items].some((each) => service.test(each));
};

/** Windows and other software on a machine are no compute: a plan does not pay for licences. */
const isAzurePlanned = ({ service, meter, description, details }: BilledUsage): boolean =>
  AZURE_COMPUTE.includes(service ?? "") &&
  !/windows|sql server|red hat|rhel|suse|licen[cs]e|spot|low priority/i.test(
    `${meter} ${description} ${details}`,
  );

const reservedUnits = (
  { provider, families, regions, sizes, operations }: SeenCommitment,
  usage: BilledUsage,
): Decimal | undefined => {
  if (!regions.has(usage.region)) return undefined;
  if (provider === "gcp") {
    const part = machinePartOf(usage);
    return part !== undefined && families.has(part) ? ONE : undefined;
  }
  const size = sizeOf(usage);
  const isFlexible = provider === "aws" && sizes.size > 1;
  return isFlexible && size !== undefined && families.has(size.family) && operations.has(usage.operation)
    ? size.factor
    : undefined;
};

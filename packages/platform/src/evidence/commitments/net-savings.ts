import { isDeepStrictEqual } from "node:util";
import {
  type CommitmentEffect,
  type CurrencyCode,
  type Decimal,
  daysIn,
  decimal,
  divide,
  type Estimate,
  HOURS_PER_MONTH,
  isZero,
  multiply,
  sign,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { rateOn } from "../../query/rates.ts";
import type { QueryContext } from "../../query/types.ts";
import { type BilledName, MONTHLY_SCALE, monthly, type ResourceCosts } from "../costs/resource-costs.ts";
import type { ContractTerm } from "./contract-terms.ts";
import { freeableIn, ownerOf, ownerOfRow, ownersOf } from "./draft-owners.ts";
import { endOf, reasonOf } from "./effect-reason.ts";
import { coveredUnits, type SeenCommitment, seeCommitments, withTerms } from "./eligibility.ts";
import { fitsOf, remembered } from "./fits.ts";
import {
  type CoveredUsage,
  type Freed,
  type FreedOutcome,
  freeUsage,
  inOrder,
  LEVELS,
  type OnDemandUsage,
} from "./free-usage.ts";
import { coveredResources, readBought, readUsage, type UsageQuestion } from "./read-usage.ts";
import {
  type GrossSaving,
  gross,
  itemsOf,
  type Level,
  lineAmount,
  positiveGross,
  within,
} from "./saving-amounts.ts";
import { type BilledUsage, coveredValue, itemOf } from "./usage-kind.ts";

/**
 * What commitments take from savings: for each, in the order given, what of it they already pay for, and what others then
 * pay less because the commitments are freed for them. All are computed together, so that nothing freed is given twice;
 * undefined where no commitment pays for what is saved. `terms`: what contracts say of commitments, by their ids.
 */
export const netSavings = async (
  engine: QueryEngine,
  context: QueryContext,
  costs: ResourceCosts,
  savings: readonly GrossSaving[],
  terms: readonly ContractTerm[] = [],
): Promise<readonly (CommitmentEffect | undefined)[]> => {
  const none = savings.map(() => undefined);
  const { window } = costs;
  if (window === undefined || savings.length === 0) return none;
  const question = { engine, context, window, snapshot: await engine.snapshot(context.lakeVersion) };
  const covered = await coveredResources(question);
  const names = savings.map(({ resource }) => costs.billedAs(resource));
  if (!names.some((own) => own.some(({ id }) => covered.has(id)))) return none;
  const usage = await readUsage(question, [...new Set(names.flat().map(({ id }) => id))].toSorted());
  const commitments = seeCommitments(
    usage.filter(({ commitment }) => commitment !== null),
    withTerms(await readBought(question), terms),
  );
  return effectsOf({ question, savings, names, usage, commitments });
};

export interface Netting {
  readonly question: UsageQuestion;
  readonly savings: readonly GrossSaving[];
  readonly names: readonly (readonly BilledName[])[];
  readonly usage: readonly BilledUsage[];
  readonly commitments: ReadonlyMap<string, SeenCommitment>;
}

const effectsOf = (netting: Netting): readonly (CommitmentEffect | undefined)[] => {
  const owners = ownersOf(netting);
  const currencies = currenciesOf(netting, owners);
  const covered: CoveredUsage[] = [];
  const onDemand: OnDemandUsage[] = [];
  const fits = fitsOf(netting.commitments, freeableIn(netting, owners));
  const items = remembered(itemOf);
  for (const usage of netting.usage) {
    const place = {
      hour: `${usage.currency} ${usage.hour}`,
      resource: ownerOfRow(usage, owners),
      item: items(usage),
    };
    if (usage.commitment === null)
      onDemand.push({ ...place, value: usage.effective ?? ZERO, fits: fits(usage) });
    else covered.push(...coveredOf(usage, place, netting.commitments, onDemand));
  }
  const freed = LEVELS.map((level) =>
    netting.savings.map((saving, index) => freedBy(netting, saving, owners, currencies[index], index, level)),
  );
  const [low = [], mid = [], high = []] = freed;
  const middle = freeUsage(covered, onDemand, mid);
  const outcomes = [low, mid, high].map((drafts) =>
    isDeepStrictEqual(drafts, mid) ? middle : freeUsage(covered, onDemand, drafts),
  );
  const pays = payersOf(covered);
  return netting.savings.map((saving, index) => {
    const owner = ownerOf(netting, owners, index);
    const items = itemsOf(saving);
    const paid = owner === undefined ? [] : [...(pays.get(owner) ?? [])].filter(([item]) => items.has(item));
    if (paid.length === 0) return undefined;
    const ids = [...new Set(paid.flatMap(([, commitments]) => [...commitments]))].toSorted();
    const currency = currencies[index];
    if (currency?.rate === undefined) return withoutRate(saving, ids, netting, currency?.billed);
    return effectOf(netting, saving, index, outcomes, ids, currency.rate);
  });
};

/** A row of Google's older model is partly covered: its credit; the rest of it is paid on demand. */
const coveredOf = (
  usage: BilledUsage,
  place: Pick<CoveredUsage, "hour" | "resource" | "item">,
  commitments: Netting["commitments"],
  onDemand: OnDemandUsage[],
): readonly CoveredUsage[] => {
  const value = coveredValue(usage);
  const commitment = commitments.get(usage.commitment ?? "");
  if (value === undefined || commitment === undefined) return [];
  const { effective, committedUseCredit } = usage;
  if (committedUseCredit !== null && effective !== null && sign(effective) > 0) {
    onDemand.push({ ...place, value: effective, fits: new Map([[commitment.id, effective]]) });
  }
  return [
    { ...place, commitment: commitment.id, units: coveredUnits(usage), value, isSpend: commitment.isSpend },
  ];
};

const payersOf = (
  covered: readonly CoveredUsage[],
): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> => {
  const pays = new Map<string, Map<string, Set<string>>>();
  for (const { resource, item, commitment } of covered) {
    if (resource === null) continue;
    const items = pays.get(resource) ?? new Map<string, Set<string>>();
    pays.set(resource, items);
    items.set(item, (items.get(item) ?? new Set<string>()).add(commitment));
  }
  return pays;
};

interface Currency {
  readonly billed: string;
  /** Of the saving's currency, what one unit of the bill's is worth; absent: no rate was given. */
  readonly rate: Decimal | undefined;
}

const currenciesOf = (
  netting: Netting,
  owners: ReadonlyMap<string, string>,
): readonly (Currency | undefined)[] => {
  const billed = new Map<string, string>();
  for (const usage of netting.usage) {
    const owner = ownerOfRow(usage, owners);
    if (owner !== null) billed.set(owner, usage.currency);
  }
  const { rates } = netting.question.context;
  return netting.savings.map(({ lines }, index) => {
    const from = billed.get(ownerOf(netting, owners, index) ?? "");
    const to = lines[0]?.price.currency;
    if (from === undefined || to === undefined) return undefined;
    if (from === to) return { billed: from, rate: decimal("1") };
    const rate = rates === undefined ? undefined : rateOn(rates, from, to, netting.question.window.end);
    return { billed: from, rate: rate?.rate };
  });
};

/** What a saving frees of each item over the window, in the bill's currency. */
const freedBy = (
  netting: Netting,
  { lines }: GrossSaving,
  owners: ReadonlyMap<string, string>,
  currency: Currency | undefined,
  index: number,
  level: Level,
): readonly Freed[] => {
  const resource = ownerOf(netting, owners, index);
  const rate = currency?.rate;
  if (resource === undefined || rate === undefined) return [];
  const hours = decimal(String(24 * daysIn(netting.question.window)));
  const perItem = Map.groupBy(lines, ({ price }) => price.question.item);
  return [...perItem].map(([item, own]) => {
    const month = sumDecimals(own.map((line) => lineAmount(line, level)));
    const amount = divide(multiply(month, hours), multiply(decimal(HOURS_PER_MONTH), rate), 18, "down");
    return { resource, item, amount };
  });
};

const effectOf = (
  netting: Netting,
  saving: GrossSaving,
  index: number,
  outcomes: readonly (readonly FreedOutcome[])[],
  ids: readonly string[],
  rate: Decimal,
): CommitmentEffect => {
  const all = gross(saving);
  const days = daysIn(netting.question.window);
  const amounts = LEVELS.map((level, at) => {
    const outcome = outcomes[at]?.[index];
    const whole = positiveGross(saving, level);
    const covered =
      outcome === undefined || isZero(outcome.freed)
        ? ZERO
        : within(divide(multiply(whole, outcome.covered), outcome.freed, MONTHLY_SCALE), all[level]);
    const reused =
      outcome === undefined ? ZERO : within(multiply(monthly(outcome.reused, days), rate), covered);
    return { covered, reused };
  });
  const ordered = (name: "covered" | "reused"): Estimate => {
    const [low = ZERO, mid = ZERO, high = ZERO] = amounts.map((amount) => amount[name]);
    return inOrder(low, mid, high);
  };
  const currency = saving.lines[0]?.price.currency as CurrencyCode;
  const covered = ordered("covered");
  const reused = ordered("reused");
  return {
    commitments: ids,
    covered: { currency, ...covered },
    reused: { currency, ...reused },
    ...endOf(netting.commitments, ids),
    reason: reasonOf(netting, ids, { gross: all.mid, covered: covered.mid, reused: reused.mid }),
  };
};

/** Amounts of two currencies can't be compared: all of it counts as paid for. */
const withoutRate = (
  saving: GrossSaving,
  ids: readonly string[],
  netting: Netting,
  billed: string | undefined,
): CommitmentEffect => {
  const currency = saving.lines[0]?.price.currency as CurrencyCode;
  const { low, mid, high } = gross(saving);
  const covered = inOrder(within(low, low), within(mid, mid), within(high, high));
  return {
    commitments: ids,
    covered: { currency, ...covered },
    reused: { currency, low: ZERO, mid: ZERO, high: ZERO },
    ...endOf(netting.commitments, ids),
    reason: `commitments pay for it in ${billed}, and no rate to ${currency} was given: all of it counts as paid for`,
  };
};

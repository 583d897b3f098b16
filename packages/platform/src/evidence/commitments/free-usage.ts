import {
  add,
  compare,
  type Decimal,
  divide,
  type Estimate,
  isZero,
  multiply,
  sign,
  subtract,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";

/** Usage that a commitment pays for, in one hour (or the shortest time that the bill tells). */
export interface CoveredUsage {
  readonly hour: string;
  /** The resource of a draft; null: of others. */
  readonly resource: string | null;
  /** Item that lines of a saving name. */
  readonly item: string;
  readonly commitment: string;
  /** Of what it uses up of the commitment: normalised hours, vCPU-hours, or money of a spend commitment. */
  readonly units: Decimal;
  /** What it would cost on demand. */
  readonly value: Decimal;
  /** Clouds apply commitments to usage first and to spend last, so spend is the first to be freed. */
  readonly isSpend: boolean;
}

/** Usage that is paid on demand in one hour. */
export interface OnDemandUsage {
  readonly hour: string;
  readonly resource: string | null;
  readonly item: string;
  readonly value: Decimal;
  /** Commitments that could cover it, with the units that all of it would use up. */
  readonly fits: ReadonlyMap<string, Decimal>;
}

/** What a change saves of one resource and item, over the window, at prices on demand. */
export interface Freed {
  readonly resource: string;
  readonly item: string;
  readonly amount: Decimal;
}

export interface FreedOutcome {
  /** All that was freed, at prices on demand: at most the item's usage. */
  readonly freed: Decimal;
  /** Part of it that commitments pay for. */
  readonly covered: Decimal;
  /** Part of the covered that other usage takes over, at what that paid on demand. */
  readonly reused: Decimal;
  readonly commitments: readonly string[];
}

/** Places of amounts on the way; cut off, so that nothing is given out twice. */
const SCALE = 18;
const least = (a: Decimal, b: Decimal): Decimal => (compare(a, b) < 0 ? a : b);
const aboveZero = (amount: Decimal): Decimal => (sign(amount) > 0 ? amount : ZERO);
/** `amount × part ÷ whole`, cut off. */
const share = (amount: Decimal, part: Decimal, whole: Decimal): Decimal =>
  isZero(whole) ? ZERO : divide(multiply(amount, part), whole, SCALE, "down");

interface CoveredState {
  readonly usage: CoveredUsage;
  value: Decimal;
  units: Decimal;
}

interface OnDemandState {
  readonly usage: OnDemandUsage;
  value: Decimal;
}

/** Usage of one resource and item in one hour. */
interface HourState {
  readonly total: Decimal;
  readonly covered: CoveredState[];
  readonly onDemand: OnDemandState[];
}

const ownKey = (resource: string | null, item: string): string => JSON.stringify([resource, item]);

/**
 * What freeing usage saves besides what commitments go on costing. Per hour, usage on demand goes first, because a
 * commitment covers what is left; only then is the commitment freed, and what it is freed of covers other usage on demand
 * of that hour that it fits, dearest per unit first. All drafts are taken off before anything is given to others, in the
 * order given, and no unit and no usage is given twice.
 */
export const freeUsage = (
  covered: readonly CoveredUsage[],
  onDemand: readonly OnDemandUsage[],
  drafts: readonly (readonly Freed[])[],
): readonly FreedOutcome[] => {
  const states = { covered: covered.map(coveredState), onDemand: onDemand.map(onDemandState) };
  const own = hoursOf(states.covered, states.onDemand);
  const taken = drafts.map((draft) =>
    draft.map((freed) => takeOff(own.get(ownKey(freed.resource, freed.item)), freed)),
  );
  const market = marketOf(states.onDemand);
  return taken.map((parts) => {
    const releases = parts.flatMap(({ releases: each }) => each);
    const coveredValue = sumDecimals(releases.map(({ value }) => value));
    const reused = sumDecimals(releases.map((release) => least(release.value, giveAway(market, release))));
    return {
      freed: sumDecimals(parts.map(({ freed }) => freed)),
      covered: coveredValue,
      reused,
      commitments: [...new Set(releases.map(({ commitment }) => commitment))].toSorted(),
    };
  });
};

const coveredState = (usage: CoveredUsage): CoveredState => ({
  usage,
  value: usage.value,
  units: usage.units,
});
const onDemandState = (usage: OnDemandUsage): OnDemandState => ({ usage, value: usage.value });

type Hours = ReadonlyMap<string, HourState>;

const hoursOf = (
  covered: readonly CoveredState[],
  onDemand: readonly OnDemandState[],
): ReadonlyMap<string, Hours> => {
  const byOwner = new Map<string, Map<string, { covered: CoveredState[]; onDemand: OnDemandState[] }>>();
  const at = ({ resource, item, hour }: CoveredUsage | OnDemandUsage) => {
    const key = ownKey(resource, item);
    const hours =
      byOwner.get(key) ?? new Map<string, { covered: CoveredState[]; onDemand: OnDemandState[] }>();
    byOwner.set(key, hours);
    const found = hours.get(hour) ?? { covered: [], onDemand: [] };
    hours.set(hour, found);
    return found;
  };
  for (const state of covered) if (state.usage.resource !== null) at(state.usage).covered.push(state);
  for (const state of onDemand) if (state.usage.resource !== null) at(state.usage).onDemand.push(state);
  return new Map(
    [...byOwner].map(([owner, hours]) => [
      owner,
      new Map(
        [...hours].map(([hour, state]) => [
          hour,
          {
            covered: state.covered.toSorted((a, b) => Number(b.usage.isSpend) - Number(a.usage.isSpend)),
            onDemand: state.onDemand,
            total: sumDecimals([...state.covered, ...state.onDemand].map(({ value }) => value)),
          },
        ]),
      ),
    ]),
  );
};

interface Release {
  readonly hour: string;
  readonly commitment: string;
  readonly units: Decimal;
  readonly value: Decimal;
}

/** Takes an item's freed amount off its hours, each hour by as much of its usage. */
const takeOff = (
  hours: Hours | undefined,
  { amount }: Freed,
): { readonly freed: Decimal; readonly releases: readonly Release[] } => {
  const all = [...(hours ?? [])];
  const whole = sumDecimals(all.map(([, { total }]) => total));
  const wanted = least(aboveZero(amount), whole);
  const releases: Release[] = [];
  let freed = ZERO;
  for (const [hour, state] of all) {
    let left = share(state.total, wanted, whole);
    for (const part of state.onDemand) {
      const cut = least(part.value, left);
      part.value = subtract(part.value, cut);
      left = subtract(left, cut);
      freed = add(freed, cut);
    }
    for (const part of state.covered) {
      const cut = least(part.value, left);
      if (sign(cut) <= 0) continue;
      const units = share(part.units, cut, part.value);
      part.value = subtract(part.value, cut);
      part.units = subtract(part.units, units);
      left = subtract(left, cut);
      freed = add(freed, cut);
      releases.push({ hour, commitment: part.usage.commitment, units, value: cut });
    }
  }
  return { freed, releases };
};

interface Offer {
  readonly state: OnDemandState;
  /** Units that all of its value at first would use up. */
  readonly units: Decimal;
}

/** Offers of one hour to one commitment, the dearest per unit first; those before `next` are used up. */
interface Offers {
  readonly list: readonly Offer[];
  next: number;
}

type Market = ReadonlyMap<string, Offers>;

const marketKey = (hour: string, commitment: string): string => `${commitment}\n${hour}`;

/** What is left on demand, by hour and commitment that fits. */
const marketOf = (onDemand: readonly OnDemandState[]): Market => {
  const offers = new Map<string, Offer[]>();
  for (const state of onDemand) {
    if (sign(state.value) <= 0) continue;
    for (const [commitment, units] of state.usage.fits) {
      if (sign(units) <= 0) continue;
      const key = marketKey(state.usage.hour, commitment);
      const own = offers.get(key) ?? [];
      own.push({ state, units });
      offers.set(key, own);
    }
  }
  const dearest = (a: Offer, b: Offer) =>
    compare(multiply(b.state.usage.value, a.units), multiply(a.state.usage.value, b.units));
  return new Map([...offers].map(([key, own]) => [key, { list: own.toSorted(dearest), next: 0 }]));
};

/** Covers other usage with freed units; answers what that usage no longer costs. */
const giveAway = (market: Market, { hour, commitment, units }: Release): Decimal => {
  const offers = market.get(marketKey(hour, commitment));
  let left = units;
  let saved = ZERO;
  while (offers !== undefined && offers.next < offers.list.length && sign(left) > 0) {
    const offer = offers.list[offers.next];
    if (offer === undefined || sign(offer.state.value) <= 0) {
      offers.next += 1;
      continue;
    }
    const { state, units: needed } = offer;
    const coverable = least(state.value, share(state.usage.value, left, needed));
    if (sign(coverable) <= 0) break;
    const used = share(needed, coverable, state.usage.value);
    state.value = subtract(state.value, coverable);
    left = subtract(left, used);
    saved = add(saved, coverable);
    // Less than all of it was coverable: nothing is left of the commitment but what was cut off.
    if (sign(state.value) > 0) break;
  }
  return saved;
};

export const LEVELS = ["low", "mid", "high"] as const;

/** Three figures in order: where chance or competition made a lower one larger than the next, it is lowered to it. */
export const inOrder = (low: Decimal, mid: Decimal, high: Decimal): Estimate => {
  const middle = least(mid, high);
  return { low: least(low, middle), mid: middle, high };
};

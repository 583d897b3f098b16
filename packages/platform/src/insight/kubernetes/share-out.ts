import {
  add,
  addDays,
  allocateByWeight,
  type Day,
  type Decimal,
  isZero,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import type { Lake } from "../../lake/lake.ts";
import { scanOtherDataset } from "../../lake/other-dataset.ts";
import { OPENCOST_DATASET } from "../../sources/opencost/opencost-source.ts";
import type {
  AllocatedCharge,
  Estimate,
  KubernetesAnswer,
  KubernetesDimension,
  SharedResource,
} from "./allocated-charge.ts";
import { type AssetMatch, type BilledDay, matchAssets, readBill } from "./bill-of-assets.ts";
import { finestPeriods, readPeriods, readWeights, type Weight, type WeightPeriod } from "./weights.ts";

export interface ShareOutRequest {
  readonly by: readonly KubernetesDimension[];
  /** Only windows that begin at or after this day and end before or at the other. */
  readonly from?: Day;
  readonly until?: Day;
}

/** Decimal places of the parts, as many as the bill has. */
const SCALE = 12;

const keyOf = (...parts: readonly (string | null)[]): string => JSON.stringify(parts);
const samePeriod = (a: WeightPeriod, b: WeightPeriod): boolean => a.start === b.start && a.end === b.end;

/** A resource's bill over one period, with all weights that share it. */
interface Pot {
  readonly resourceId: string;
  readonly period: WeightPeriod;
  readonly currency: string;
  readonly cost: Decimal;
}

const potsOf = (bill: readonly BilledDay[], periods: readonly WeightPeriod[]): readonly Pot[] => {
  const pots = new Map<string, Pot>();
  for (const { resourceId, day, currency, cost } of bill) {
    // A day between two windows has no weights of its own: its cost is shown as unallocated, never left out.
    const period = periods.find(({ start, end }) => start <= day && day < end) ?? {
      start: day,
      end: addDays(day, 1),
    };
    const key = keyOf(resourceId, period.start, currency);
    const known = pots.get(key)?.cost ?? ZERO;
    pots.set(key, { resourceId, period, currency, cost: add(known, cost) });
  }
  return [...pots.values()];
};

const nameOf = (weight: Weight): string =>
  weight.kind === "workload"
    ? weight.values.filter((value) => value !== null).join("/")
    : `__${weight.kind}__`;

const shareOf = (
  pot: Pot,
  weights: readonly Weight[],
  assetKind: string,
  width: number,
): readonly AllocatedCharge[] => {
  const common = {
    ChargePeriodStart: pot.period.start,
    ChargePeriodEnd: pot.period.end,
    ResourceId: pot.resourceId,
    BillingCurrency: pot.currency,
    AllocatedMethodId: "opencost",
    assetKind,
  } as const;
  if (weights.every(({ weight }) => isZero(weight))) {
    const values = Array.from({ length: width }, () => null);
    const unallocated = { kind: "unallocated", AllocatedResourceId: "__unallocated__", values } as const;
    return [{ ...common, ...unallocated, EffectiveCost: pot.cost }];
  }
  const parts = allocateByWeight(
    pot.cost,
    weights.map(({ weight }) => weight),
    SCALE,
  );
  return weights.map((weight, index) => ({
    ...common,
    kind: weight.kind,
    AllocatedResourceId: nameOf(weight),
    values: weight.values,
    EffectiveCost: parts[index] ?? ZERO,
  }));
};

const estimatesOf = (
  weights: readonly Weight[],
  matches: ReadonlyMap<string, AssetMatch>,
): readonly Estimate[] => {
  const open = weights.filter(({ assetId }) => assetId === null || matches.get(assetId)?.status !== "found");
  const groups = Map.groupBy(open, ({ assetKind, assetId }) => keyOf(assetKind, assetId));
  return [...groups.values()].flatMap((group): Estimate[] => {
    const [first] = group;
    const weight = sumDecimals(group.map((one) => one.weight));
    if (first === undefined || isZero(weight)) return [];
    const { assetKind, assetId } = first;
    const match = assetId === null ? undefined : matches.get(assetId);
    const reason =
      match !== undefined && match.status !== "found"
        ? match.reason
        : "OpenCost names no resource of the provider for it";
    return [{ assetKind, assetId, weight, reason }];
  });
};

const resourcesOf = (charges: readonly AllocatedCharge[]): readonly SharedResource[] => {
  const groups = Map.groupBy(charges, ({ ResourceId, BillingCurrency }) =>
    keyOf(ResourceId, BillingCurrency),
  );
  return [...groups.values()].flatMap((group): SharedResource[] => {
    const [first] = group;
    if (first === undefined) return [];
    const cost = sumDecimals(group.map(({ EffectiveCost }) => EffectiveCost));
    return [
      { resourceId: first.ResourceId, assetKind: first.assetKind, currency: first.BillingCurrency, cost },
    ];
  });
};

const inRange = ({ start, end }: WeightPeriod, { from, until }: ShareOutRequest): boolean =>
  (from === undefined || start >= from) && (until === undefined || end <= until);

const notesOf = (
  weights: readonly Weight[],
  left: readonly WeightPeriod[],
  bill: readonly BilledDay[],
): string[] => {
  const unknown = bill.reduce((sum, one) => sum + one.unknown, 0);
  return [
    ...(weights.some(({ kind }) => kind === "idle")
      ? []
      : [
          "The allocations hold no idle rows: idle time is in the cost of the workloads (ask with includeIdle=true).",
        ]),
    ...left.map(
      ({ start, end }) => `The window ${start} to ${end} is left out: finer windows share out its days.`,
    ),
    ...(unknown === 0
      ? []
      : [`${unknown} charges of these resources have no known EffectiveCost; they are not shared out.`]),
  ];
};

/**
 * Shares out what the bill says that a cluster's nodes, disks and load balancers cost by the weights of OpenCost, exactly:
 * the parts of each resource and period sum to its EffectiveCost. Idle time and what no weight explains are rows of
 * their own. Weights that meet no bill stay estimates, outside every total.
 */
export const shareOut = async (lake: Lake, request: ShareOutRequest): Promise<KubernetesAnswer> => {
  const scan = await scanOtherDataset(lake, OPENCOST_DATASET);
  if (scan === undefined) return { status: "unknown", reason: "no allocations of OpenCost are loaded" };
  const { kept, left } = finestPeriods(
    (await readPeriods(lake, scan)).filter((period) => inRange(period, request)),
  );
  const [first] = kept;
  const last = kept.at(-1);
  if (first === undefined || last === undefined)
    return { status: "unknown", reason: "no loaded window of OpenCost lies in this period" };
  const covered: WeightPeriod = { start: first.start, end: last.end };
  const all = await readWeights(lake, scan, request.by);
  const weights = all.filter(({ period }) => kept.some((one) => samePeriod(one, period)));
  const loads = (await lake.snapshot()).manifest.loads.filter(({ counted }) => counted === true);
  const assetIds = [...new Set(weights.flatMap(({ assetId }) => assetId ?? []))];
  const matches = await matchAssets(lake, loads, assetIds);
  const resourceOf = (assetId: string | null): string | undefined => {
    const match = assetId === null ? undefined : matches.get(assetId);
    return match?.status === "found" ? match.resourceId : undefined;
  };
  const resourceIds = [...new Set(assetIds.flatMap((id) => resourceOf(id) ?? []))];
  const bill = await readBill(lake, loads, resourceIds, covered);
  const byPot = Map.groupBy(weights, ({ assetId, period }) =>
    keyOf(resourceOf(assetId) ?? null, period.start),
  );
  const kinds = new Map(weights.map(({ assetId, assetKind }) => [resourceOf(assetId), assetKind]));
  const charges = potsOf(bill, kept).flatMap((pot) =>
    shareOf(
      pot,
      byPot.get(keyOf(pot.resourceId, pot.period.start)) ?? [],
      kinds.get(pot.resourceId) ?? "node",
      request.by.length,
    ),
  );
  return {
    status: "shared",
    dimensions: request.by,
    from: covered.start,
    until: covered.end,
    charges,
    resources: resourcesOf(charges),
    estimates: estimatesOf(weights, matches),
    notes: notesOf(weights, left, bill),
  };
};

import { instantOf } from "@trimtab/domain";
import type { Snapshot } from "../../lake/lake.ts";
import type { LoadEntry } from "../../lake/manifest.ts";
import { coverageOf } from "../../query/coverage.ts";

type Metrics = ReadonlyMap<string, { readonly rows: number; readonly start: string; readonly end: string }>;

/** What the lake holds, told from its manifest alone. */
export const describeLake = ({ version, manifest }: Snapshot, metrics: Metrics, now: Date) => {
  const { loads, createdAt, reason } = manifest;
  const { completeTo, periods } = coverageOf(loads, loads, instantOf(now));
  const statusOf = ({ instance, billingPeriod }: LoadEntry) =>
    periods.find((period) => period.instance === instance && period.billingPeriod === billingPeriod)
      ?.status ?? "open";
  const counted = loads.filter((load) => load.counted === true);
  return {
    version,
    createdAt,
    reason,
    completeTo,
    rows: sumOf(counted, ({ rows }) => rows),
    bytes: sumOf(loads, bytesOf),
    quarantined: sumOf(loads, ({ quarantined }) => quarantined.rows),
    currencies: [...new Set(counted.flatMap(({ sums }) => Object.keys(sums)))].toSorted(),
    sources: [...Map.groupBy(loads, ({ instance }) => instance).values()]
      .map(sourceOf)
      .toSorted((a, b) => (a.instance < b.instance ? -1 : 1)),
    loads: loads
      .map((load) => ({ ...loadOf(load), status: statusOf(load) }))
      .toSorted((a, b) => compare(b.billingPeriod, a.billingPeriod) || compare(a.instance, b.instance)),
    metrics: [...metrics].map(([id, { rows, start, end }]) => ({ id, rows, start, end })),
  };
};

const sourceOf = (loads: readonly LoadEntry[]) => {
  const [first] = loads;
  const latest = (pick: (load: LoadEntry) => string): string =>
    loads.map(pick).reduce((a, b) => (a > b ? a : b), "");
  return {
    instance: first?.instance ?? "",
    source: first?.source ?? "",
    account: first?.account ?? "",
    providers: [...new Set(loads.flatMap(({ providers }) => providers))].toSorted(),
    from: loads.map(({ billingPeriod }) => billingPeriod as string).reduce((a, b) => (a < b ? a : b)),
    to: latest(({ billingPeriod }) => billingPeriod),
    completeTo: latest(({ usageEnd }) => usageEnd),
    newestLoadAt: latest(({ loadedAt }) => loadedAt),
    periods: loads.length,
    rows: sumOf(loads, ({ rows }) => rows),
  };
};

const loadOf = (load: LoadEntry) => ({
  id: load.id,
  instance: load.instance,
  source: load.source,
  account: load.account,
  billingPeriod: load.billingPeriod,
  loadedAt: load.loadedAt,
  rows: load.rows,
  bytes: bytesOf(load),
  chargeStart: load.chargeStart,
  chargeEnd: load.chargeEnd,
  usageEnd: load.usageEnd,
  sums: load.sums as Record<string, Record<string, string>>,
  quarantined: load.quarantined.rows,
  notCounted: load.counted === true ? null : load.counted.because,
  unknown: load.unknown as Record<string, string>,
});

const bytesOf = ({ files, rollups }: LoadEntry): number =>
  sumOf([...files, ...rollups], ({ bytes }) => bytes);

const sumOf = <T>(items: readonly T[], pick: (item: T) => number): number =>
  items.reduce((sum, item) => sum + pick(item), 0);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import { parquetOf } from "../database.ts";
import type { LoadEntry } from "../manifest.ts";
import type { LakeStorage } from "../storage/storage.ts";
import type { Run } from "./stage.ts";

/** Loads of one account and period may tell the same charges. */
const placeOf = ({ account, billingPeriod }: LoadEntry): string => JSON.stringify([account, billingPeriod]);

const keyOf = ({ instance, billingPeriod }: LoadEntry): string => JSON.stringify([instance, billingPeriod]);

/** True when both bill some sub account: exports of disjoint sub accounts are two bills, not one told twice. */
const shareSubAccount = async (
  run: Run,
  storage: LakeStorage,
  a: LoadEntry,
  b: LoadEntry,
): Promise<boolean> => {
  const distinct = (load: LoadEntry) => {
    const files = load.files.map(({ path }) => storage.localPath(path));
    return `SELECT DISTINCT COALESCE(SubAccountId, '') FROM ${parquetOf(files)}`;
  };
  const { rows } = await run({ text: `SELECT count(*) FROM (${distinct(a)} INTERSECT ${distinct(b)})` });
  return Number(rows[0]?.[0] ?? 0) > 0;
};

const holdsSame = async (run: Run, storage: LakeStorage, a: LoadEntry, b: LoadEntry): Promise<boolean> =>
  a.instance !== b.instance &&
  a.providers.some((provider) => b.providers.includes(provider)) &&
  (await shareSubAccount(run, storage, a, b));

/** The more detailed first; among equals those that count already, so that loading one again changes nothing. */
const byPrecedence =
  (counting: ReadonlySet<string>) =>
  (a: LoadEntry, b: LoadEntry): number =>
    b.detailRank - a.detailRank ||
    Number(counting.has(keyOf(b))) - Number(counting.has(keyOf(a))) ||
    (a.id < b.id ? -1 : 1);

/**
 * Decides which of several exports of the same charges counts: the more detailed format, else the one that was there
 * first. Returns all live loads with `counted` set.
 * @param before what was live before `added` came in
 */
export const countOnce = async (
  run: Run,
  storage: LakeStorage,
  before: readonly LoadEntry[],
  live: readonly LoadEntry[],
  added: readonly LoadEntry[],
): Promise<readonly LoadEntry[]> => {
  const counting = new Set(before.filter(({ counted }) => counted === true).map(keyOf));
  const touched = new Set(added.map(placeOf));
  const counted = new Map<string, LoadEntry["counted"]>();
  for (const [place, loads] of Map.groupBy(live, placeOf)) {
    if (!touched.has(place)) continue;
    const winners: LoadEntry[] = [];
    for (const load of [...loads].sort(byPrecedence(counting))) {
      let winner: LoadEntry | undefined;
      for (const other of winners)
        if (winner === undefined && (await holdsSame(run, storage, load, other))) winner = other;
      if (winner === undefined) winners.push(load);
      counted.set(
        load.id,
        winner === undefined || { because: `${winner.instance} holds the same charges`, load: winner.id },
      );
    }
  }
  return live.map((load) => ({ ...load, counted: counted.get(load.id) ?? load.counted }));
};

import { join } from "node:path";
import { fileList } from "../database.ts";
import type { LoadEntry } from "../manifest.ts";
import type { Run } from "./stage.ts";

/** Live loads of other instances that may hold the same charges: same account, period and provider. */
const candidates = (load: LoadEntry, live: readonly LoadEntry[]): readonly LoadEntry[] =>
  live.filter(
    (other) =>
      other.instance !== load.instance &&
      other.account === load.account &&
      other.billingPeriod === load.billingPeriod &&
      other.providers.some((provider) => load.providers.includes(provider)),
  );

/** True when both bill some sub account: exports of disjoint sub accounts are two bills, not one told twice. */
const shareSubAccount = async (run: Run, root: string, a: LoadEntry, b: LoadEntry): Promise<boolean> => {
  const distinct = (load: LoadEntry) => {
    const files = fileList(load.files.map(({ path }) => join(root, path)));
    return `SELECT DISTINCT COALESCE(SubAccountId, '') FROM read_parquet(${files})`;
  };
  const { rows } = await run({ text: `SELECT count(*) FROM (${distinct(a)} INTERSECT ${distinct(b)})` });
  return Number(rows[0]?.[0] ?? 0) > 0;
};

/**
 * Decides which of several exports of the same charges counts: the more detailed format, else the one that was there
 * first. Returns all live loads with `counted` set.
 */
export const countOnce = async (
  run: Run,
  root: string,
  live: readonly LoadEntry[],
  added: readonly LoadEntry[],
): Promise<readonly LoadEntry[]> => {
  const counted = new Map<string, LoadEntry["counted"]>();
  // A load that stopped counting for one that is gone counts again.
  const ids = new Set(live.map(({ id }) => id));
  for (const load of live)
    if (load.counted !== true && !ids.has(load.counted.load)) counted.set(load.id, true);
  for (const load of added)
    for (const other of candidates(load, live)) {
      if (!(await shareSubAccount(run, root, load, other))) continue;
      const [loser, winner] = load.detailRank > other.detailRank ? [other, load] : [load, other];
      counted.set(loser.id, { because: `${winner.instance} holds the same charges`, load: winner.id });
      counted.set(winner.id, true);
    }
  return live.map((load) =>
    counted.has(load.id) ? { ...load, counted: counted.get(load.id) ?? true } : load,
  );
};

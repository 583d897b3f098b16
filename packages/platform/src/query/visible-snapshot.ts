import type { LoadEntry, Manifest } from "../lake/manifest.ts";
import { Renderer } from "../sql/dialect.ts";
import { canonicalFilter } from "./canonical.ts";
import type { EngineSnapshot, QueryEngine } from "./engines/engine.ts";
import { filterExpr } from "./filters.ts";
import { leavesNeeded } from "./leaves.ts";
import { BASE_MODEL, type SemanticModel } from "./model/model.ts";
import { leafExpr, segmentsOf } from "./segments.ts";
import type { Filter, QueryContext } from "./types.ts";

/** Statements with more parts take longer to plan than to run. */
const PROBES_AT_ONCE = 40;
/** Answers kept of each version and model; the oldest goes first. */
const MAX_KEPT = 500;

type Asked = Pick<QueryContext, "lakeVersion" | "scope" | "model" | "signal">;

/**
 * The lake as far as the scope shows it: only exports that hold a charge within it, and of those only the currencies that
 * such charges are in. What an answer says besides its figures (complete to when, which periods, which currencies) is
 * told from this, so that nothing is told of what is hidden. Who sees some of an export may know when it was delivered:
 * a month of it without a charge that they see is zero, not unknown.
 */
export const visibleSnapshot = async (engine: QueryEngine, asked: Asked): Promise<EngineSnapshot> => {
  const snapshot = await engine.snapshot(asked.lakeVersion);
  if (asked.scope === "unrestricted") return snapshot;
  const model = asked.model ?? BASE_MODEL;
  const scope = canonicalFilter(asked.scope, model);
  const probe = probing(engine, snapshot, model, asked.signal);
  const manifest = await kept(snapshot.manifest, model, `loads ${JSON.stringify(scope)}`, async () => {
    const counted = snapshot.manifest.loads.filter((load) => load.counted === true);
    return { ...snapshot.manifest, loads: await visibleLoads(probe, counted, scope) };
  });
  return { ...snapshot, manifest };
};

/** Promoted tag keys that some charge within the scope carries. */
export const visibleTagKeys = async (engine: QueryEngine, asked: Asked): Promise<readonly string[]> => {
  const snapshot = await visibleSnapshot(engine, asked);
  const keys = Object.keys(snapshot.manifest.tagColumns);
  if (asked.scope === "unrestricted") return keys;
  const model = asked.model ?? BASE_MODEL;
  const scope = canonicalFilter(asked.scope, model);
  return await kept(snapshot.manifest, model, `tags ${JSON.stringify(scope)}`, async () => {
    const probes = keys.map((key): Probe => {
      const carries: Filter = { dimension: `tag:${key}`, op: "present" };
      return { loads: snapshot.manifest.loads, filter: { and: [scope, carries] } };
    });
    const found = await probing(engine, snapshot, model, asked.signal)(probes);
    return keys.filter((_, index) => found[index]);
  });
};

/** Is there a charge in these loads for which the filter holds? */
interface Probe {
  readonly loads: readonly LoadEntry[];
  readonly filter: Filter;
}

type Probing = (probes: readonly Probe[]) => Promise<readonly boolean[]>;

const visibleLoads = async (
  probe: Probing,
  loads: readonly LoadEntry[],
  scope: Filter,
): Promise<readonly LoadEntry[]> => {
  const exports = [...Map.groupBy(loads, ({ instance }) => instance)].flatMap(([instance, own]) => {
    const currencies = [...new Set(own.flatMap(({ sums }) => Object.keys(sums)))];
    return currencies.map((currency) => ({ instance, own, currency, isOnly: currencies.length === 1 }));
  });
  const found = await probe(
    exports.map(({ own, currency, isOnly }) => {
      const inCurrency: Filter = { dimension: "BillingCurrency", op: "=", value: currency };
      return { loads: own, filter: isOnly ? scope : { and: [scope, inCurrency] } };
    }),
  );
  const visible = Map.groupBy(
    exports.filter((_, index) => found[index]),
    ({ instance }) => instance,
  );
  return loads.flatMap((load) => {
    const seen = visible.get(load.instance)?.map(({ currency }) => currency);
    if (seen === undefined) return [];
    const sums = Object.entries(load.sums).filter(([currency]) => seen.includes(currency));
    return [{ ...load, sums: Object.fromEntries(sums) }];
  });
};

const probing =
  (engine: QueryEngine, snapshot: EngineSnapshot, model: SemanticModel, signal: AbortSignal): Probing =>
  async (probes) => {
    const found = probes.map(() => false);
    for (let from = 0; from < probes.length; from += PROBES_AT_ONCE) {
      const some = probes.slice(from, from + PROBES_AT_ONCE);
      const renderer = new Renderer(engine.dialect);
      const selects = some.flatMap((probe, index) =>
        probeSql(engine, snapshot, model, probe, renderer, index),
      );
      if (selects.length === 0) continue;
      const statement = { text: selects.join("\nUNION ALL\n"), params: renderer.params };
      const { rows } = await engine.run(statement, { signal });
      for (const [index, hits] of rows) if (Number(hits) > 0) found[from + Number(index)] = true;
    }
    return found;
  };

/** One look for each table that has to be read; it ends with the first charge it finds. */
const probeSql = (
  engine: QueryEngine,
  snapshot: EngineSnapshot,
  model: SemanticModel,
  { loads, filter }: Probe,
  renderer: Renderer,
  index: number,
): readonly string[] => {
  const leaves = leavesNeeded({ dimensions: [], filters: [filter], columns: [] }, model);
  return segmentsOf(loads, { leaves, daily: true }).map((segment) => {
    const where = renderer.sql(filterExpr(filter, { model, leaf: (leaf) => leafExpr(segment, leaf) }));
    const first = `SELECT 1 AS hit FROM ${engine.scan(snapshot, segment)} AS c WHERE ${where} LIMIT 1`;
    return `SELECT ${index} AS probe, count(*) AS hits FROM (${first}) AS s`;
  });
};

const memory = new WeakMap<Manifest, WeakMap<SemanticModel, Map<string, unknown>>>();

/** A version of a lake never changes, so what was found of it holds as long as somebody holds its manifest. */
const kept = async <T>(
  manifest: Manifest,
  model: SemanticModel,
  key: string,
  find: () => Promise<T>,
): Promise<T> => {
  const ofManifest = memory.get(manifest) ?? new WeakMap<SemanticModel, Map<string, unknown>>();
  memory.set(manifest, ofManifest);
  const ofModel = ofManifest.get(model) ?? new Map<string, unknown>();
  ofManifest.set(model, ofModel);
  if (ofModel.has(key)) return ofModel.get(key) as T;
  const found = await find();
  ofModel.set(key, found);
  for (const [oldest] of ofModel) {
    if (ofModel.size <= MAX_KEPT) break;
    ofModel.delete(oldest);
  }
  return found;
};

import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { currencyCode, decimal, equals } from "@trimtab/domain";
import { createServices, defaultLakeRoot, type Services } from "../compose.ts";
import type { Delivery, Estate, EstateId } from "../demo/estate.ts";
import { makeEstate } from "../demo/estates.ts";
import { BUSINESS_METRICS, RULES } from "../demo/metric-files.ts";
import { writeFiles } from "../demo/write-files.ts";
import type { Analysis } from "../insight/analyze/analysis.ts";
import { analyze } from "../insight/analyze/analyze.ts";
import type { QueryEngine } from "../query/engines/engine.ts";
import { parseMetricsCsv } from "../query/metrics/metrics-csv.ts";
import { runQuery } from "../query/run-query.ts";
import type { QueryContext } from "../query/types.ts";
import { findBills, loadBills } from "../sources/load-bills.ts";
import { storeOtherDatasets } from "../sources/store-other-datasets.ts";
import type { CommandContext } from "./command.ts";
import { loadDemoResources } from "./demo-resources.ts";
import { queryContext } from "./query-context.ts";

/** Where the demo keeps things: never in the lake of the person who runs it. */
export interface DemoPlace {
  readonly bills: (id: EstateId) => string;
  readonly lake: (id: EstateId) => string;
}

export interface LoadedDelivery {
  readonly delivery: Delivery;
  readonly folder: string;
  /** Charges loaded, and loads of before that they replaced. */
  readonly rows: number;
  readonly replaced: number;
}

/** What of the program an estate is loaded with. */
export type DemoServices = Pick<
  Services,
  "clock" | "openLake" | "sources" | "openMetricStore" | "openInventory" | "openResourceMetrics"
>;

/** One estate after its bills were made and loaded. */
export interface DemoEstate {
  readonly estate: Estate;
  readonly folder: string;
  readonly lake: string;
  readonly loaded: readonly LoadedDelivery[];
  /** What the metrics are, and the areas of the company's papers: for `--rules`. */
  readonly rules: string;
  /** The company's own programme, where the examples are at hand. */
  readonly programme?: string;
  /** By currency: one. */
  readonly analyses: readonly Analysis[];
  /** Total in the lake before tax, and whether that is the published one, digit for digit. */
  readonly billed: string;
  readonly isExact: boolean;
}

const TOP_LINES = 6;
const USD = currencyCode("USD");
const BEFORE_TAX = { dimension: "ChargeCategory", op: "!=", value: "Tax" } as const;

export function demoPlace(env: CommandContext["env"], cwd: string, keep: string | undefined): DemoPlace {
  const own = join(dirname(defaultLakeRoot(env, process.platform)), "demo");
  const bills = keep === undefined ? join(own, "bills") : resolve(cwd, keep);
  return { bills: (id) => join(bills, id), lake: (id) => join(own, "lakes", id) };
}

/**
 * Makes the bills of an estate and loads its deliveries one after the other into a new lake.
 * @throws what loading bills throws
 */
export async function runDemoEstate(
  context: CommandContext,
  id: EstateId,
  place: DemoPlace,
): Promise<DemoEstate> {
  const estate = await makeEstate(id);
  const folder = place.bills(id);
  const lake = place.lake(id);
  // the first delivery covers less than what the last run left
  rmSync(lake, { recursive: true, force: true });
  const services = createServices({
    env: context.env,
    cwd: context.cwd,
    clock: context.services.clock,
    lake,
  });
  try {
    const loaded = await loadDeliveries(services, estate, folder, context.signal);
    const rules = join(folder, RULES);
    const engine = await services.openEngine("duckdb");
    const asked = { args: {}, options: { rules } };
    const query = await queryContext({ ...context, services, currency: USD }, asked);
    const analyses = await analyze(engine, { top: TOP_LINES }, query);
    const billed = await billedBeforeTax(engine, query);
    const isExact = equals(decimal(billed), decimal(estate.total));
    const programme = join("examples", "estates", id, "programme.yaml");
    return {
      estate,
      folder,
      lake,
      loaded,
      rules,
      analyses,
      billed,
      isExact,
      ...(existsSync(join(context.cwd, programme)) ? { programme } : {}),
    };
  } finally {
    await services.close();
  }
}

/** Writes an estate's files into the folder and loads them, bills last. @throws what loading bills throws */
export async function loadDeliveries(
  services: DemoServices,
  estate: Estate,
  folder: string,
  signal: AbortSignal,
): Promise<LoadedDelivery[]> {
  const lake = await services.openLake();
  const sources = await services.sources();
  const openDatabase = async () => lake.database;
  await writeFiles(folder, estate.beside, openDatabase);
  await loadMetrics(services, readFileSync(join(folder, BUSINESS_METRICS), "utf8"));
  if (estate.advisedAt !== undefined) await loadDemoResources(services, folder, estate.advisedAt);
  const loaded: LoadedDelivery[] = [];
  for (const delivery of estate.deliveries) {
    const path = join(folder, delivery.folder);
    await writeFiles(path, delivery.files, openDatabase);
    const report = await loadBills(lake, { patterns: [path], cwd: folder, sources, signal });
    const rows = report.loads.reduce((sum, load) => sum + load.rows, 0);
    loaded.push({ delivery, folder: path, rows, replaced: report.replaced.length });
  }
  if (estate.allocations !== undefined) {
    const patterns = [join(folder, estate.allocations)];
    const { others } = await findBills(lake, { patterns, cwd: folder, sources, signal });
    await storeOtherDatasets(lake, others, services.clock);
  }
  return loaded;
}

async function loadMetrics(services: DemoServices, csv: string): Promise<void> {
  const store = await services.openMetricStore();
  for (const [id, points] of parseMetricsCsv(csv, BUSINESS_METRICS)) await store.write(id, points);
}

async function billedBeforeTax(engine: QueryEngine, context: QueryContext): Promise<string> {
  const { total } = await runQuery(engine, { measures: ["billed"], where: BEFORE_TAX }, context);
  return total.at(-1) ?? "0";
}

import type { InstanceShape } from "./autoscaling.ts";
import { type LevelTable, levelTable } from "./level-table.ts";
import { normalDensity, normalShare, poisson } from "./probability.ts";
import type { Demand } from "./workload.ts";

const STEPS = 200;

/** Tables of one shape by load, made as they are needed; loads are told apart by half a percent. */
export class LevelTables {
  readonly shape: InstanceShape;
  readonly #byLoad = new Map<number, LevelTable>();
  readonly #demand: Demand;
  readonly #maxInstances: number;

  constructor(demand: Demand, shape: InstanceShape, maxInstances: number) {
    this.#demand = demand;
    this.shape = shape;
    this.#maxInstances = maxInstances;
  }

  /** @param before load of the interval before, of which the autoscaler still sees something for a share of this one */
  of(load: number, before = load, share = 0): LevelTable {
    const isNear = share === 0 || Math.abs(before - load) <= 0.1 * load || before + load < 0.1;
    const key = load < 1e-9 ? -20_000 : Math.round(Math.log(load) * STEPS);
    const ratio = isNear ? 0 : Math.round(Math.log((before + 1e-3) / (load + 1e-3)) * 10);
    const both = key * 1000 + ratio;
    const existing = this.#byLoad.get(both);
    if (existing !== undefined) return existing;
    const { minuteVariance, memorySeconds, workload } = this.#demand;
    const { mean, meanSquare } = workload.service;
    const rounded = load < 1e-9 ? 0 : Math.exp(key / STEPS);
    const restSeconds = mean > 0 ? meanSquare / (2 * mean) : 0;
    const noise = { minuteVariance, memorySeconds, serviceSeconds: mean, restSeconds };
    const ramp = isNear ? { from: rounded, share: 0 } : { from: before, share };
    const table = levelTable(rounded, ramp, this.shape, this.#maxInstances, noise);
    this.#byLoad.set(both, table);
    return table;
  }
}

/** Mean number of the first `minimum` instances that have no request. */
export function idleBelow(table: LevelTable, minimum: number, slots: number): number {
  const { active, activeVariance, mostWanted } = table;
  if (minimum >= mostWanted && slots > 1) return minimum - Math.min(minimum, active);
  if (slots === 1 && active < 60) {
    let idle = 0;
    for (let busy = 0; busy < minimum; busy++) idle += (minimum - busy) * poisson(active, busy);
    return idle;
  }
  const deviation = Math.sqrt(Math.max(activeVariance, 1e-12));
  const z = (minimum - active) / deviation;
  return Math.max(0, (minimum - active) * normalShare(z) + deviation * normalDensity(z));
}

import { settingsGrid } from "../../packages/platform/src/advisors/cloud-run-scaling/grid.ts";
import {
  cheapest,
  cheapestByExhaustion,
  type ScalingProblem,
} from "../../packages/platform/src/advisors/cloud-run-scaling/optimise.ts";
import { serviceTimeOf } from "../../packages/platform/src/advisors/cloud-run-scaling/simulate/service-time.ts";
import { CLOUD_RUN_TODAY } from "../../packages/platform/src/testing/cloud-run-evidence.ts";
import { atMost, type Figure, type PrintTable } from "../figure.ts";
import { FAMILIES, oracleOf, replayOf, requestsOf } from "./scaling-workloads.ts";

const SEEDS = Number(process.env.BENCH_SCALING_SEEDS ?? "2");
const CONCURRENCIES = [1, 8, 80];

/** How far the replay is from the oracle, which goes request by request. */
export const benchScaling = async (out: (figure: Figure) => void, table: PrintTable): Promise<void> => {
  const rows: string[][] = [];
  for (const family of FAMILIES) {
    const off: number[] = [];
    const sums = { replayed: 0, measured: 0 };
    for (let seed = 0; seed < SEEDS; seed++) {
      const requests = requestsOf(family, seed);
      for (const concurrency of CONCURRENCIES) {
        const oracle = oracleOf(requests, concurrency, 0, `${seed}`);
        const [replayed] = replayOf(requests, concurrency, [0], 60);
        if (replayed === undefined) continue;
        const { alive, billed } = replayed.total;
        const ofAlive = alive / 3600 / oracle.aliveHours - 1;
        const ofBilled = billed / 3600 / oracle.billedHours - 1;
        off.push(Math.abs(ofAlive), Math.abs(ofBilled));
        sums.replayed += (alive + billed) / 3600;
        sums.measured += oracle.aliveHours + oracle.billedHours;
        rows.push([
          family.name,
          String(concurrency),
          oracle.aliveHours.toFixed(2),
          percent(ofAlive),
          oracle.billedHours.toFixed(2),
          percent(ofBilled),
          `${Math.round(oracle.p95 * 1000)} ms`,
          `${Math.round(replayed.latency(0.95) * 1000)} ms`,
          percent(oracle.coldShare),
          percent(replayed.total.cold / replayed.total.requests),
        ]);
      }
    }
    const all = Math.abs(sums.replayed / sums.measured - 1);
    const note = `${SEEDS * CONCURRENCIES.length} workloads by the minute; worst of them ${percent(Math.max(...off))}`;
    out(atMost(`scaling ${family.name}: instance-hours off`, all, "ratio", 0.03, note));
  }
  table("Cloud Run: replayed against measured, instance-hours", HEADER, rows);
  benchArgmin(out);
  benchRegret(out);
};

const HEADER = [
  "Traffic",
  "Concurrency",
  "Alive",
  "replay off",
  "Billed",
  "replay off",
  "P95",
  "replayed",
  "Cold",
  "replayed",
];

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

const RATES = {
  "active cpu": 24e-6,
  "active memory": 2.5e-6,
  "idle cpu": 2.5e-6,
  "idle memory": 2.5e-6,
  requests: 0.4e-6,
  "instance cpu": 18e-6,
  "instance memory": 2e-6,
};

/** The optimiser's choice against a replay of every number of instances of the whole grid. */
function benchArgmin(out: (figure: Figure) => void): void {
  const service = serviceTimeOf(
    { bounds: [50, 100, 200, 400, 800], counts: [10, 40, 30, 15, 5, 0] },
    undefined,
  );
  if (service === undefined) return;
  const today = { ...CLOUD_RUN_TODAY, minInstances: 4, cpu: "2", memoryMiB: 2048 };
  let [worst, pruned, all, points] = [0, 0, 0, 0];
  const times = { fast: 0, slow: 0 };
  for (const perHour of [300, 20_000, 500_000]) {
    const counts = Float64Array.from({ length: 35 * 24 }, (_, hour) =>
      Math.round(perHour * (1 + 0.8 * Math.sin((2 * Math.PI * hour) / 24))),
    );
    const problem: ScalingProblem = {
      today,
      workload: { startMs: 0, intervalSeconds: 3600, counts, service },
      startupSeconds: 3,
      cpuPerRequest: 0.05,
      rates: RATES,
      limits: { p95Seconds: 0.6, errorShare: 0.001, coldShare: 0.001 },
    };
    const shapes = settingsGrid(today, {
      cpuPerRequest: 0.05,
      neededMiB: (concurrency) => 400 * Math.max(1, concurrency / today.concurrency),
      mostConcurrency: 160,
      cpuAllocations: ["request", "instance"],
      peakInstances: 8,
      leastMinimum: 0,
      mayLowerMaximum: false,
    });
    const begin = performance.now();
    const fast = cheapest(problem, shapes);
    const middle = performance.now();
    const slow = cheapestByExhaustion(problem, shapes);
    times.fast += middle - begin;
    times.slow += performance.now() - middle;
    const isSame = JSON.stringify(fast?.point) === JSON.stringify(slow?.point);
    const regret = isSame ? Math.abs((fast?.cost ?? 0) / (slow?.cost ?? 1) - 1) : 1;
    worst = Math.max(worst, slow === undefined ? 0 : regret);
    pruned += fast?.replayed ?? 0;
    all += slow?.replayed ?? 0;
    points += slow?.points ?? 0;
  }
  const note = `${pruned} of ${all} replays for ${points} points`;
  out(atMost("scaling argmin: cost above exhaustive replay", worst, "ratio", 0, note));
  out(
    atMost(
      "scaling argmin: a service, 35 days hourly",
      times.fast / 3,
      "ms",
      null,
      `exhaustive ${Math.round(times.slow / 3)} ms`,
    ),
  );
}

/** The replay's choice of a minimum and a concurrency, paid at what the oracle says, against the oracle's own choice. */
function benchRegret(out: (figure: Figure) => void): void {
  const minimums = [0, 1, 2, 3, 4];
  let worst = 0;
  for (const family of FAMILIES.filter(({ hours }) => hours <= 48)) {
    const requests = requestsOf(family, 9);
    const points = CONCURRENCIES.flatMap((concurrency) => {
      const replays = replayOf(requests, concurrency, minimums, 60);
      return minimums.map((minimum, at) => {
        const oracle = oracleOf(requests, concurrency, minimum, "regret");
        const cost = (billed: number, idle: number) => billed * 26.5 + idle * 5;
        const { billed = 0, idleMinimum = 0, cold = 0, requests: count = 1 } = replays[at]?.total ?? {};
        return {
          replayed: cost(billed / 3600, idleMinimum / 3600),
          paid: cost(oracle.billedHours, oracle.idleMinimumHours),
          isChosen: cold / count <= 0.001,
          isRight: oracle.coldShare <= 0.001,
        };
      });
    });
    const least = (list: typeof points, by: "replayed" | "paid") =>
      list.reduce((best, point) => (point[by] < best[by] ? point : best));
    const chosen = least(
      points.filter(({ isChosen }) => isChosen),
      "replayed",
    );
    const best = least(
      points.filter(({ isRight }) => isRight),
      "paid",
    );
    worst = Math.max(worst, chosen.paid / best.paid - 1);
  }
  out(
    atMost(
      "scaling choice: cost above the oracle's choice",
      worst,
      "ratio",
      0.03,
      "worst of 4 kinds of traffic, 15 settings each",
    ),
  );
}

import {
  cloudRunProblems,
  type Decimal,
  decimal,
  type Known,
  known,
  type Money,
  money,
  unknown,
} from "@trimtab/domain";
import { type Prices, pricesOf, ratesOf, unitsOf } from "./cost.ts";
import { type GridPoint, type GridShape, settingsGrid } from "./grid.ts";
import { Demands, type ScalingLimits, type ScalingProblem } from "./optimise.ts";
import { checkReplay, type ReplayCheck } from "./replay-check.ts";
import { billShare, monthlyCost } from "./savings.ts";
import { type MeasuredService, measuredService, type RunEvidence } from "./scaling-evidence.ts";
import type { ScalingSettings } from "./scaling-settings.ts";
import type { Replay } from "./simulate/replay.ts";

/** All that a decision on one service rests on. */
export interface ScalingCase {
  readonly evidence: RunEvidence;
  readonly settings: ScalingSettings;
  readonly measured: MeasuredService;
  readonly problem: ScalingProblem;
  readonly demands: Demands;
  readonly shapes: readonly GridShape[];
  readonly prices: Prices;
  readonly now: { readonly point: GridPoint; readonly replay: Replay };
  readonly check: ReplayCheck;
  readonly costNow: Money;
  /** Part of the replayed cost that is on the bill, at most 1. */
  readonly scale: Decimal;
  readonly notes: readonly string[];
}

/** Unknown: the reason why no advice can be given. */
export function scalingCase(evidence: RunEvidence, settings: ScalingSettings): Known<ScalingCase> {
  const today = evidence.resource.settings;
  const problems = cloudRunProblems(today);
  if (problems.length > 0)
    return unknown(`today's settings are not ones that Cloud Run takes: ${problems.join("; ")}`);
  const answer = measuredService(evidence, settings);
  if (answer.status === "unknown") return answer;
  const measured = answer.value;
  const prices = allPrices(evidence, settings);
  if (prices.status === "unknown") return prices;
  const basis = {
    today,
    workload: measured.workload,
    startupSeconds: measured.startupSeconds,
    cpuPerRequest: cpuPerRequest(measured, Number(today.cpu)) ?? 0,
  };
  const demands = new Demands(basis);
  const point: GridPoint = { ...today };
  const replayed = demands.replay(point);
  const check = checkReplay(measured, replayed, settings.replayTolerance);
  if (check.status === "unknown") return check;
  const limits = limitsOf(settings, replayed);
  const problem: ScalingProblem = { ...basis, rates: ratesOf(prices.value), limits };
  const cost = costToday(evidence, replayed, point, prices.value);
  if (cost.status === "unknown") return cost;
  return known({
    evidence,
    settings,
    measured,
    problem,
    demands,
    shapes: settingsGrid(today, gridBounds(measured, settings, evidence, demands)),
    prices: prices.value,
    now: { point, replay: replayed },
    check: check.value,
    ...cost.value,
  });
}

/** Today's billing must be priced; the other kind is only looked at where its prices are known. */
function allPrices(evidence: RunEvidence, settings: ScalingSettings): Known<Prices> {
  const { scope, settings: today } = evidence.resource;
  const own = pricesOf(today.cpuAllocation, scope, evidence.price);
  if (own.status === "unknown") return own;
  const other = allocations(today.cpuAllocation, settings).find((kind) => kind !== today.cpuAllocation);
  if (other === undefined) return own;
  const others = pricesOf(other, scope, evidence.price);
  const [first] = Object.values(own.value);
  const isSame = others.status === "known" && Object.values(others.value)[0]?.currency === first?.currency;
  return isSame ? known({ ...own.value, ...others.value }) : own;
}

function allocations(
  today: GridPoint["cpuAllocation"],
  { cpuAllocation }: ScalingSettings,
): readonly GridPoint["cpuAllocation"][] {
  if (cpuAllocation === "both") return ["request", "instance"];
  if (cpuAllocation === "to-instance" && today === "request") return ["request", "instance"];
  return [today];
}

/** vCPU that a request uses while it is handled: what all of them use, over those in work. */
function cpuPerRequest({ usedCpu, workload }: MeasuredService, cpu: number): number | undefined {
  if (usedCpu === undefined) return undefined;
  let [requests, seconds] = [0, 0];
  for (const count of workload.counts) {
    if (Number.isNaN(count)) continue;
    requests += count;
    seconds += workload.intervalSeconds;
  }
  const load = (requests * workload.service.mean) / seconds;
  return Math.min(cpu, usedCpu / load);
}

function gridBounds(
  measured: MeasuredService,
  settings: ScalingSettings,
  evidence: RunEvidence,
  demands: Demands,
): Parameters<typeof settingsGrid>[1] {
  const today = evidence.resource.settings;
  const { usedMiB } = measured;
  const { demand, shape } = demands.of(today);
  const mostLoad = demand.load.reduce((most, load) => Math.max(most, load), 0);
  return {
    cpuPerRequest: cpuPerRequest(measured, Number(today.cpu)),
    // What a request adds to an instance's memory is not known, so all of it is taken to grow with them.
    neededMiB:
      usedMiB === undefined
        ? undefined
        : (concurrency) =>
            usedMiB * (1 + settings.memoryHeadroom) * Math.max(1, concurrency / today.concurrency),
    mostConcurrency: today.concurrency === 1 ? 1 : today.concurrency * settings.concurrencyFactor,
    cpuAllocations: allocations(today.cpuAllocation, settings),
    leastMinimum: settings.leastMinInstances,
    mayLowerMaximum: settings.mayLowerMaximum,
    peakInstances: Math.ceil(mostLoad / shape.target - 1e-9),
  };
}

/** The user's limits; where there are none, no worse than today, with a tolerance. */
function limitsOf(settings: ScalingSettings, today: Replay): ScalingLimits {
  const requests = Math.max(1, today.total.requests);
  return {
    p95Seconds:
      settings.p95Ms === undefined
        ? today.latency(0.95) * (1 + settings.latencyTolerance)
        : settings.p95Ms / 1000,
    errorShare: settings.errorShare ?? today.total.refused / requests + 0.001,
    coldShare: settings.coldStartShare ?? today.total.cold / requests + 0.001,
  };
}

function costToday(
  { cost }: RunEvidence,
  replayed: Replay,
  point: GridPoint,
  prices: Prices,
): Known<Pick<ScalingCase, "costNow" | "scale" | "notes">> {
  const currency = Object.values(prices)[0]?.currency;
  if (currency === undefined) return unknown("it has no prices");
  const modelled = monthlyCost(unitsOf(replayed.total, point), replayed.total.seconds, prices);
  if (cost.status === "unknown") {
    const note = `What it costs today is replayed, not billed: ${cost.reason}`;
    return known({ costNow: money(modelled, currency), scale: decimal("1"), notes: [note] });
  }
  if (cost.value.currency !== currency)
    return unknown(`it is billed in ${cost.value.currency}, its prices are in ${currency}`);
  const { effectiveMonthly } = cost.value;
  const scale = billShare(effectiveMonthly, modelled);
  if (Number(String(scale)) < 0.5)
    return unknown(
      `the bill says ${effectiveMonthly} ${currency} a month, the replay ${modelled}: not half of what was replayed was billed`,
    );
  const isScaled = scale.toString() !== "1";
  const note = `The bill has ${scale} of what the replay says that it costs; savings are scaled down to that`;
  return known({ costNow: money(effectiveMonthly, currency), scale, notes: isScaled ? [note] : [] });
}

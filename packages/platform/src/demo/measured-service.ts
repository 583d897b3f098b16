import { type Day, type Instant, instant, type ResourceMetric } from "@trimtab/domain";
import { seededRandom } from "./random.ts";
import type { MeasuredPoint, MeasuredWindow } from "./resource-files.ts";
import { type Shape, weightAt } from "./shape.ts";

/** The use of one Cloud Run service. */
export interface MeasuredService {
  /** Its id in the inventory. */
  readonly resource: string;
  /** Requests a second on a day and an hour of factor 1. */
  readonly perSecond: number;
  readonly shape: Shape;
  /** By UTC hour. */
  readonly hours: readonly number[];
  /** Share of requests that take so many milliseconds, up to each bound; evenly spread between two. */
  readonly latency: { readonly bounds: readonly number[]; readonly shares: readonly number[] };
  readonly concurrency: number;
  readonly minInstances: number;
  /** Share of the CPU in use while an instance works; of its memory, at the most. */
  readonly cpu: number;
  readonly memory: number;
  readonly startupMs: number;
  /** Share of requests answered by a server error. */
  readonly errors: number;
}

const STEP_SECONDS = 900;
const STEPS_PER_HOUR = 4;
/** What Cloud Run's autoscaler aims at, and how far above the mean a quarter of an hour's peak is, in standard deviations. */
const TARGET = 0.6;
const PEAK = 2;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Requests, instances, latency and use of a service, as Cloud Monitoring would tell them. */
export function measuredService(window: MeasuredWindow, service: MeasuredService): MeasuredPoint[] {
  const random = seededRandom(`${window.seed}/${service.resource}`);
  return window.days.flatMap((date) => {
    const weight = weightAt(service.shape, 1, window.billedFrom, date, undefined, random);
    const perSecond = service.perSecond * Number(String(weight)) * 1e-6;
    return HOURS.flatMap((hour) => ofHour(service, date, hour, perSecond, random));
  });
}

function ofHour(
  service: MeasuredService,
  date: Day,
  hour: number,
  perSecond: number,
  random: () => number,
): MeasuredPoint[] {
  const { resource } = service;
  const steps = Array.from({ length: STEPS_PER_HOUR }, (_, quarter) => {
    const rate = perSecond * factorAt(service.hours, hour, quarter) * (0.96 + 0.08 * random());
    const requests = Math.round(rate * STEP_SECONDS);
    const instances = instancesOf(service, requests / STEP_SECONDS);
    return { time: momentOf(date, hour, quarter), requests, ...instances };
  });
  const quarters = steps.flatMap(({ time, requests, active, idle }) => {
    const at = { resource, time, intervalSeconds: STEP_SECONDS };
    return [
      { ...at, metric: "requests" as const, statistic: "sum", value: requests },
      { ...at, metric: "instances.active" as const, statistic: "mean", value: rounded(active) },
      { ...at, metric: "instances.idle" as const, statistic: "mean", value: rounded(idle) },
    ];
  });
  const requests = steps.reduce((sum, step) => sum + step.requests, 0);
  const point = (metric: ResourceMetric, statistic: string, value: number | string): MeasuredPoint => ({
    resource,
    metric,
    statistic,
    time: momentOf(date, hour, 0),
    value,
    intervalSeconds: 3600,
  });
  const { bounds, shares } = service.latency;
  const counts = [...shares.map((share) => Math.round(share * requests)), 0];
  return [
    ...quarters,
    point("request.latency", "histogram", JSON.stringify({ bounds, counts })),
    point("request.errors", "sum", Math.round(requests * service.errors * 2 * random())),
    point("cpu.utilization", "mean", rounded(service.cpu * (0.95 + 0.1 * random()))),
    point("memory.utilization", "max", rounded(service.memory * (0.9 + 0.1 * random()))),
    point("instance.startup.latency", "p95", Math.round(service.startupMs * (0.9 + 0.2 * random()))),
  ];
}

/** Between two hours the day goes straight from one to the other. */
function factorAt(hours: readonly number[], hour: number, quarter: number): number {
  const [now = 1, next = 1] = [hours[hour], hours[(hour + 1) % 24]];
  return now + (next - now) * 0.25 * quarter;
}

/**
 * Those that work, on average, and those that wait: kept for a quarter of an hour after a peak, or as the minimum.
 * Only roots besides `+`, `*` and `/`: they are the same on every machine.
 */
function instancesOf({ concurrency, minInstances, latency }: MeasuredService, perSecond: number) {
  const load = perSecond * meanMs(latency) * 0.001;
  const room = TARGET * concurrency;
  const peak = Math.ceil((load + PEAK * Math.sqrt(load)) / Math.max(1, room));
  const alive = Math.max(minInstances, peak);
  const active = Math.min(alive, load / Math.max(1, room));
  return { active, idle: alive - active };
}

function meanMs({ bounds, shares }: MeasuredService["latency"]): number {
  return shares.reduce(
    (sum, share, index) => sum + (share * ((bounds[index - 1] ?? 0) + (bounds[index] ?? 0))) / 2,
    0,
  );
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const momentOf = (date: Day, hour: number, quarter: number): Instant =>
  instant(
    `${date}T${String(hour).padStart(2, "0")}:${String((quarter * STEP_SECONDS) / 60).padStart(2, "0")}:00Z`,
  );

import { instant, type ResourceMetric } from "@trimtab/domain";
import { seededRandom } from "./random.ts";
import type { MeasuredPoint, MeasuredWindow } from "./resource-files.ts";
import { type Shape, weightAt } from "./shape.ts";

/** Hourly values of a database or a machine. */
export interface MeasuredLevels {
  /** Its id in the inventory. */
  readonly resource: string;
  readonly shape: Shape;
  /** By UTC hour; without them every hour is alike. */
  readonly hours?: readonly number[];
  readonly levels: readonly {
    readonly metric: ResourceMetric;
    readonly statistic: "max" | "mean" | "sum" | "last";
    /** In an hour of factor 1. */
    readonly value: number;
    /** What it keeps of a quiet hour: 1 is a level that no load moves. */
    readonly base?: number;
    readonly most?: number;
    readonly places?: number;
  }[];
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function measuredLevels(
  window: MeasuredWindow,
  { resource, shape, hours, levels }: MeasuredLevels,
): MeasuredPoint[] {
  return levels.flatMap(({ metric, statistic, value, base = 0, most = Number.MAX_VALUE, places = 0 }) => {
    const random = seededRandom(`${window.seed}/${resource}/${metric}/${statistic}`);
    const scale = 10 ** places;
    return window.days.flatMap((date) => {
      const ofDay = Number(String(weightAt(shape, 1, window.billedFrom, date, undefined, random))) * 1e-6;
      return HOURS.map((hour) => {
        const load = ofDay * (hours?.[hour] ?? 1) * (0.95 + 0.1 * random());
        const level = Math.min(most, value * (base + (1 - base) * load));
        return {
          resource,
          metric,
          statistic,
          time: instant(`${date}T${String(hour).padStart(2, "0")}:00:00Z`),
          value: Math.round(level * scale) / scale,
          intervalSeconds: 3600,
        };
      });
    });
  });
}

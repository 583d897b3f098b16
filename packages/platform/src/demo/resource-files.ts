import {
  type Day,
  day,
  type Instant,
  type InventoryItem,
  RESOURCE_METRICS,
  type ResourceMetric,
} from "@trimtab/domain";
import type { DemoFile } from "./estate.ts";
import { type MeasuredLevels, measuredLevels } from "./measured-levels.ts";
import { type MeasuredService, measuredService } from "./measured-service.ts";
import { eachDay } from "./spread.ts";

/** What a company's resources are set to and what was measured of them: what advice rests on besides the bill. */
export interface EstateResources {
  /** When the settings were read: the end of the window, too. */
  readonly readAt: Instant;
  /** The first day that was measured; shapes count their growth from the bill's first. */
  readonly measuredFrom: string;
  readonly billedFrom: string;
  readonly inventory: readonly InventoryItem[];
  readonly services: readonly MeasuredService[];
  readonly levels: readonly MeasuredLevels[];
  /** Lines of a price list: for what the bill has no charge of. */
  readonly prices: readonly string[];
}

/** One measured value; a histogram's is its JSON. */
export interface MeasuredPoint {
  readonly resource: string;
  readonly metric: ResourceMetric;
  readonly statistic: string;
  readonly time: Instant;
  readonly value: number | string;
  readonly intervalSeconds: number;
}

/** The days of a measurement, and what makes it the same each time. */
export interface MeasuredWindow {
  readonly seed: string;
  readonly billedFrom: Day;
  readonly days: readonly Day[];
}

/** Paths inside the estate's folder: what `trimtab inventory load`, `prices load` and `metrics ingest` take. */
export const INVENTORY = "inventory.json";
export const PRICES = "prices.csv";
export const RESOURCE_METRICS_FILE = "metrics/resources.csv";

export function resourceFiles(seed: string, resources: EstateResources): DemoFile[] {
  const { readAt, measuredFrom, billedFrom, inventory, services, levels, prices } = resources;
  const days = eachDay(day(measuredFrom), day(readAt.slice(0, 10)));
  const window: MeasuredWindow = { seed, billedFrom: day(billedFrom), days };
  const points = [
    ...services.flatMap((service) => measuredService(window, service)),
    ...levels.flatMap((each) => measuredLevels(window, each)),
  ];
  return [
    { kind: "text", path: INVENTORY, content: `${JSON.stringify(inventory, null, 2)}\n` },
    {
      kind: "text",
      path: PRICES,
      content: `${["item,attributes,region,price,currency,date,source", ...prices].join("\n")}\n`,
    },
    {
      kind: "text",
      path: RESOURCE_METRICS_FILE,
      content: `${["resource,metric,statistic,time,value,unit,interval", ...points.map(lineOf)].join("\n")}\n`,
    },
  ];
}

function lineOf({ resource, metric, statistic, time, value, intervalSeconds }: MeasuredPoint): string {
  const cell = typeof value === "number" ? String(value) : `"${value.replaceAll('"', '""')}"`;
  return `${resource},${metric},${statistic},${time},${cell},${RESOURCE_METRICS[metric].unit},${intervalSeconds}`;
}

import { type Day, type Decimal, day, daysBetween, decimal } from "@trimtab/domain";
import type { Random } from "./random.ts";

/** Some days `[from, until)` on which a line costs `factor` times as much. With a cause it is a labelled anomaly. */
export interface Surge {
  readonly from: string;
  readonly until: string;
  readonly factor: number;
  readonly cause?: string;
}

/** How the cost of one line of a bill moves over time: factors on its base weight. */
export interface Shape {
  /** Monday first. */
  readonly weekdays?: readonly number[];
  /** By UTC hour; only hourly lines have it. */
  readonly hours?: readonly number[];
  /** Linear, as a share of the base weight each day since the bill began. */
  readonly growthPerDay?: number;
  /** Deploys and resizings: each multiplies all that comes after. */
  readonly steps?: readonly { readonly from: string; readonly factor: number }[];
  readonly surges?: readonly Surge[];
  /** Largest relative deviation from what the other factors say. */
  readonly noise?: number;
  /** First day and first day after the last one, where the line does not last as long as the bill. */
  readonly from?: string;
  readonly until?: string;
}

export const OFFICE_WEEK = [1.06, 1.1, 1.12, 1.1, 1.02, 0.72, 0.68] as const;
export const STEADY_WEEK = [1, 1, 1, 1, 1, 1, 1] as const;
export const CONSUMER_WEEK = [0.94, 0.95, 0.97, 1, 1.06, 1.12, 1.1] as const;

/** UTC hours of a product whose users are in the Americas. */
export const AMERICAN_DAY = [
  0.95, 0.82, 0.68, 0.55, 0.46, 0.4, 0.38, 0.4, 0.46, 0.55, 0.68, 0.85, 1.05, 1.25, 1.42, 1.52, 1.58, 1.6,
  1.58, 1.52, 1.42, 1.3, 1.18, 1.06,
] as const;

const MONDAY = day("2024-01-01");

function isActive({ from, until }: Shape, date: Day): boolean {
  return (from === undefined || date >= from) && (until === undefined || date < until);
}

/** 0 is Monday. */
export function weekdayOf(date: Day): number {
  return ((daysBetween(MONDAY, date) % 7) + 7) % 7;
}

/**
 * The line's weight in one day or hour, relative to its base weight, as a whole number of millionths.
 * Only `+` and `*` are used: they give the same digits on every machine.
 */
export function weightAt(
  shape: Shape,
  base: number,
  start: Day,
  date: Day,
  hour: number | undefined,
  random: Random,
): Decimal {
  const deviation = (random() * 2 - 1) * (shape.noise ?? 0.03);
  if (!isActive(shape, date)) return decimal(0n);
  const ofDay = (shape.weekdays ?? STEADY_WEEK)[weekdayOf(date)] ?? 1;
  const ofHour = hour === undefined ? 1 : ((shape.hours ?? [])[hour] ?? 1) * (1 / 24);
  const growth = 1 + (shape.growthPerDay ?? 0) * daysBetween(start, date);
  const stepped = (shape.steps ?? [])
    .filter(({ from }) => from <= date)
    .reduce((factor, step) => factor * step.factor, 1);
  const surged = (shape.surges ?? [])
    .filter(({ from, until }) => from <= date && date < until)
    .reduce((factor, surge) => factor * surge.factor, 1);
  const weight = base * ofDay * ofHour * growth * stepped * surged * (1 + deviation);
  return decimal(BigInt(Math.round(weight * 1_000_000)));
}

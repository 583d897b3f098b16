import {
  decimal,
  divide,
  type Evidence,
  estimate,
  HOURS_PER_MONTH,
  HOURS_PER_WEEK,
  type InventoryItem,
  instantOf,
  type Json,
  type MetricSeriesPoints,
  money,
  multiply,
  RESOURCE_METRICS,
  type RecommendationDraft,
  type RunningHours,
  type SavingLine,
  sumDecimals,
} from "@trimtab/domain";
import { z } from "zod";
import { defineAdvisor, type ResourceEvidence } from "../advisor.ts";
import { about } from "../setting-meta.ts";
import { hourOfWeekIn } from "../shared/hour-of-week.ts";
import { nonProductionTag } from "../shared/non-production.ts";
import { workHours } from "../shared/saving-lines.ts";
import { type QuietHours, quietHours } from "./quiet-hours.ts";
import { OFF_HOURS_KINDS, type OffHoursKind, type RunningCost, runningCost } from "./running-cost.ts";

const isZone = (name: string): boolean => Intl.supportedValuesOf("timeZone").includes(name) || name === "UTC";

const settingsSchema = z.object({
  timeZone: z
    .string()
    .refine(isZone, "not an IANA time zone")
    .default("UTC")
    .meta(about({ description: "where the people are who use what is not production" })),
  offHoursDays: z
    .int()
    .min(14)
    .max(400)
    .default(42)
    .meta(about({ description: "days of activity that are looked at", unit: "days", isEvidence: true })),
  offHoursMissRate: z
    .number()
    .min(0)
    .max(0.2)
    .default(0.02)
    .meta(
      about({
        description: "share of the hours with activity that may fall into the hours off",
        unit: "share",
      }),
    ),
  idleCpu: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.05)
    .meta(about({ description: "CPU use up to which a machine counts as idle", unit: "share" })),
});

type Settings = z.output<typeof settingsSchema>;

/** Below this a schedule is not worth its upkeep. */
const MIN_HOURS_OFF = 28;

/** What is not production and sleeps at night: hours of the week in which nothing ever happened. */
export const offHoursAdvisor = defineAdvisor({
  apiVersion: 1,
  id: "off-hours",
  summary: "machines and databases that are not production, off while nobody uses them",
  kinds: OFF_HOURS_KINDS,
  settings: settingsSchema,
  needs: [
    { metric: "cpu.utilization", statistic: "max", detail: "series", required: true },
    { metric: "connections", statistic: "max", detail: "series", required: false },
  ],
  windowDays: ({ offHoursDays }) => offHoursDays,
  passOver: (resource) => reasonToPassOver(resource),
  advise: (evidence, settings) => {
    const activity = activityOf(evidence);
    if (activity.status === "unknown") return { status: "abstained", reason: activity.reason };
    const { series, threshold, about } = { ...activity.value, ...thresholdOf(activity.value, settings) };
    const days = (series.values.length * series.intervalSeconds) / 86_400;
    const present = series.values.filter((value) => value !== null).length;
    if (days < 14)
      return { status: "abstained", reason: `${series.metric} is known for ${days.toFixed(1)} days, not 14` };
    if (series.intervalSeconds > 3600)
      return {
        status: "abstained",
        reason: `${series.metric} is known for every ${series.intervalSeconds} s, not every hour`,
      };
    if (present < series.values.length * 0.8)
      return {
        status: "abstained",
        reason: `${series.metric} has ${present} of ${series.values.length} points`,
      };
    const quiet = quietHours(activeHours(series, threshold, settings.timeZone), settings.offHoursMissRate);
    if (quiet.hoursOff < MIN_HOURS_OFF)
      return {
        status: "fine",
        reason: `it is in use in all but ${quiet.hoursOff} of ${HOURS_PER_WEEK} hours of the week`,
      };
    const cost = runningCost(evidence);
    if (cost.status === "unknown") return { status: "abstained", reason: cost.reason };
    const schedule = scheduleOf(quiet, settings.timeZone);
    return {
      status: "recommended",
      drafts: [draftOf(evidence, { schedule, quiet, series, threshold, about, cost: cost.value, present })],
    };
  },
});

function reasonToPassOver(resource: InventoryItem<OffHoursKind>): string | undefined {
  if (nonProductionTag(resource) === undefined) return "no tag says that it is not production";
  switch (resource.kind) {
    case "compute.googleapis.com/Instance":
    case "AWS::EC2::Instance": {
      const { status, managedBy } = resource.settings;
      if (status !== "running") return `it is ${status}`;
      return managedBy === null ? undefined : `${managedBy} starts and stops it`;
    }
    case "AWS::RDS::DBInstance": {
      const { status, cluster, replicaOf, replicas } = resource.settings;
      if (status !== "available") return `it is ${status}`;
      if (cluster !== null) return `it belongs to the cluster ${cluster}, which is stopped as a whole`;
      return replicaOf === null && replicas.length === 0 ? undefined : "RDS stops no instance with replicas";
    }
    case "sqladmin.googleapis.com/Instance": {
      const { activationPolicy, replicaOf, replicas } = resource.settings;
      if (activationPolicy !== "ALWAYS") return "it is not always on already";
      return replicaOf === null && replicas.length === 0
        ? undefined
        : "an instance with replicas is not stopped";
    }
  }
}

interface Activity {
  readonly series: MetricSeriesPoints;
  readonly isConnections: boolean;
}

/** Connections tell the use of a database better than its CPU, which background work keeps busy. */
function activityOf({ resource, series }: ResourceEvidence<OffHoursKind>) {
  const isDatabase =
    resource.kind === "AWS::RDS::DBInstance" || resource.kind === "sqladmin.googleapis.com/Instance";
  const connections = isDatabase ? series("connections", "max") : undefined;
  const found = connections?.status === "known" ? connections : series("cpu.utilization", "max");
  if (found.status === "unknown") return found;
  const value: Activity = { series: found.value, isConnections: found === connections };
  return { status: "known", value } as const;
}

const thresholdOf = ({ isConnections }: Activity, { idleCpu }: Settings) =>
  isConnections ? { threshold: 0, about: "open connections" } : { threshold: idleCpu, about: "CPU in use" };

function activeHours(
  { start, intervalSeconds, values }: MetricSeriesPoints,
  threshold: number,
  timeZone: string,
): readonly number[] {
  const counts = Array.from({ length: HOURS_PER_WEEK }, () => 0);
  const hourOf = hourOfWeekIn(timeZone);
  const from = Date.parse(start);
  for (const [index, value] of values.entries()) {
    if (value === null || value <= threshold) continue;
    const hour = hourOf(from + index * intervalSeconds * 1000);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  return counts;
}

/** As the action takes it: midnight is the start of the next day. */
function scheduleOf(
  { days, from, to }: QuietHours,
  timeZone: string,
): RunningHours & { readonly [key: string]: Json } {
  const clock = (hour: number): string => `${String(hour % 24).padStart(2, "0")}:00`;
  return { days, start: clock(from), stop: clock(to), timeZone };
}

interface Found {
  readonly schedule: RunningHours & { readonly [key: string]: Json };
  readonly quiet: QuietHours;
  readonly series: MetricSeriesPoints;
  readonly threshold: number;
  readonly about: string;
  readonly cost: RunningCost;
  readonly present: number;
}

function draftOf(
  { resource, cost: billed, now }: ResourceEvidence<OffHoursKind>,
  found: Found,
): RecommendationDraft {
  const { schedule, quiet, cost } = found;
  const isDatabase =
    resource.kind === "AWS::RDS::DBInstance" || resource.kind === "sqladmin.googleapis.com/Instance";
  const lines = linesOf(cost, quiet);
  const [first] = cost;
  const full = sumDecimals(
    cost.map(({ unitsPerHour, price }) =>
      multiply(multiply(unitsPerHour, decimal(HOURS_PER_MONTH)), price.price),
    ),
  );
  const tag = nonProductionTag(resource) ?? "";
  return {
    fingerprint: "off-hours",
    title: `Stop ${resource.name} while nobody uses it: ${quiet.hoursOff} of ${HOURS_PER_WEEK} hours a week`,
    action: "off-hours",
    changes: [{ setting: "offHours", from: null, to: { ...schedule } }],
    costNow:
      billed.status === "known"
        ? money(billed.value.effectiveMonthly, billed.value.currency)
        : money(full, first.price.currency),
    lines,
    evidence: [plotOf(found)],
    risk: {
      level: isDatabase ? "medium" : "low",
      breaks: [
        "Who works outside the hours finds it off and has to start it.",
        ...(isDatabase
          ? ["Jobs and backups that are timed into the hours off don't run."]
          : ["Jobs that are timed into the hours off don't run."]),
      ],
      mitigations: ["Anyone with the right may start it at any time.", "The schedule is removed at once."],
    },
    effort: {
      hours: workHours("0.5", "1", "4"),
      about: "agree the hours with its users, set up the schedule",
    },
    confidence: {
      value: quiet.active === 0 ? 0.7 : 0.85,
      reason: `${found.present} observed points; ${quiet.missed} of ${quiet.active} with activity fall into the hours off`,
    },
    reversibility: "reversible",
    prerequisites: [`The tag ${tag} is right: it is not production.`],
    guardrails: [],
    notes: [
      ...(isDatabase
        ? ["Its storage and backups are paid while it is stopped."]
        : ["Its disks and reserved addresses are paid while it is stopped."]),
      ...(quiet.active === 0 ? ["It was never in use in the window: it may not be needed at all."] : []),
      `Read at ${now}.`,
    ],
  };
}

/** Low: one hour of each day on is lost to early starts and late stops; mid: half of it. */
function linesOf(cost: RunningCost, { hoursOff, days }: QuietHours): readonly SavingLine[] {
  const daysOn = days.length;
  const monthly = (hoursPerWeek: number) =>
    divide(
      multiply(decimal(String(hoursPerWeek)), decimal(HOURS_PER_MONTH)),
      decimal(String(HOURS_PER_WEEK)),
      9,
      "down",
    );
  const [low, mid, high] = [
    monthly(Math.max(0, hoursOff - daysOn)),
    monthly(Math.max(0, hoursOff - daysOn / 2)),
    monthly(hoursOff),
  ] as const;
  return cost.map(({ about, unitsPerHour, price }) => ({
    about: `${about} in ${hoursOff} hours off a week`,
    units: estimate(multiply(low, unitsPerHour), multiply(mid, unitsPerHour), multiply(high, unitsPerHour)),
    price,
  }));
}

function plotOf({ series, threshold, about, present }: Found): Evidence {
  const { metric, statistic, start, intervalSeconds, values } = series;
  const end = instantOf(new Date(Date.parse(start) + values.length * intervalSeconds * 1000));
  return {
    about,
    metric,
    statistic,
    unit: RESOURCE_METRICS[metric].unit,
    start,
    end,
    samples: present,
    expected: values.length,
    points: [],
    marks: [{ label: "in use above", value: threshold }],
  };
}

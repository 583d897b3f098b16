import { RESOURCE_METRICS, type ResourceMetric, TrimtabError } from "@trimtab/domain";
import { BASE_MODEL, findMeasure } from "../../../query/model/model.ts";
import { parseFilterText } from "../../../query/parse-query.ts";
import type { Filter } from "../../../query/types.ts";
import { type CriterionWindow, parseWindow } from "./criterion-window.ts";

const STATISTICS = ["sum", "mean", "min", "max", "p50", "p90", "p95", "p99"] as const;
export type Statistic = (typeof STATISTICS)[number];

/** One thing that a criterion has measured. */
export type Measurement = {
  readonly text: string;
} /** A measure of the lake: `effective(ServiceName = 'Cloud Run', last 30 days)`. */ & (
  | {
      readonly kind: "cost";
      readonly measure: string;
      readonly where?: Filter;
      readonly window: CriterionWindow;
    }
  /** A metric of a resource: `p95(request.latency, 'api', last 7 days)`. */
  | {
      readonly kind: "resource";
      readonly statistic: Statistic;
      readonly metric: ResourceMetric;
      readonly resource: string;
      readonly window: CriterionWindow;
    }
  /** A business metric: `total(requests, last 30 days)`, `average(users, last 30 days)`. */
  | {
      readonly kind: "business";
      readonly how: "total" | "average";
      readonly metric: string;
      readonly window: CriterionWindow;
    }
  /** How many sign-offs the programme has of a title: `signed-off('Design')`. */
  | { readonly kind: "sign-off"; readonly title: string }
);

export type ParsedMeasurement =
  | { readonly status: "parsed"; readonly measurement: Measurement }
  | { readonly status: "unreadable"; readonly problem: string }
  /** The call is a function over figures, of the expression language. */
  | { readonly status: "other" };

const unreadable = (problem: string): ParsedMeasurement => ({ status: "unreadable", problem });
const MONTH_OF_COSTS: CriterionWindow = { kind: "days", count: 30 };
const WEEK_OF_METRICS: CriterionWindow = { kind: "days", count: 7 };

/** Reads one call; `parts` are the texts between its commas. */
export function parseMeasurement(name: string, parts: readonly string[], text: string): ParsedMeasurement {
  const [first = "", ...rest] = parts;
  if (name === "signed-off") {
    const title = quoted(first);
    return title === undefined || rest.length > 0
      ? unreadable("signed-off needs one title in single quotes")
      : { status: "parsed", measurement: { text, kind: "sign-off", title } };
  }
  if (name === "total" || name === "average") return businessMetric(name, first, rest, text);
  const statistic = STATISTICS.find((one) => one === name);
  if (statistic !== undefined && (isResourceMetric(first) || statistic.startsWith("p")))
    return resourceMetric(statistic, first, rest, text);
  const measure = findMeasure(name, BASE_MODEL)?.id ?? (name.startsWith("cost-per:") ? name : undefined);
  return measure === undefined ? { status: "other" } : cost(measure, parts, text);
}

function cost(measure: string, parts: readonly string[], text: string): ParsedMeasurement {
  const windows = parts.flatMap((part) => parseWindow(part) ?? []);
  const filters = parts.filter((part) => part !== "" && parseWindow(part) === undefined);
  if (windows.length > 1 || filters.length > 1)
    return unreadable(`${measure} takes one condition and one window of time at most`);
  const [condition] = filters;
  try {
    const where = condition === undefined ? {} : { where: parseFilterText(condition) };
    const window = windows[0] ?? MONTH_OF_COSTS;
    return { status: "parsed", measurement: { text, kind: "cost", measure, ...where, window } };
  } catch (error) {
    if (!(error instanceof TrimtabError)) throw error;
    return unreadable(error.message);
  }
}

function resourceMetric(
  statistic: Statistic,
  metric: string,
  [name = "", window, ...more]: readonly string[],
  text: string,
): ParsedMeasurement {
  const resource = quoted(name);
  if (!isResourceMetric(metric)) {
    const known = Object.keys(RESOURCE_METRICS).join(", ");
    return unreadable(`${metric} is no metric of resources; there are ${known}`);
  }
  if (resource === undefined || more.length > 0)
    return unreadable(
      `${statistic} needs a metric, a resource in single quotes, and may have a window of time`,
    );
  const over = window === undefined ? WEEK_OF_METRICS : parseWindow(window);
  return over === undefined
    ? unreadable(`${window} is no window of time`)
    : {
        status: "parsed",
        measurement: { text, kind: "resource", statistic, metric, resource, window: over },
      };
}

function businessMetric(
  how: "total" | "average",
  metric: string,
  [window, ...more]: readonly string[],
  text: string,
): ParsedMeasurement {
  const over = window === undefined ? MONTH_OF_COSTS : parseWindow(window);
  if (!/^[a-z][a-z0-9_-]*$/.test(metric) || more.length > 0 || over === undefined)
    return unreadable(`${how} needs the name of a business metric, and may have a window of time`);
  return { status: "parsed", measurement: { text, kind: "business", how, metric, window: over } };
}

function isResourceMetric(text: string): text is ResourceMetric {
  return Object.hasOwn(RESOURCE_METRICS, text);
}

function quoted(text: string): string | undefined {
  return /^'((?:[^']|'')+)'$/.exec(text)?.[1]?.replaceAll("''", "'");
}

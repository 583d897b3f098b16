import {
  currencyCode,
  day,
  decimal,
  type Instant,
  type InventoryItem,
  instant,
  type Known,
  known,
  type MetricSeriesPoints,
  type MetricSummary,
  type PriceItem,
  type PriceQuestion,
  type ResourceCost,
  type ResourceKind,
  type ResourceMetric,
  type UnitPrice,
  unknown,
} from "@trimtab/domain";
import type { ResourceEvidence } from "../advisors/advisor.ts";

export const NOW: Instant = instant("2026-06-30T00:00:00Z");

/** What is known of a resource in a test; what is not given is unknown. */
export interface GivenEvidence<K extends ResourceKind> {
  readonly resource: InventoryItem<K>;
  readonly summaries?: readonly MetricSummary[];
  readonly series?: readonly MetricSeriesPoints[];
  /** By price item, and where it has attributes by `item value value`. */
  readonly prices?: Readonly<Record<string, string>>;
  readonly cost?: ResourceCost;
  readonly inventory?: readonly InventoryItem[];
  readonly referring?: readonly InventoryItem[];
}

export function evidenceOf<K extends ResourceKind>(given: GivenEvidence<K>): ResourceEvidence<K> {
  const { resource, summaries = [], series = [], prices = {}, cost, inventory = [], referring = [] } = given;
  const missing = (metric: ResourceMetric): Known<never> => unknown(`${metric} is not known`);
  return {
    resource,
    now: NOW,
    summary: (metric, statistic) => {
      const found = summaries.find((each) => each.metric === metric && each.statistic === statistic);
      return found === undefined ? missing(metric) : known(found);
    },
    series: (metric, statistic) => {
      const found = series.find((each) => each.metric === metric && each.statistic === statistic);
      return found === undefined ? missing(metric) : known(found);
    },
    distribution: missing,
    cost: cost === undefined ? unknown("the bill does not name it") : known(cost),
    price: (question) => priceIn(prices, question),
    other: (id) => inventory.find((each) => each.id === id),
    referring: () => referring,
  };
}

function priceIn(prices: Readonly<Record<string, string>>, question: PriceQuestion): Known<UnitPrice> {
  const text =
    prices[[question.item, ...Object.values(question.attributes)].join(" ")] ?? prices[question.item];
  return text === undefined ? unknown(`no price of ${question.item}`) : known(unitPrice(question, text));
}

export function unitPrice(question: PriceQuestion, price: string): UnitPrice {
  return {
    question,
    price: decimal(price),
    currency: currencyCode("USD"),
    unit: unitOf(question.item),
    origin: { kind: "list", source: "a test", date: day("2026-06-01") },
  };
}

const unitOf = (item: PriceItem): string => item;

/** A month's cost in dollars. */
export function costOf(monthly: string): ResourceCost {
  const amount = decimal(monthly);
  return {
    currency: currencyCode("USD"),
    effectiveMonthly: amount,
    billedMonthly: amount,
    days: 30,
    rows: 30,
  };
}

/** Hourly points of the days before {@link NOW}, all there. */
export function summaryOf(
  metric: ResourceMetric,
  statistic: MetricSummary["statistic"],
  values: Partial<Pick<MetricSummary, "min" | "mean" | "p50" | "p95" | "p99" | "max" | "sum">>,
  { days = 42, samples = days * 24 }: { readonly days?: number; readonly samples?: number } = {},
): MetricSummary {
  const { max = 0, min = 0, mean = max, p50 = mean, p95 = max, p99 = max, sum = max } = values;
  return {
    metric,
    statistic,
    start: instant(new Date(Date.parse(NOW) - days * 86_400_000).toISOString()),
    end: NOW,
    samples,
    expected: days * 24,
    intervalSeconds: 3600,
    min,
    mean,
    p50,
    p95,
    p99,
    max,
    sum,
  };
}

/** Hourly values of the days before {@link NOW}, by the moment that each begins. */
export function hourlySeries(
  metric: ResourceMetric,
  days: number,
  valueAt: (time: Date) => number | null,
): MetricSeriesPoints {
  const from = Date.parse(NOW) - days * 86_400_000;
  return {
    metric,
    statistic: "max",
    start: instant(new Date(from).toISOString()),
    intervalSeconds: 3600,
    values: Array.from({ length: days * 24 }, (_, hour) => valueAt(new Date(from + hour * 3_600_000))),
  };
}

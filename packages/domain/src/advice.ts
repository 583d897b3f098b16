import type { Instant } from "./calendar.ts";
import type { Json } from "./canonical-json.ts";
import type { Decimal } from "./decimal.ts";
import type { Estimate, MoneyEstimate } from "./estimate.ts";
import type { CurrencyCode, Money } from "./money.ts";
import type { UnitPrice } from "./price.ts";
import type { RecommendationKey } from "./recommendation.ts";
import type { ResourceRef } from "./resource.ts";
import type { MetricStatistic, ResourceMetric } from "./resource-metric.ts";

/** One setting as it is and as it should be. `exists: true → false` deletes the resource. */
export interface SettingChange {
  readonly setting: string;
  readonly from: Json;
  readonly to: Json;
}

/** One part of a saving: units that are no longer bought (or, below zero, bought instead) at a price. */
export interface SavingLine {
  readonly about: string;
  /** Units a month, e.g. vCPU-hours. Below zero: cost that the change adds. */
  readonly units: Estimate;
  readonly price: UnitPrice;
}

/** What commitments take from a saving. */
export interface CommitmentEffect {
  /** Ids of the commitments that pay for the resource. */
  readonly commitments: readonly string[];
  /** Part of the gross saving that is already paid for, a month. */
  readonly covered: MoneyEstimate;
  /** Part of the covered that frees them for other usage, which then costs less. */
  readonly reused: MoneyEstimate;
  /** When the last of them ends, and the gross saving becomes whole; absent: not known. */
  readonly until?: Instant;
  readonly reason: string;
}

/** A saving a month. `net` is what the bill will show: gross − covered + reused. */
export interface Saving {
  readonly net: MoneyEstimate;
  readonly gross: MoneyEstimate;
  /** They sum to `gross` exactly. */
  readonly lines: readonly SavingLine[];
  /** Absent: no commitment pays for what is saved. */
  readonly commitment?: CommitmentEffect;
}

/** A series that shows why. */
export interface Evidence {
  readonly about: string;
  readonly metric: ResourceMetric | "cost";
  readonly statistic: MetricStatistic;
  readonly unit: string;
  readonly start: Instant;
  readonly end: Instant;
  /** How many points the conclusion rests on, of how many there could be. */
  readonly samples: number;
  readonly expected: number;
  /** For a plot; may be thinned out, and says by what. */
  readonly points: readonly (readonly [time: Instant, value: number])[];
  readonly thinnedBy?: "max" | "mean";
  /** Lines across the plot: a limit, what is proposed. */
  readonly marks: readonly { readonly label: string; readonly value: number }[];
}

export type RiskLevel = "none" | "low" | "medium" | "high";

export interface Risk {
  readonly level: RiskLevel;
  /** What would break, if it is wrong. */
  readonly breaks: readonly string[];
  readonly mitigations: readonly string[];
}

/** `reversible`: set back at once. `restorable`: from a snapshot taken first. */
export type Reversibility = "reversible" | "restorable" | "irreversible";

/** What must hold while a change is watched. Latencies in ms, shares as 0.25 for 25 %. */
export interface GuardrailLimit {
  readonly metric: ResourceMetric;
  readonly statistic: Exclude<MetricStatistic, "histogram">;
  readonly comparison: "<" | "<=" | ">" | ">=";
  readonly limit: number;
}

export interface Recommendation {
  readonly key: RecommendationKey;
  /** What to do, in one sentence. */
  readonly title: string;
  readonly resource: ResourceRef;
  /** Id of the action that does it; absent: by hand. */
  readonly action?: string;
  readonly changes: readonly SettingChange[];
  /** A month of the resource as it is, at the user's prices: no saving is more than this. */
  readonly costNow: Money;
  readonly saving: Saving;
  readonly evidence: readonly Evidence[];
  readonly risk: Risk;
  readonly effort: { readonly hours: Estimate; readonly about: string };
  /** 0 to 1, and what it rests on. */
  readonly confidence: { readonly value: number; readonly reason: string };
  readonly reversibility: Reversibility;
  readonly prerequisites: readonly string[];
  /** What else must not be done together with it: other recommendations by key. Filled in by the house. */
  readonly conflicts: readonly RecommendationKey[];
  /** Other ways to the same saving; of these one is chosen. Filled in by the house. */
  readonly alternatives: readonly RecommendationKey[];
  readonly guardrails: readonly GuardrailLimit[];
  readonly notes: readonly string[];
}

/** What an advisor says of one resource. */
export type Advice =
  | { readonly status: "recommended"; readonly drafts: readonly RecommendationDraft[] }
  | { readonly status: "fine"; readonly reason: string }
  /** Evidence or a price is missing: it says which. */
  | { readonly status: "abstained"; readonly reason: string };

/** A recommendation before the house adds its key, what commitments leave of the saving, and what it excludes. */
export interface RecommendationDraft
  extends Omit<Recommendation, "key" | "resource" | "saving" | "conflicts" | "alternatives"> {
  /** Tells this advisor's recommendations for one resource apart, e.g. `min-instances`. */
  readonly fingerprint: string;
  readonly lines: readonly SavingLine[];
}

/** What the bill says that a resource costs: totals of a window of whole days, scaled to a month of 730 hours. */
export interface ResourceCost {
  readonly currency: CurrencyCode;
  readonly effectiveMonthly: Decimal;
  readonly billedMonthly: Decimal;
  readonly days: number;
  readonly rows: number;
}

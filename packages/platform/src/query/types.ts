import type { CurrencyCode, Instant } from "@trimtab/domain";
import { z } from "zod";
import type { SemanticModel } from "./model/model.ts";
import type { RatesTable } from "./rates.ts";

export const GRAINS = ["hour", "day", "week", "month", "quarter", "year", "fiscal-year"] as const;
export type Grain = (typeof GRAINS)[number];

/** `charge`: when the service was used. `invoice`: which billing period it is billed in. Never both in one query. */
export type TimeAxis = "charge" | "invoice";

export const VALUE_OPERATORS = [
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "contains",
  "starts with",
  "matches",
] as const;
export const LIST_OPERATORS = ["in", "not in"] as const;
export const PLAIN_OPERATORS = ["is null", "is not null", "present", "absent"] as const;

/** A condition on one dimension. `matches` is a regular expression (RE2) found anywhere in the text. */
export type Condition =
  | { readonly dimension: string; readonly op: (typeof VALUE_OPERATORS)[number]; readonly value: string }
  | {
      readonly dimension: string;
      readonly op: (typeof LIST_OPERATORS)[number];
      readonly values: readonly string[];
    }
  | { readonly dimension: string; readonly op: (typeof PLAIN_OPERATORS)[number] };

/** Which charges count. A row with no value fails every condition but `!=`, `not in`, `is null`, `absent` and `not`. */
export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | Condition;

const name = z.string().min(1).max(500);
const text = z.string().max(10_000);

export const filterSchema: z.ZodType<Filter> = z
  .lazy(() =>
    z.union([
      z.strictObject({ and: z.array(filterSchema).min(1).max(1000) }),
      z.strictObject({ or: z.array(filterSchema).min(1).max(1000) }),
      z.strictObject({ not: filterSchema }),
      z.strictObject({ dimension: name, op: z.enum(VALUE_OPERATORS), value: text }),
      z.strictObject({
        dimension: name,
        op: z.enum(LIST_OPERATORS),
        values: z.array(text).min(1).max(10_000),
      }),
      z.strictObject({ dimension: name, op: z.enum(PLAIN_OPERATORS) }),
    ]),
  )
  .meta({ id: "Filter" });

const moment = z.string().regex(/^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}Z)?)?$/, "a month, day or UTC moment");

export const queryRequestSchema = z.strictObject({
  /** Measure ids: `effective`, `billed`, … (see model/measures.ts) or `cost-per:<metric>`. */
  measures: z.array(name).min(1).max(20).default(["effective"]),
  /** Dimension names, in the order of the columns. */
  by: z.array(name).max(10).default([]),
  grain: z.enum(GRAINS).optional(),
  timeAxis: z.enum(["charge", "invoice"]).default("charge"),
  /** Month (1 to 12) that a fiscal year starts in; absent: the model's. */
  fiscalYearStart: z.int().min(1).max(12).optional(),
  where: filterSchema.optional(),
  /** Half-open. A month stands for its first day. */
  period: z.strictObject({ start: moment.optional(), end: moment.optional() }).optional(),
  /** The N largest combinations of `by`; all others become one exact row. */
  top: z.int().min(1).max(100_000).optional(),
  compare: z.enum(["previous", "month", "year"]).optional(),
  /** Measure ids, dimensions, `time`, and with `compare` also `change` and `abs-change` (of the first measure). */
  orderBy: z
    .array(z.strictObject({ by: name, direction: z.enum(["asc", "desc"]).default("desc") }))
    .max(10)
    .default([]),
  limit: z.int().min(1).max(1_000_000).optional(),
});

/** A question in its JSON form; what is left out has a default. */
export type QueryRequest = z.input<typeof queryRequestSchema>;
/** A question with its defaults in place. */
export type FullRequest = z.output<typeof queryRequestSchema>;

/** A filter that no caller can widen: the compiler adds it to every scan. */
export type Scope = "unrestricted" | Filter;

export interface QueryContext {
  /** Absent: the newest. */
  readonly lakeVersion?: number | undefined;
  readonly scope: Scope;
  /** `each`: a set of columns per currency. A code: only that currency, or all converted into it where `rates` are given. */
  readonly currency: "each" | CurrencyCode;
  /** IANA name. Applies to hours only: charge days are the provider's. */
  readonly timeZone: string;
  readonly now: Instant;
  readonly signal: AbortSignal;
  readonly rates?: RatesTable | undefined;
  /** Virtual dimensions, metrics and the fiscal year; absent: none, none, January. */
  readonly model?: SemanticModel | undefined;
}

export type Aspect = "current" | "previous" | "change" | "change-rate" | "change-rate-per-day" | "unit";

export interface QueryColumn {
  /** Unique in the result, e.g. `ServiceName`, `month`, `effective`, `effective (EUR)`, `effective change`. */
  readonly name: string;
  readonly role: "time" | "dimension" | "measure";
  /** `ratio`: 0.25 is 25 %. */
  readonly kind: "text" | "time" | "money" | "quantity" | "price" | "ratio" | "count";
  readonly measure?: string;
  readonly aspect?: Aspect;
  readonly currency?: string;
  /** Of a unit cost: the cost per unit that is aimed at. */
  readonly target?: string;
}

/** Decimals are strings. A null dimension is "has no value"; a null measure is unknown, see {@link QueryResult.unknown}. */
export type QueryCell = string | null;

export interface PeriodDays {
  readonly start: string;
  readonly end: string;
  readonly days: number;
}

/** What one measure column can't tell. */
export interface UnknownShare {
  readonly column: string;
  readonly reason: string;
  /** Charge rows without the value, of how many. */
  readonly rows: number;
  readonly ofRows: number;
  /** rows ÷ ofRows, 6 places. */
  readonly share: string;
  /** Effective cost of those rows, where the measure tells it (savings: cost of usage without a list price). */
  readonly amount?: string;
  /** Indexes of the result rows that are unknown or only partly known. */
  readonly cells: readonly number[];
}

export interface QueryResult {
  readonly columns: readonly QueryColumn[];
  readonly rows: readonly (readonly QueryCell[])[];
  /** Over all charges of the query, whatever `top` and `limit` show; aligned with the columns. */
  readonly total: readonly QueryCell[];
  /** Indexes of the rows that are the exact rest of a `top`; their dimensions read `(other)`. */
  readonly other: readonly number[];
  /** All combinations there are; more than `rows` where `limit` cut. */
  readonly rowCount: number;
  /** Currencies of the columns, in order. */
  readonly currency: readonly string[];
  /** E.g. `effective cost; with tax, credits and support; charge time`. */
  readonly basis: string;
  /** Newest moment up to which every live instance has delivered, as far as known; null without charges. */
  readonly completeTo: Instant | null;
  readonly lakeVersion: number;
  readonly period: { readonly start: string | null; readonly end: string | null };
  readonly periods: readonly {
    readonly billingPeriod: string;
    /** Empty where the scope hides charges. */
    readonly instance: string;
    readonly status: "open" | "closed";
  }[];
  readonly comparison?: {
    readonly kind: "previous" | "month" | "year";
    readonly current: PeriodDays;
    readonly previous: PeriodDays;
    /** False where month lengths differ; then changes per day are shown as well. */
    readonly equalDays: boolean;
  };
  readonly unknown: readonly UnknownShare[];
  /** Rates used, each with the day it is dated. */
  readonly rates: readonly {
    readonly date: string;
    readonly from: string;
    readonly to: string;
    readonly rate: string;
  }[];
  readonly notes: readonly string[];
  /** Which table gave the answer. */
  readonly answeredBy: "charges" | "daily" | "nothing";
}

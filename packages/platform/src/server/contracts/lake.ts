import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { countIn, cursorSchema, instantSchema, list, pageOf } from "./common.ts";

const maybe = z.string().nullable();

/** Decimal texts by currency and cost column. */
const sumsSchema = z.record(z.string(), z.record(z.string(), z.string()));

const loadSchema = z.strictObject({
  id: z.string(),
  instance: z.string(),
  source: z.string(),
  account: z.string(),
  billingPeriod: z.string(),
  status: z.enum(["open", "closed"]),
  loadedAt: instantSchema,
  rows: z.int(),
  bytes: z.int(),
  chargeStart: instantSchema,
  chargeEnd: instantSchema,
  /** Up to here the bill was delivered. */
  usageEnd: instantSchema,
  sums: sumsSchema,
  quarantined: z.int(),
  /** Why it is in no total; null: it counts. */
  notCounted: maybe,
  /** Cost columns that it can't tell, with the reason. */
  unknown: z.record(z.string(), z.string()),
});

const lakeSchema = z.strictObject({
  version: z.int(),
  createdAt: instantSchema,
  reason: z.string(),
  completeTo: instantSchema.nullable(),
  rows: z.int(),
  bytes: z.int(),
  quarantined: z.int(),
  currencies: list(z.string()),
  /** One an export: what delivers bills. */
  sources: list(
    z.strictObject({
      instance: z.string(),
      source: z.string(),
      account: z.string(),
      providers: list(z.string()),
      from: z.string(),
      to: z.string(),
      completeTo: instantSchema,
      newestLoadAt: instantSchema,
      periods: z.int(),
      rows: z.int(),
    }),
  ),
  /** Live loads, the newest billing period first. */
  loads: list(loadSchema),
  metrics: list(z.strictObject({ id: z.string(), rows: z.int(), start: z.string(), end: z.string() })),
});

const historySchema = z.strictObject({
  version: z.int(),
  createdAt: instantSchema,
  reason: z.string(),
  changes: list(
    z.strictObject({
      instance: z.string(),
      billingPeriod: z.string(),
      load: z.string(),
      rows: z.int(),
      quarantined: z.int(),
      replaced: z.string().optional(),
      notCounted: z.string().optional(),
    }),
  ),
  loads: z.int(),
});

const tallySchema = z.strictObject({ passed: z.int(), assessable: z.int(), score: maybe });
const ruleFields = { id: z.string(), about: z.string(), keyword: z.string(), text: z.string() };

const conformanceSchema = z.strictObject({
  source: z.string(),
  rows: z.int(),
  result: z.strictObject({
    version: z.string(),
    model: z.enum(["requirements model", "column catalogue"]),
    must: tallySchema,
    should: tallySchema,
    failing: list(
      z.strictObject({
        ...ruleFields,
        unit: z.enum(["rows", "values", "commitments", "columns"]),
        failed: z.int(),
        judged: z.int(),
        example: maybe,
      }),
    ),
    notAssessable: list(z.strictObject({ ...ruleFields, reason: z.string() })),
  }),
});

const diffLineSchema = z.strictObject({
  instance: z.string(),
  billingPeriod: z.string(),
  day: z.string(),
  service: maybe,
  chargeCategory: maybe,
  currency: z.string(),
  billedBefore: z.string(),
  billedAfter: z.string(),
  billedChange: z.string(),
  effectiveChange: z.string(),
  because: z.string(),
});

const loadNameSchema = z.strictObject({ instance: z.string(), billingPeriod: z.string(), rows: z.int() });

const diffSchema = z.strictObject({
  from: z.int(),
  to: z.int(),
  added: list(loadNameSchema),
  removed: list(loadNameSchema),
  /** Largest first. */
  lines: list(diffLineSchema),
  /** Lines there are, shown or not. */
  lineCount: z.int(),
  /** Versions that can be compared, newest first. */
  versions: list(z.int()),
});

const reconciliationLineSchema = z.strictObject({
  instance: z.string(),
  billingPeriod: maybe,
  currency: z.string(),
  column: z.string(),
  equation: z.string(),
  files: z.string(),
  lake: maybe,
  quarantined: z.string(),
  rounding: z.string(),
  difference: z.string(),
  status: z.enum(["exact", "off"]),
});

const quarantinedSchema = z.strictObject({
  source: z.string(),
  file: z.string(),
  line: z.number().nullable(),
  column: maybe,
  reason: z.string(),
  raw: maybe,
  rowHash: z.string().nullable().optional(),
});

export const lakeContracts = defineRoutes({
  getLake: {
    method: "GET",
    path: "/api/v1/lake",
    summary: "Version, sources, billing periods, and what the data is complete to",
    tag: "Data",
    access: "read",
    scope: "unrestricted",
    response: lakeSchema,
  },
  listLoads: {
    method: "GET",
    path: "/api/v1/lake/loads",
    summary: "What each version of the lake loaded and replaced, newest first",
    tag: "Data",
    access: "read",
    scope: "unrestricted",
    query: z.strictObject({ limit: countIn(1, 200).default(20), cursor: cursorSchema.optional() }),
    response: pageOf(historySchema),
  },
  getConformance: {
    method: "GET",
    path: "/api/v1/lake/conformance",
    summary: "How the charges keep to FOCUS, each source apart",
    tag: "Data",
    access: "read",
    scope: "unrestricted",
    response: z.strictObject({ lakeVersion: z.int(), sources: list(conformanceSchema) }),
  },
  getLakeDiff: {
    method: "GET",
    path: "/api/v1/lake/diff",
    summary: "What a restatement changed, by day and service, and why",
    tag: "Data",
    access: "read",
    scope: "unrestricted",
    query: z.strictObject({
      /** Absent: the version before `to`. */
      from: countIn(0, 1e10).optional(),
      /** Absent: the newest. */
      to: countIn(0, 1e10).optional(),
      limit: countIn(1, 5000).default(100),
    }),
    response: diffSchema,
  },
  getReconciliation: {
    method: "GET",
    path: "/api/v1/lake/reconciliation",
    summary: "The files that live loads were made of, read again, against the lake: to the last digit",
    tag: "Data",
    access: "read",
    scope: "unrestricted",
    response: z.strictObject({
      lakeVersion: z.int(),
      lines: list(reconciliationLineSchema),
      /** Files that are not where they were, or have changed since. */
      filesGone: list(z.string()),
    }),
  },
  listQuarantine: {
    method: "GET",
    path: "/api/v1/lake/quarantine",
    summary: "Rows of the bills that could not be read, and why",
    tag: "Data",
    access: "read",
    scope: "unrestricted",
    query: z.strictObject({ limit: countIn(1, 1000).default(100), cursor: cursorSchema.optional() }),
    response: pageOf(quarantinedSchema).extend({ lakeVersion: z.int(), quarantined: z.int() }),
  },
});

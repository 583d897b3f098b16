import { z } from "zod";
import { filterSchema, GRAINS, queryRequestSchema } from "../../query/types.ts";
import { defineRoutes } from "../contract.ts";
import {
  countIn,
  currencySchema,
  cursorSchema,
  daysSchema,
  list,
  maybeAmountSchema,
  timeZoneSchema,
} from "./common.ts";
import { analysisSchema, explanationSchema } from "./insight-results.ts";
import { queryResultSchema } from "./query-result.ts";

/** How an answer is to be told; every question takes these. */
const askingFields = {
  /** `each`: a set of columns per currency. A code: only that currency, or converted into it where rates are given. */
  currency: z.union([z.literal("each"), currencySchema]).default("each"),
  /** Of hours only: charge days are the provider's. */
  timeZone: timeZoneSchema.default("UTC"),
  /** An older version of the lake; absent: the newest. */
  lakeVersion: z.int().min(0).optional(),
};

const questionSchema = queryRequestSchema.extend(askingFields);

const modelSchema = z.strictObject({
  measures: list(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      kind: z.enum(["money", "quantity", "price", "ratio", "count"]),
      /** May rows be ordered and cut by it before they leave the database? */
      isAdditive: z.boolean(),
    }),
  ),
  dimensions: list(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["column", "tag", "source", "virtual"]),
      type: z.enum(["text", "timestamp", "decimal"]),
      /** The only time axis it goes with; absent: both. */
      timeAxis: z.enum(["charge", "invoice"]).optional(),
      /** False: only to filter by. */
      isGroupable: z.boolean(),
    }),
  ),
  /** Keys of tags that many charges carry; each is a dimension `tag:KEY`, as is any other key. */
  tagKeys: list(z.string()),
  grains: list(z.enum(GRAINS)),
  /** That charges are billed in. */
  currencies: list(z.string()),
  /** That rates lead into from every billed currency. */
  convertibleTo: list(z.string()),
  metrics: list(
    z.strictObject({ id: z.string(), unit: z.string(), target: z.string().nullable(), measure: z.string() }),
  ),
  fiscalYearStart: z.int(),
  /** Days that charges cover, half-open; null without charges. */
  covers: daysSchema.nullable(),
  completeTo: z.string().nullable(),
  lakeVersion: z.int(),
});

const valuesSchema = z.strictObject({
  /** Dearest first. */
  items: list(
    z.strictObject({
      value: z.string().nullable(),
      /** Effective cost by currency. */
      amounts: z.record(z.string(), maybeAmountSchema),
      rows: z.string(),
    }),
  ),
  /** Values there are, shown or not. */
  count: z.int(),
  lakeVersion: z.int(),
});

const chargesSchema = z.strictObject({
  columns: list(
    z.strictObject({
      name: z.string(),
      type: z.enum(["text", "timestamp", "decimal"]),
    }),
  ),
  /** Cells in the order of the columns. */
  items: list(list(z.string().nullable())),
  nextCursor: z.string().optional(),
  lakeVersion: z.int(),
});

export const queryContracts = defineRoutes({
  getModel: {
    method: "GET",
    path: "/api/v1/model",
    summary: "What can be asked: measures, dimensions, tags, grains, currencies, metrics",
    tag: "Ask",
    access: "read",
    scope: "query",
    response: modelSchema,
  },
  runQuery: {
    method: "POST",
    path: "/api/v1/query",
    summary: "Answer a question over one version of the lake",
    tag: "Ask",
    access: "read",
    scope: "query",
    body: questionSchema,
    response: queryResultSchema,
  },
  parseQuery: {
    method: "POST",
    path: "/api/v1/query/parse",
    summary: "Read a question in its text form, as `trimtab query` takes it",
    tag: "Ask",
    access: "read",
    scope: "none",
    body: z.strictObject({ text: z.string().min(1).max(20_000) }),
    response: queryRequestSchema.readonly(),
  },
  formatQuery: {
    method: "POST",
    path: "/api/v1/query/text",
    summary: "Write a question in its text form, and as a command",
    tag: "Ask",
    access: "read",
    scope: "none",
    body: questionSchema,
    response: z.strictObject({
      text: z.string(),
      /** For a POSIX shell. */
      command: z.string(),
    }),
  },
  listDimensionValues: {
    method: "GET",
    path: "/api/v1/dimensions/:name/values",
    summary: "Values of a dimension within one's scope, the dearest first",
    tag: "Ask",
    access: "read",
    scope: "query",
    params: z.strictObject({ name: z.string().min(1).max(500) }),
    query: z.strictObject({
      /** Found anywhere in the value, in either case. */
      search: z.string().max(200).optional(),
      start: z.string().max(20).optional(),
      end: z.string().max(20).optional(),
      limit: countIn(1, 1000).default(50),
    }),
    response: valuesSchema,
  },
  analyze: {
    method: "POST",
    path: "/api/v1/analyze",
    summary: "What the bill says at a glance, one analysis a currency",
    tag: "Ask",
    access: "read",
    scope: "query",
    body: z.strictObject({
      /** Absent: the newest six months with charges. */
      period: daysSchema.optional(),
      where: filterSchema.optional(),
      /** Lines of each breakdown. */
      top: z.int().min(1).max(100).default(10),
      ...askingFields,
    }),
    response: list(analysisSchema),
  },
  explain: {
    method: "POST",
    path: "/api/v1/explain",
    summary: "Why the cost changed between two periods, split exactly; one explanation a currency",
    tag: "Ask",
    access: "read",
    scope: "query",
    body: z.strictObject({
      from: daysSchema,
      to: daysSchema,
      measure: z.enum(["effective", "billed"]).default("effective"),
      by: z.array(z.string().min(1).max(500)).max(5).default([]),
      where: filterSchema.optional(),
      /** Lines behind each part. */
      lines: z.int().min(1).max(100).default(3),
      ...askingFields,
    }),
    response: list(explanationSchema),
  },
  listCharges: {
    method: "POST",
    path: "/api/v1/charges",
    summary: "The bill lines behind a number, the dearest first",
    tag: "Ask",
    access: "read",
    scope: "query",
    body: z.strictObject({
      where: filterSchema.optional(),
      period: queryRequestSchema.shape.period,
      timeAxis: z.enum(["charge", "invoice"]).default("charge"),
      /** FOCUS columns, `tag:KEY`, `x:KEY`, `source`; absent: what tells most lines apart. */
      columns: z.array(z.string().min(1).max(500)).min(1).max(60).optional(),
      limit: z.int().min(1).max(1000).default(100),
      cursor: cursorSchema.optional(),
      currency: askingFields.currency,
      lakeVersion: askingFields.lakeVersion,
    }),
    response: chargesSchema,
  },
});

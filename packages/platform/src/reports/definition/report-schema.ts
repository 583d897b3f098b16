import { z } from "zod";
import { filterSchema, queryRequestSchema } from "../../query/types.ts";
import { chartSpecSchema } from "../charts/chart-spec.ts";
import { DATASET_NAMES } from "./dataset-names.ts";

const title = z.string().trim().min(1).max(200);
const blockId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and dashes");
const moment = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, "a month or a day");

/** Whole periods, counted back from the newest day that bills are complete to; `this-…` goes up to it. */
const PERIOD_NAMES = [
  "this-month",
  "last-month",
  "last-3-months",
  "last-6-months",
  "last-12-months",
  "this-quarter",
  "last-quarter",
  "this-year",
  "last-year",
  "all",
] as const;

export const reportPeriodSchema = z.union([
  z.strictObject({ name: z.enum(PERIOD_NAMES) }),
  /** Half-open. */
  z.strictObject({ start: moment, end: moment }),
]);
export type ReportPeriod = z.output<typeof reportPeriodSchema>;

/** What holds for every block that does not say otherwise. */
const reportParametersSchema = z.strictObject({
  period: reportPeriodSchema.default({ name: "last-month" }),
  /** A code: only that currency, or all converted where the server has rates. `each`: apart. */
  currency: z.union([z.literal("each"), z.string().regex(/^[A-Z]{3}$/)]).default("each"),
  /** Added to the filter of every block. */
  filter: filterSchema.optional(),
});

/** How much of the page's width a block takes; neighbours that fit stand side by side. */
const width = z.enum(["full", "half", "third", "quarter"]).default("full");

/** A question of the query model; its period is the report's unless it has its own. */
const blockQuerySchema = queryRequestSchema
  .omit({ period: true })
  .extend({ period: reportPeriodSchema.optional() });

const headingBlock = z.strictObject({
  type: z.literal("heading"),
  id: blockId,
  text: title,
  level: z.int().min(1).max(3).default(1),
});

const textBlock = z.strictObject({
  type: z.literal("text"),
  id: blockId,
  /** Markdown: paragraphs, lists, quotes, strong, emphasis, code, links to http(s). HTML is shown as text. */
  text: z.string().min(1).max(20_000),
});

const figureBlock = z.strictObject({
  type: z.literal("figure"),
  id: blockId,
  title,
  width: width.default("quarter"),
  measure: z.string().min(1).max(500).default("effective"),
  where: filterSchema.optional(),
  period: reportPeriodSchema.optional(),
  compare: z.enum(["previous", "month", "year"]).optional(),
  /** A small line of its course beneath, in steps of this size. */
  trend: z.enum(["day", "week", "month"]).optional(),
  /** Whether less is good, as with costs: colours its change. */
  better: z.enum(["less", "more", "neither"]).default("less"),
});

const chartBlock = z.strictObject({
  type: z.literal("chart"),
  id: blockId,
  title,
  width,
  query: blockQuerySchema,
  chart: chartSpecSchema,
});

const tableBlock = z.strictObject({
  type: z.literal("table"),
  id: blockId,
  title,
  width,
  query: blockQuerySchema,
  /** A dimension of the query, or `time`: its values become columns. */
  columns: z.string().min(1).max(500).optional(),
  /** Shades amounts by their size. */
  heat: z.boolean().default(false),
});

const datasetBlock = z.strictObject({
  type: z.literal("dataset"),
  id: blockId,
  title,
  dataset: z.enum(DATASET_NAMES),
  /** Rows of its longest table; all others are counted. */
  limit: z.int().min(1).max(1000).default(50),
  /** `tag-coverage`: the keys that every resource should have. */
  tags: z.array(z.string().min(1).max(200)).max(20).optional(),
  /** `savings-waterfall`, `programme-status`: name or id of the programme; may be left out where there is only one. */
  programme: z.string().trim().min(1).max(200).optional(),
});

const pageBreakBlock = z.strictObject({ type: z.literal("page-break"), id: blockId });

export const reportBlockSchema = z.discriminatedUnion("type", [
  headingBlock,
  textBlock,
  figureBlock,
  chartBlock,
  tableBlock,
  datasetBlock,
  pageBreakBlock,
]);

const MAXIMUM_BLOCKS = 60;

/** A report as somebody builds it. */
export const reportDefinitionSchema = z
  .strictObject({
    title,
    /** Stands under the title. */
    subtitle: z.string().trim().max(300).optional(),
    parameters: reportParametersSchema.default({ period: { name: "last-month" }, currency: "each" }),
    blocks: z.array(reportBlockSchema).max(MAXIMUM_BLOCKS).default([]),
  })
  .check(({ value, issues }) => {
    const seen = new Set<string>();
    for (const [index, { id }] of value.blocks.entries()) {
      if (seen.has(id))
        issues.push({
          code: "custom",
          input: id,
          path: ["blocks", index, "id"],
          message: `two blocks are called ${id}`,
        });
      seen.add(id);
    }
  });

export type ReportBlock = z.output<typeof reportBlockSchema>;
export type BlockOf<T extends ReportBlock["type"]> = Extract<ReportBlock, { type: T }>;
export type ReportDefinition = z.output<typeof reportDefinitionSchema>;
/** A definition in which defaults are left out. */
export type ReportDraft = z.input<typeof reportDefinitionSchema>;

import { z } from "zod";
import { chartSpecSchema } from "../charts/chart-spec.ts";
import { dataTableSchema } from "../data-table.ts";
import { DATASET_NAMES } from "../definition/dataset-names.ts";

const width = z.enum(["full", "half", "third", "quarter"]);
const instant = z.iso.datetime();
const decimalText = z.string().nullable();

/** One number of a figure, in one currency or unit. */
const figureValueSchema = z.object({
  value: decimalText,
  kind: z.enum(["money", "quantity", "price", "ratio", "count"]),
  currency: z.string().optional(),
  previous: decimalText.optional(),
  change: decimalText.optional(),
  changeRate: decimalText.optional(),
  /** Oldest first. */
  trend: z.array(decimalText).optional(),
});

/** What a figure, chart or table is of. */
const basisSchema = z.object({
  basis: z.string(),
  currency: z.array(z.string()),
  period: z.object({ start: z.string().nullable(), end: z.string().nullable() }),
  completeTo: instant.nullable(),
  /** Months whose bills may still change. */
  openMonths: z.array(z.string()),
  comparedWith: z.object({ start: z.string(), end: z.string(), equalDays: z.boolean() }).optional(),
  /** What the figures can't tell, one sentence each. */
  notes: z.array(z.string()),
});
export type RunBasis = z.output<typeof basisSchema>;

const headingPart = z.object({
  type: z.literal("heading"),
  id: z.string(),
  text: z.string(),
  level: z.int(),
});
const textPart = z.object({ type: z.literal("text"), id: z.string(), text: z.string() });
const figurePart = z.object({
  type: z.literal("figure"),
  id: z.string(),
  title: z.string(),
  width,
  better: z.enum(["less", "more", "neither"]),
  values: z.array(figureValueSchema),
  /** A short word beneath, where the values are no answer of a query. */
  remark: z.string().optional(),
  basis: basisSchema.optional(),
});
const chartPart = z.object({
  type: z.literal("chart"),
  id: z.string(),
  title: z.string(),
  width,
  chart: chartSpecSchema,
  data: dataTableSchema,
  basis: basisSchema.optional(),
});
const tablePart = z.object({
  type: z.literal("table"),
  id: z.string(),
  title: z.string(),
  width,
  heat: z.boolean(),
  data: dataTableSchema,
  basis: basisSchema.optional(),
});
const pageBreakPart = z.object({ type: z.literal("page-break"), id: z.string() });
/** A block that has nothing to show, and why: not for this reader, no data, or its question was refused. */
const withheldPart = z.object({
  type: z.literal("withheld"),
  id: z.string(),
  title: z.string(),
  width,
  reason: z.string(),
  code: z.string().optional(),
});

const leaf = [headingPart, textPart, figurePart, chartPart, tablePart, pageBreakPart, withheldPart] as const;
const leafPart = z.discriminatedUnion("type", leaf);
/** A named data set: figures, charts and tables that belong together. */
const datasetPart = z.object({
  type: z.literal("dataset"),
  id: z.string(),
  title: z.string(),
  dataset: z.enum(DATASET_NAMES),
  parts: z.array(leafPart),
});

/** What a report says to one reader at one time. */
export const reportRunSchema = z.object({
  title: z.string(),
  subtitle: z.string().optional(),
  madeAt: instant,
  lakeVersion: z.int(),
  period: z.object({ start: z.string().nullable(), end: z.string().nullable() }),
  currency: z.array(z.string()),
  completeTo: instant.nullable(),
  openMonths: z.array(z.string()),
  /** Only charges within the reader's scope are in it. */
  scoped: z.boolean(),
  /** In words; absent where all is seen. */
  scopeText: z.string().optional(),
  blocks: z.array(z.discriminatedUnion("type", [...leaf, datasetPart])),
});

export type ReportRun = z.output<typeof reportRunSchema>;
export type RunBlock = ReportRun["blocks"][number];
export type RunPart = z.output<typeof leafPart>;
export type PartOf<T extends RunBlock["type"]> = Extract<RunBlock, { type: T }>;
export type FigureValue = z.output<typeof figureValueSchema>;

import { LAKE_COLUMNS } from "@trimtab/domain";
import { z } from "zod";

const COST_COLUMNS = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"] as const;

/** Columns that `tags` fills. */
const NOT_MAPPED: readonly string[] = ["Tags"];

const TARGETS = LAKE_COLUMNS.filter(({ name }) => !NOT_MAPPED.includes(name)).map(({ name }) => name);

const name = z.string().min(1);

/** The closed set of what can be done to a text, in the order given. */
const transform = z.union([
  z.enum(["lower", "upper", "trim"]),
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ suffix: z.string() }),
  z.strictObject({ replace: z.string().min(1), with: z.string() }),
  /** The nth part between separators, counted from 1. */
  z.strictObject({ part: z.int().min(1).max(100), separator: z.string().min(1) }),
]);

const moment = z.enum(["month start", "next month start", "day start", "next day start"]);

const spec = z
  .union([
    name.transform((column) => ({ column })),
    z.strictObject({
      /** One column, or several of which the first that is not empty counts. */
      column: z.union([name, z.array(name).min(1)]).optional(),
      /** A constant, where no column tells. */
      value: z.string().optional(),
      transform: z.array(transform).optional(),
      /** Text of the file → text of FOCUS. */
      cases: z.record(z.string(), z.string()).optional(),
      /** What a text outside `cases`, or an empty field, becomes. */
      otherwise: z.string().optional(),
      /** For dates: the bound of the month or day that the instant lies in. */
      at: moment.optional(),
      /** For dates: hours that are added, e.g. the length of a row's period. */
      plusHours: z.int().min(-8784).max(8784).optional(),
    }),
  ])
  .refine((given) => ("column" in given && given.column !== undefined) || "value" in given, {
    message: "needs a column or a value",
  });

const drop = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, "is lower-case letters, digits and hyphens"),
  column: name,
  equals: z.array(z.string()).min(1),
  reason: z.string().min(1),
});

/** The mapping file of `--source csv`: which column of a table means which column of FOCUS. */
export const mappingSchema = z
  .strictObject({
    mapping: z.literal(1),
    /** Name of the format: part of the replacement key, so keep it. */
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "is lower-case letters, digits and hyphens"),
    title: z.string().optional(),
    file: z
      .strictObject({
        format: z.enum(["csv", "parquet", "ndjson"]).default("csv"),
        delimiter: z.enum([",", ";", "\t", "|"]).default(","),
        skipLines: z.int().min(0).max(1000).default(0),
        nulls: z.array(z.string()).default([]),
        decimal: z.enum([".", ","]).default("."),
        grouping: z.enum(["", ",", ".", " ", "'"]).default(""),
        times: z
          .array(
            z
              .string()
              .regex(/^(?!.*%[zZ]).*%/, "is a strptime pattern without a zone: times are read as they stand"),
          )
          .min(1)
          .default(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"]),
      })
      .refine(({ decimal, grouping }) => decimal !== grouping, {
        message: "decimal and grouping are the same character",
        path: ["grouping"],
      })
      .prefault({}),
    delivery: z.enum(["period", "window", "append"]).default("period"),
    /** `negative`: the file writes what is paid as negative amounts. */
    sign: z.enum(["positive", "negative"]).default("positive"),
    columns: z.partialRecord(z.enum(TARGETS), spec),
    tags: z
      .strictObject({
        /** Tag key → column. */
        columns: z.record(name, name).default({}),
        /** Columns whose names begin so are tags named by the rest. */
        prefixes: z.array(name).default([]),
        /** A column that holds all tags as a JSON object. */
        json: name.optional(),
      })
      .prefault({}),
    drop: z.array(drop).default([]),
    /** Why a cost can't be told, by cost column that is not mapped; shown instead of the cost. */
    unknown: z.partialRecord(z.enum(COST_COLUMNS), z.string()).default({}),
  })
  .superRefine(({ columns }, context) => {
    for (const needed of ["BilledCost", "BillingCurrency", "ChargePeriodStart"] as const) {
      if (columns[needed] === undefined)
        context.addIssue({ code: "custom", path: ["columns"], message: `${needed} is not mapped` });
    }
    for (const cost of COST_COLUMNS) {
      const given = columns[cost];
      if (given !== undefined && (!("column" in given) || given.column === undefined))
        context.addIssue({ code: "custom", path: ["columns", cost], message: "an amount is no constant" });
    }
  });

export type CsvMapping = z.infer<typeof mappingSchema>;
export type ColumnSpec = NonNullable<CsvMapping["columns"][keyof CsvMapping["columns"]]>;
export type TextTransform = z.infer<typeof transform>;

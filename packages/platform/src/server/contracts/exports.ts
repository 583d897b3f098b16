import { z } from "zod";
import { queryRequestSchema } from "../../query/types.ts";
import { chartSpecSchema } from "../../reports/charts/chart-spec.ts";
import { reportDefinitionSchema } from "../../reports/definition/report-schema.ts";
import { EXPORT_FORMATS, EXPORT_TYPES } from "../../reports/exports/export-formats.ts";
import { defineRoutes } from "../contract.ts";
import { id, readingQuery } from "./report-shapes.ts";

const file = z.string();
const format = z.enum(EXPORT_FORMATS);

export const exportsContracts = defineRoutes({
  exportQuery: {
    method: "POST",
    path: "/api/v1/exports/query",
    summary: "The answer of a query as a file",
    tag: "Exports",
    access: "read",
    scope: "query",
    body: z.strictObject({
      query: queryRequestSchema,
      format,
      currency: z.union([z.literal("each"), z.string().regex(/^[A-Z]{3}$/)]).default("each"),
      timeZone: z.string().min(1).max(100).default("UTC"),
      lakeVersion: z.int().min(0).optional(),
      title: z.string().trim().min(1).max(200).optional(),
      /** Drawn above the table of a PDF. */
      chart: chartSpecSchema.optional(),
    }),
    response: file,
    produces: EXPORT_TYPES,
  },
  exportReport: {
    method: "GET",
    path: "/api/v1/reports/:id/export",
    summary: "What a report says to the caller now, or one of its snapshots, as a file",
    tag: "Exports",
    access: "read",
    scope: "query",
    params: z.object({ id }),
    query: readingQuery.extend({
      format,
      snapshot: id.optional(),
      /** CSV holds one table: which block, of a data set `block/table`; the first with rows unless given. */
      block: z.string().min(1).max(100).optional(),
      locale: z.string().min(2).max(35).default("en"),
    }),
    response: file,
    produces: EXPORT_TYPES,
  },
  exportDefinition: {
    method: "POST",
    path: "/api/v1/exports/report",
    summary: "What a definition says to the caller now, as a file, without saving it",
    tag: "Exports",
    access: "read",
    scope: "query",
    body: z.strictObject({
      definition: reportDefinitionSchema,
      format,
      block: z.string().min(1).max(100).optional(),
      locale: z.string().min(2).max(35).default("en"),
    }),
    response: file,
    produces: EXPORT_TYPES,
  },
});

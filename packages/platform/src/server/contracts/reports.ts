import { z } from "zod";
import { reportDefinitionSchema } from "../../reports/definition/report-schema.ts";
import { reportRunSchema } from "../../reports/run/report-run-schema.ts";
import { defineRoutes } from "../contract.ts";
import { id, instant, pageOf, pageQuery, readingQuery, sharesSchema, version } from "./report-shapes.ts";

const summary = z.object({
  id,
  title: z.string(),
  owner: z.object({ id, name: z.string() }),
  /** What the caller may do with it. */
  level: z.enum(["view", "edit", "own"]),
  version,
  /** How long a result may be shown again, in minutes. */
  expiresAfterMinutes: z.int(),
  updatedAt: instant,
  updatedBy: z.string(),
});
const report = summary.extend({
  definition: reportDefinitionSchema,
  /** Only for those who may edit. */
  shares: sharesSchema.optional(),
});

/** A week: older figures than that are a snapshot's business. */
const expiry = z.int().min(0).max(10_080);

const result = z.object({
  /** Until when it is shown again without asking anew, as long as bills and definition stay. */
  expiresAt: instant,
  cached: z.boolean(),
  run: reportRunSchema,
});

const snapshotSummary = z.object({
  id,
  reportId: id,
  title: z.string(),
  reportVersion: version,
  lakeVersion: z.int(),
  madeBy: z.string(),
  madeAt: instant,
  /** `same`: for those who see the same charges; `report`: for all whom the report is shared with. */
  audience: z.enum(["same", "report"]),
  /** Its maker and the report's owner let go of it. */
  mayDelete: z.boolean(),
});
const params = z.object({ id });
const snapshotParams = z.object({ id, snapshot: id });

export const reportsContracts = defineRoutes({
  listReportTemplates: {
    method: "GET",
    path: "/api/v1/report-templates",
    summary: "Reports to start from",
    tag: "Reports",
    access: "read",
    scope: "none",
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          description: z.string(),
          definition: reportDefinitionSchema,
        }),
      ),
    }),
  },
  listReports: {
    method: "GET",
    path: "/api/v1/reports",
    summary: "Reports that are the caller's or are shared with them",
    tag: "Reports",
    access: "read",
    scope: "none",
    query: pageQuery,
    response: pageOf(summary),
  },
  createReport: {
    method: "POST",
    path: "/api/v1/reports",
    summary: "A new report, of a definition or a template",
    tag: "Reports",
    access: "save",
    scope: "none",
    body: z.union([
      z.strictObject({ definition: reportDefinitionSchema, expiresAfterMinutes: expiry.optional() }),
      z.strictObject({
        template: z.string().min(1).max(100),
        title: z.string().trim().min(1).max(200).optional(),
      }),
    ]),
    response: report,
    status: 201,
  },
  previewReport: {
    method: "POST",
    path: "/api/v1/report-previews",
    summary: "What a definition would say, without saving it",
    tag: "Reports",
    access: "read",
    scope: "query",
    body: z.strictObject({ definition: reportDefinitionSchema }),
    response: reportRunSchema,
  },
  getReport: {
    method: "GET",
    path: "/api/v1/reports/:id",
    summary: "One report's definition",
    tag: "Reports",
    access: "read",
    scope: "none",
    params,
    response: report,
  },
  saveReport: {
    method: "PUT",
    path: "/api/v1/reports/:id",
    summary: "Saves a new version of a report that was read at `version`",
    tag: "Reports",
    access: "save",
    scope: "none",
    params,
    body: z.strictObject({ definition: reportDefinitionSchema, version }),
    response: report,
  },
  deleteReport: {
    method: "DELETE",
    path: "/api/v1/reports/:id",
    summary: "Deletes a report with its versions, shares and snapshots",
    tag: "Reports",
    access: "save",
    scope: "none",
    params,
    response: z.null(),
    status: 204,
  },
  listReportVersions: {
    method: "GET",
    path: "/api/v1/reports/:id/versions",
    summary: "Every version that was saved, newest first",
    tag: "Reports",
    access: "read",
    scope: "none",
    params,
    response: z.object({
      items: z.array(
        z.object({
          version,
          title: z.string(),
          savedBy: z.string(),
          savedAt: instant,
          definition: reportDefinitionSchema,
        }),
      ),
    }),
  },
  restoreReportVersion: {
    method: "POST",
    path: "/api/v1/reports/:id/versions/:version/restore",
    summary: "Saves an older version once more, as the newest",
    tag: "Reports",
    access: "save",
    scope: "none",
    params: z.object({ id, version: z.coerce.number().int().min(1) }),
    response: report,
  },
  shareReport: {
    method: "PUT",
    path: "/api/v1/reports/:id/shares",
    summary: "With whom a report is shared: replaces the whole list",
    tag: "Reports",
    access: "save",
    scope: "none",
    params,
    body: z.strictObject({ shares: sharesSchema }),
    response: report,
  },
  setReportExpiry: {
    method: "PUT",
    path: "/api/v1/reports/:id/expiry",
    summary: "For how long a result may be shown again; its owner says, and the report keeps its version",
    tag: "Reports",
    access: "save",
    scope: "none",
    params,
    body: z.strictObject({ expiresAfterMinutes: expiry }),
    response: report,
  },
  runReport: {
    method: "GET",
    path: "/api/v1/reports/:id/result",
    summary: "What a report says to the caller now",
    tag: "Reports",
    access: "read",
    scope: "query",
    params,
    query: readingQuery.extend({ refresh: z.enum(["true", "false"]).default("false") }),
    response: result,
  },
  listSnapshots: {
    method: "GET",
    path: "/api/v1/reports/:id/snapshots",
    summary: "Results that were pinned and that the caller may see",
    tag: "Reports",
    access: "read",
    scope: "rows",
    params,
    response: z.object({ items: z.array(snapshotSummary) }),
  },
  pinSnapshot: {
    method: "POST",
    path: "/api/v1/reports/:id/snapshots",
    summary: "Keeps what a report says now, as it is",
    tag: "Reports",
    access: "save",
    scope: "query",
    params,
    body: z.strictObject({
      title: z.string().trim().min(1).max(200).optional(),
      audience: z.enum(["same", "report"]).default("same"),
      /** As it is read, where that differs from what the report says. */
      reading: z.strictObject(readingQuery.shape).optional(),
    }),
    response: snapshotSummary,
    status: 201,
  },
  getSnapshot: {
    method: "GET",
    path: "/api/v1/reports/:id/snapshots/:snapshot",
    summary: "A pinned result",
    tag: "Reports",
    access: "read",
    scope: "rows",
    params: snapshotParams,
    response: snapshotSummary.extend({ run: reportRunSchema }),
  },
  deleteSnapshot: {
    method: "DELETE",
    path: "/api/v1/reports/:id/snapshots/:snapshot",
    summary: "Lets go of a pinned result",
    tag: "Reports",
    access: "save",
    scope: "rows",
    params: snapshotParams,
    response: z.null(),
    status: 204,
  },
});

import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { id, instant, sharesSchema, version } from "./report-shapes.ts";

/** A page with everything that its URL says: filters, grouping, chart. */
export const placeSchema = z.strictObject({
  page: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "the name of a page"),
  /** The page's search parameters as it keeps them in its URL. */
  search: z.record(z.string().max(100), z.json()),
});
const name = z.string().trim().min(1).max(200);
const view = z.object({
  id,
  name: z.string(),
  place: placeSchema,
  owner: z.object({ id, name: z.string() }),
  level: z.enum(["view", "edit", "own"]),
  version,
  updatedAt: instant,
  /** Only for those who may edit. */
  shares: sharesSchema.optional(),
});
const params = z.object({ id });

export const viewsContracts = defineRoutes({
  listViews: {
    method: "GET",
    path: "/api/v1/views",
    summary: "Saved views that are the caller's or are shared with them",
    tag: "Views",
    access: "read",
    scope: "none",
    query: z.object({ page: z.string().max(40).optional() }),
    response: z.object({ items: z.array(view) }),
  },
  createView: {
    method: "POST",
    path: "/api/v1/views",
    summary: "Saves a view",
    tag: "Views",
    access: "save",
    scope: "none",
    body: z.strictObject({ name, place: placeSchema }),
    response: view,
    status: 201,
  },
  getView: {
    method: "GET",
    path: "/api/v1/views/:id",
    summary: "One saved view",
    tag: "Views",
    access: "read",
    scope: "none",
    params,
    response: view,
  },
  saveView: {
    method: "PUT",
    path: "/api/v1/views/:id",
    summary: "Changes a view that was read at `version`",
    tag: "Views",
    access: "save",
    scope: "none",
    params,
    body: z.strictObject({ name, place: placeSchema, version }),
    response: view,
  },
  shareView: {
    method: "PUT",
    path: "/api/v1/views/:id/shares",
    summary: "With whom a view is shared: replaces the whole list",
    tag: "Views",
    access: "save",
    scope: "none",
    params,
    body: z.strictObject({ shares: sharesSchema }),
    response: view,
  },
  deleteView: {
    method: "DELETE",
    path: "/api/v1/views/:id",
    summary: "Deletes a saved view",
    tag: "Views",
    access: "save",
    scope: "none",
    params,
    response: z.null(),
    status: 204,
  },
});

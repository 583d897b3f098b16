import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { instantSchema, list, problemSchema } from "./common.ts";

/** A bill on its way into the lake. */
export const uploadSchema = z.strictObject({
  id: z.string(),
  /** As its sender named it, made harmless. */
  name: z.string(),
  kind: z.enum(["file", "demo"]),
  bytes: z.int(),
  receivedAt: instantSchema,
  /** Who sent it. */
  by: z.string(),
  status: z.enum(["waiting", "loading", "loaded", "failed"]),
  /** What is being done, and how far: bytes, rows or files. */
  step: z.string().nullable(),
  done: z.number(),
  total: z.number(),
  /** Of a loaded one. */
  result: z
    .strictObject({
      lakeVersion: z.int(),
      rows: z.int(),
      quarantined: z.int(),
      loads: list(
        z.strictObject({
          instance: z.string(),
          billingPeriod: z.string(),
          rows: z.int(),
          replaced: z.boolean(),
        }),
      ),
      /** Data sets that hold no costs and were kept beside the charges. */
      others: list(z.strictObject({ dataset: z.string(), rows: z.int() })),
      notes: list(z.string()),
    })
    .nullable(),
  /** Of a failed one. */
  problem: problemSchema.pick({ code: true, title: true, detail: true, hint: true }).nullable(),
});

export const uploadContracts = defineRoutes({
  createUpload: {
    method: "POST",
    path: "/api/v1/uploads",
    summary:
      "Bring a bill: the body is the file as it is; it is kept whole before this answers, and then loaded",
    tag: "Data",
    access: "ingest",
    scope: "unrestricted",
    query: z.strictObject({
      /** The file's name; its content says what it is. */
      name: z.string().min(1).max(255),
      /** Read it as this source, whatever it looks like. */
      source: z.string().max(100).optional(),
      /** Name of the export, where the file does not tell it. */
      export: z.string().max(200).optional(),
      /** `true`: accept a file that covers fewer days than what is loaded. */
      partial: z.enum(["true", "false"]).default("false"),
    }),
    upload: true,
    status: 202,
    response: uploadSchema,
  },
  listUploads: {
    method: "GET",
    path: "/api/v1/uploads",
    summary: "The newest uploads and what became of them",
    tag: "Data",
    access: "ingest",
    scope: "unrestricted",
    response: z.strictObject({
      items: list(uploadSchema),
      /** Largest file that is taken, in bytes. */
      maxBytes: z.int(),
    }),
  },
  getUpload: {
    method: "GET",
    path: "/api/v1/uploads/:id",
    summary: "One upload: how far it is, or what became of it",
    tag: "Data",
    access: "ingest",
    scope: "unrestricted",
    params: z.strictObject({ id: z.string().min(1).max(100) }),
    response: uploadSchema,
  },
  listDemoEstates: {
    method: "GET",
    path: "/api/v1/demo",
    summary: "Companies whose bills can be tried, and whether this lake is empty enough for it",
    tag: "Data",
    access: "read",
    scope: "none",
    response: z.strictObject({
      estates: list(z.strictObject({ id: z.string(), title: z.string(), format: z.string() })),
      isPossible: z.boolean(),
    }),
  },
  fillWithDemo: {
    method: "POST",
    path: "/api/v1/demo",
    summary:
      "Fill an empty lake with one company's bills, settings and measurements; refused for any other lake",
    tag: "Data",
    access: "ingest",
    scope: "unrestricted",
    body: z.strictObject({ estate: z.string().min(1).max(50) }),
    status: 202,
    response: uploadSchema,
  },
});

import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { uploadSchema } from "./uploads.ts";

/** What is told as it happens. The event's name is its `type`, its data the JSON of the rest. */
export const serverEventSchema = z.discriminatedUnion("type", [
  /** Charges, rules, rates or metrics are others now: what was answered before may be asked again. */
  z.strictObject({ type: z.literal("lake"), lakeVersion: z.int() }),
  /** To whoever may bring bills in. */
  z.strictObject({ type: z.literal("upload"), upload: uploadSchema }),
  /** A schedule, report, export, plan or advice went on; to whoever started it, or to all with its permission. */
  z.strictObject({
    type: z.literal("run"),
    kind: z.string(),
    id: z.string(),
    status: z.string(),
    done: z.number().optional(),
    total: z.number().optional(),
    message: z.string().optional(),
  }),
]);
export type ServerEvent = z.output<typeof serverEventSchema>;

export const eventContracts = defineRoutes({
  watchEvents: {
    method: "GET",
    path: "/api/v1/events",
    summary: "Server-sent events: the lake's version, uploads and runs as they go on",
    tag: "System",
    access: "read",
    scope: "rows",
    response: serverEventSchema,
    produces: ["text/event-stream"],
  },
});

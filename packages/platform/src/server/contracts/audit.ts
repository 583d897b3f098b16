import type { Json } from "@trimtab/domain";
import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { cursor, instant, pageSize } from "./access-shapes.ts";

const entry = z.strictObject({
  seq: z.int(),
  at: instant,
  actor: z.string(),
  /** What was done, e.g. `person.role-changed`. */
  action: z.string(),
  subject: z.string(),
  details: z.json() as z.ZodType<Json>,
  hash: z.string(),
});

const anchor = z.strictObject({ seq: z.int(), hash: z.string() });
const text = z.string().min(1).max(500);

export const auditContracts = defineRoutes({
  listAudit: {
    method: "GET",
    path: "/api/v1/audit",
    summary: "What was done by whom, the newest first",
    tag: "Audit log",
    access: "administer",
    scope: "unrestricted",
    query: z.object({
      actor: text.optional(),
      /** The beginning of an action is enough: `person.` */
      action: text.optional(),
      subject: text.optional(),
      cursor: cursor.optional(),
      limit: pageSize,
    }),
    response: z.strictObject({ items: z.array(entry), nextCursor: z.string().optional() }),
  },
  verifyAudit: {
    method: "GET",
    path: "/api/v1/audit/verification",
    summary:
      "Whether the log's chain of hashes is whole; with an anchor kept elsewhere, whether it is still the same log",
    tag: "Audit log",
    access: "administer",
    scope: "unrestricted",
    query: z.object({
      anchor: z
        .string()
        .regex(/^\d{1,15}:[0-9a-f]{64}$/, "SEQ:HASH")
        .optional(),
    }),
    response: z.discriminatedUnion("status", [
      z.strictObject({ status: z.literal("whole"), entries: z.int(), head: anchor }),
      z.strictObject({ status: z.literal("broken"), seq: z.int(), reason: z.string() }),
    ]),
  },
});

import { z } from "zod";
import { about } from "../setting-meta.ts";

export const idleSettings = z.object({
  idleDays: z
    .int()
    .min(1)
    .max(400)
    .default(14)
    .meta(about({ description: "days without any use before a resource counts as idle", unit: "days" })),
  snapshotDays: z
    .int()
    .min(7)
    .max(4000)
    .default(90)
    .meta(about({ description: "age in days from which a snapshot is old", unit: "days" })),
});

export type IdleSettings = z.output<typeof idleSettings>;

import { z } from "zod";

export const idleSettings = z.object({
  idleDays: z
    .int()
    .min(1)
    .max(400)
    .default(14)
    .describe("days without any use before a resource counts as idle"),
  snapshotDays: z.int().min(7).max(4000).default(90).describe("age in days from which a snapshot is old"),
});

export type IdleSettings = z.output<typeof idleSettings>;

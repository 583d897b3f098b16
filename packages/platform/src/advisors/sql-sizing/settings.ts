import { z } from "zod";
import { about } from "../setting-meta.ts";

export const sqlSizingSettings = z.object({
  sqlDays: z
    .int()
    .min(7)
    .max(400)
    .default(28)
    .meta(about({ description: "days of use that are looked at", unit: "days", isEvidence: true })),
  targetCpu: z
    .number()
    .min(0.2)
    .max(0.9)
    .default(0.7)
    .meta(
      about({
        description: "CPU use that the busiest hours may reach on the smaller machine",
        unit: "share",
      }),
    ),
  targetMemory: z
    .number()
    .min(0.3)
    .max(0.95)
    .default(0.85)
    .meta(about({ description: "memory use that may be reached on the smaller machine", unit: "share" })),
  connectionHeadroom: z
    .number()
    .min(1)
    .max(10)
    .default(1.25)
    .meta(
      about({
        description: "how many times the most connections ever open the smaller machine must allow",
        unit: "times",
      }),
    ),
});

export type SqlSizingSettings = z.output<typeof sqlSizingSettings>;

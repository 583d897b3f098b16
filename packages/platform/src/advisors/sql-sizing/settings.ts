import { z } from "zod";

export const sqlSizingSettings = z.object({
  sqlDays: z.int().min(7).max(400).default(28).describe("days of use that are looked at"),
  targetCpu: z
    .number()
    .min(0.2)
    .max(0.9)
    .default(0.7)
    .describe("CPU use that the busiest hours may reach on the smaller machine"),
  targetMemory: z
    .number()
    .min(0.3)
    .max(0.95)
    .default(0.85)
    .describe("memory use that may be reached on the smaller machine"),
  connectionHeadroom: z
    .number()
    .min(1)
    .max(10)
    .default(1.25)
    .describe("how many times the most connections ever open the smaller machine must allow"),
});

export type SqlSizingSettings = z.output<typeof sqlSizingSettings>;

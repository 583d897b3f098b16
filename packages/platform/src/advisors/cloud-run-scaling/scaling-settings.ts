import { z } from "zod";

const share = z.number().min(0).max(1);
// What has no default may come as text from the command line.
const optionalShare = z.coerce.number().min(0).max(1).optional();

/** Settings of the advisor; their descriptions make the options and the docs. */
export const scalingSettings = z.object({
  windowDays: z.number().int().min(14).max(365).default(35).describe("days of requests to replay"),
  leastDays: z.number().min(7).max(365).default(14).describe("days that must be known, or it abstains"),
  p95Ms: z.coerce
    .number()
    .positive()
    .optional()
    .describe("95 % of requests within; default: as today and the tolerance"),
  latencyTolerance: share.default(0.05).describe("how much slower P95 may become where p95Ms is not given"),
  errorShare: optionalShare.describe("most requests refused; default: as today and 0.1 %"),
  coldStartShare: optionalShare.describe("most requests that wait for a start; default: as today and 0.1 %"),
  missRate: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.05)
    .describe("of scheduled minimums: intervals that may need more"),
  memoryHeadroom: share.default(0.2).describe("memory above the most that was used"),
  concurrencyFactor: z
    .number()
    .min(1)
    .max(20)
    .default(2)
    .describe("how far above today's concurrency to look; never above 1 where it is 1"),
  cpuAllocation: z
    .enum(["keep", "to-instance", "both"])
    .default("to-instance")
    .describe("billing that may be proposed; `both` also takes CPU from work outside requests"),
  leastMinInstances: z.number().int().min(0).default(0).describe("minimum instances below which not to go"),
  mayLowerMaximum: z
    .boolean()
    .default(false)
    .describe("also look for a lower maximum: it saves only where a crowd starts more than it needs"),
  startupMsIfUnknown: z.number().positive().default(10_000).describe("time to start where none was measured"),
  replayTolerance: share
    .default(0.15)
    .describe("how far the replay of today's settings may be from the measured instances, or it abstains"),
  missingRequestsAreZero: z
    .boolean()
    .default(false)
    .describe("intervals without a count had no requests, even where nothing else was measured in them"),
  leastSavingShare: share
    .default(0.05)
    .describe("savings below this share of the cost are not worth a change"),
});

export type ScalingSettings = z.output<typeof scalingSettings>;

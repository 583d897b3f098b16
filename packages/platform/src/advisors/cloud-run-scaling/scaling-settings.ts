import { z } from "zod";
import { about } from "../setting-meta.ts";

const share = z.number().min(0).max(1);
// What has no default may come as text from the command line.
const optionalShare = z.coerce.number().min(0).max(1).optional();

/** Settings of the advisor; their descriptions make the options and the docs. */
export const scalingSettings = z.object({
  windowDays: z
    .number()
    .int()
    .min(14)
    .max(365)
    .default(35)
    .meta(about({ description: "days of requests to replay", unit: "days", isEvidence: true })),
  leastDays: z
    .number()
    .min(7)
    .max(365)
    .default(14)
    .meta(about({ description: "days that must be known, or it abstains", unit: "days", isEvidence: true })),
  p95Ms: z.coerce
    .number()
    .positive()
    .optional()
    .meta(
      about({
        description: "95 % of requests within",
        unit: "ms",
        unset: "as today and the tolerance",
        guardrail: { metric: "request.latency", statistic: "p95" },
      }),
    ),
  latencyTolerance: share
    .default(0.05)
    .meta(about({ description: "how much slower P95 may become where no limit is given", unit: "share" })),
  errorShare: optionalShare.meta(
    about({
      description: "most requests refused",
      unit: "share",
      unset: "as today and 0.1 %",
      guardrail: { metric: "availability", statistic: "mean", spare: true },
    }),
  ),
  coldStartShare: optionalShare.meta(
    about({ description: "most requests that wait for a start", unit: "share", unset: "as today and 0.1 %" }),
  ),
  missRate: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.05)
    .meta(about({ description: "of scheduled minimums: intervals that may need more", unit: "share" })),
  memoryHeadroom: share
    .default(0.2)
    .meta(about({ description: "memory above the most that was used", unit: "share" })),
  concurrencyFactor: z
    .number()
    .min(1)
    .max(20)
    .default(2)
    .meta(
      about({
        description: "how far above today's concurrency to look; never above 1 where it is 1",
        unit: "times",
      }),
    ),
  cpuAllocation: z
    .enum(["keep", "to-instance", "both"])
    .default("to-instance")
    .meta(
      about({
        description: "billing that may be proposed; `both` also takes CPU from work outside requests",
      }),
    ),
  leastMinInstances: z
    .number()
    .int()
    .min(0)
    .default(0)
    .meta(about({ description: "minimum instances below which not to go", unit: "instances" })),
  mayLowerMaximum: z
    .boolean()
    .default(false)
    .meta(
      about({
        description: "also look for a lower maximum: it saves only where a crowd starts more than it needs",
      }),
    ),
  startupMsIfUnknown: z
    .number()
    .positive()
    .default(10_000)
    .meta(about({ description: "time to start where none was measured", unit: "ms", isEvidence: true })),
  replayTolerance: share.default(0.15).meta(
    about({
      description:
        "how far the replay of today's settings may be from the measured instances, or it abstains",
      unit: "share",
      isEvidence: true,
    }),
  ),
  missingRequestsAreZero: z
    .boolean()
    .default(false)
    .meta(
      about({
        description:
          "intervals without a count had no requests, even where nothing else was measured in them",
        isEvidence: true,
      }),
    ),
  leastSavingShare: share
    .default(0.05)
    .meta(
      about({ description: "savings below this share of the cost are not worth a change", unit: "share" }),
    ),
});

export type ScalingSettings = z.output<typeof scalingSettings>;

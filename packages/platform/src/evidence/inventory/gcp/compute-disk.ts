import { z } from "zod";
import { lastPart, momentOf, type Normaliser } from "../normalise.ts";
import { computeBase, computeItem, linkName, wholeOrNull } from "./compute.ts";

const disk = z.object({
  ...computeBase,
  sizeGb: z.coerce.number(),
  type: z.string(),
  users: z.array(z.string()).default([]),
  provisionedIops: z.coerce.number().optional(),
  provisionedThroughput: z.coerce.number().optional(),
  lastDetachTimestamp: z.string().optional(),
});

export const computeDisk: Normaliser<"compute.googleapis.com/Disk"> = {
  kind: "compute.googleapis.com/Disk",
  normalise: (body, context) => {
    const { found, zone, common } = computeItem(disk, body, context);
    return {
      kind: "compute.googleapis.com/Disk",
      ...common,
      settings: {
        sizeGiB: found.sizeGb,
        type: lastPart(found.type),
        iops: wholeOrNull(found.provisionedIops),
        throughputMiBps: wholeOrNull(found.provisionedThroughput),
        zone,
        attachedTo: found.users.map(linkName),
        lastDetachedAt: momentOf(found.lastDetachTimestamp) ?? null,
      },
    };
  },
};

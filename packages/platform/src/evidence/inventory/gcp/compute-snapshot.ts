import { z } from "zod";
import type { Normaliser } from "../normalise.ts";
import { computeBase, computeItem, linkName } from "./compute.ts";

const snapshot = z.object({
  ...computeBase,
  diskSizeGb: z.coerce.number(),
  storageBytes: z.string().optional(),
  sourceDisk: z.string().optional(),
  sourceSnapshotSchedulePolicy: z.string().optional(),
});

export const computeSnapshot: Normaliser<"compute.googleapis.com/Snapshot"> = {
  kind: "compute.googleapis.com/Snapshot",
  normalise: (body, context) => {
    const { found, common } = computeItem(snapshot, body, context);
    const policy = found.sourceSnapshotSchedulePolicy;
    return {
      kind: "compute.googleapis.com/Snapshot",
      ...common,
      settings: {
        diskSizeGiB: found.diskSizeGb,
        storedBytes: found.storageBytes ?? null,
        sourceDisk: found.sourceDisk === undefined ? null : linkName(found.sourceDisk),
        usedBy: policy === undefined ? [] : [linkName(policy)],
      },
    };
  },
};

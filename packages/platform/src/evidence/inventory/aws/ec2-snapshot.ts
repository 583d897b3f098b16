import { z } from "zod";
import { type Normaliser, otherNames, readBody } from "../normalise.ts";
import { arnOf, awsScope, moment, tagList } from "./aws-names.ts";

const snapshot = z.object({
  SnapshotId: z.string(),
  OwnerId: z.string().optional(),
  VolumeSize: z.number(),
  VolumeId: z.string().optional(),
  StartTime: moment,
  FullSnapshotSizeInBytes: z.number().optional(),
  Tags: tagList,
});

/** AWS gives a snapshot of a volume that is gone, and copies, this volume's name. */
const NO_VOLUME = "vol-ffffffff";

/** Images by the snapshots that they need. */
export type SnapshotUsers = ReadonlyMap<string, readonly string[]>;

/**
 * A snapshot of ours. What it takes up AWS does not say: `FullSnapshotSizeInBytes` is the whole disk's, not what this one adds.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Snapshot.html, 2026-06
 */
export const ec2Snapshot = (users: SnapshotUsers = new Map()): Normaliser<"AWS::EC2::Snapshot"> => ({
  kind: "AWS::EC2::Snapshot",
  normalise: (body, context) => {
    const found = readBody(snapshot, body, context);
    const scope = awsScope({ account: found.OwnerId }, body, context);
    // As Cost and Usage Reports name it
    const id = arnOf("ec2", scope, `snapshot/${found.SnapshotId}`);
    const source = found.VolumeId;
    return {
      kind: "AWS::EC2::Snapshot",
      id,
      name: found.SnapshotId,
      scope,
      aliases: otherNames(id, [found.SnapshotId]),
      settings: {
        diskSizeGiB: found.VolumeSize,
        storedBytes: null,
        sourceDisk: source === undefined || source === "" || source === NO_VOLUME ? null : source,
        usedBy: users.get(found.SnapshotId) ?? [],
      },
      tags: found.Tags,
      ...(found.StartTime === undefined ? {} : { createdAt: found.StartTime }),
      readAt: context.readAt,
    };
  },
});

import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { defineAction } from "../action.ts";
import { pick, refused } from "../shared/changes.ts";
import { aws, gcloud, word } from "../shared/commands.ts";
import { deleteForGood } from "../shared/delete-resource.ts";
import { isGone, lastPart, readOne } from "../shared/gce-place.ts";
import { only, readJson } from "../shared/read-json.ts";

type Kind = "compute.googleapis.com/Snapshot" | "AWS::EC2::Snapshot";
type Settings = { readonly [setting: string]: Json };

const gceSnapshot = z.object({
  diskSizeGb: z.coerce.number(),
  sourceDisk: z.string().optional(),
  creationTimestamp: z.string(),
  status: z.string(),
});
const ebsSnapshots = z.object({
  Snapshots: z.array(
    z.object({
      VolumeSize: z.number(),
      VolumeId: z.string().optional(),
      StartTime: z.string(),
      State: z.string(),
      Description: z.string().default(""),
    }),
  ),
});
const date = "2026-11-22";

/** Deletes a snapshot: what only it holds is gone. */
export const deleteSnapshotAction = defineAction<Kind>({
  apiVersion: 1,
  id: "delete-snapshot",
  summary: "delete an old snapshot of a disk",
  kinds: ["compute.googleapis.com/Snapshot", "AWS::EC2::Snapshot"],
  changes: ["exists"],
  facts: [
    {
      text: "Snapshots are incremental: what a later one needs of a deleted GCE snapshot moves into that one, so that less is saved than its size.",
      source: "https://docs.cloud.google.com/compute/docs/reference/rest/v1/snapshots/delete",
      date,
    },
    {
      text: "Deleting an EBS snapshot removes only the data that no other snapshot needs. One that is the root device of a registered image can't be deleted.",
      source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html",
      date,
    },
  ],
  read: ({ kind, scope, name }) =>
    kind === "AWS::EC2::Snapshot"
      ? aws(
          scope,
          ...["ec2", "describe-snapshots", "--owner-ids", "self"],
          ...["--filters", `Name=snapshot-id,Values=${word("id", name)}`],
        )
      : gcloud(scope, "compute", "snapshots", "describe", word("name", name)),
  isAbsent: isGone,
  parseState: (output, resource) => {
    if (output === undefined) return { exists: false };
    return resource.kind === "AWS::EC2::Snapshot" ? parseEbs(output, resource) : parseGce(output, resource);
  },
  plan: (request) => {
    const { resource, state } = request;
    if (state.usedBy !== undefined && (state.usedBy as readonly string[]).length > 0)
      return refused(`${(state.usedBy as readonly string[]).join(", ")} was made with it and may need it`);
    const name = word("name", resource.name);
    return deleteForGood(request, {
      title: `Delete the snapshot ${name} of ${String(state.sourceDisk ?? "a disk that is not known")}, taken ${String(state.takenAt).slice(0, 10)}`,
      before: pick(state, ["exists", "takenAt", "sourceDisk"]),
      apply: [
        resource.kind === "AWS::EC2::Snapshot"
          ? aws(resource.scope, "ec2", "delete-snapshot", "--snapshot-id", name)
          : gcloud(resource.scope, "compute", "snapshots", "delete", name),
      ],
      notes: ["What no other snapshot or disk holds is gone for good."],
    });
  },
});

function parseGce(output: string, resource: ResourceRef): Settings {
  const found = readOne(output, gceSnapshot, resource);
  return {
    exists: true,
    diskSizeGiB: found.diskSizeGb,
    sourceDisk: found.sourceDisk === undefined ? null : lastPart(found.sourceDisk),
    takenAt: found.creationTimestamp,
    status: found.status,
  };
}

function parseEbs(output: string, resource: ResourceRef): Settings {
  const found = only("aws", readJson("aws", output, ebsSnapshots, resource).Snapshots, resource);
  if (found === undefined) return { exists: false };
  // EC2 and its image maker write the image's id there.
  const image = /\bami-[0-9a-f]{8,}/.exec(found.Description)?.[0];
  return {
    exists: true,
    diskSizeGiB: found.VolumeSize,
    sourceDisk: found.VolumeId ?? null,
    takenAt: found.StartTime,
    status: found.State,
    usedBy: image === undefined ? [] : [image],
  };
}

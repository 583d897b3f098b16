import type { Json, ResourceRef } from "@trimtab/domain";
import { type Command, defineAction } from "../action.ts";
import { pick, refused } from "../shared/changes.ts";
import { asText, aws, gcloud, word } from "../shared/commands.ts";
import { deletionProblem } from "../shared/delete-resource.ts";
import { isGone, placeFlag } from "../shared/gce-place.ts";
import { type DiskKind, parseDisk, RESTORES, readDisk } from "./disk-state.ts";

type Settings = { readonly [setting: string]: Json };
interface Way {
  readonly apply: readonly Command[];
  readonly rollback: readonly Command[];
}

const date = "2026-11-22";
/** On a snapshot of ours: the plan that took it. */
const PLAN = "trimtab:plan";
/** Stands for the snapshot's id, which only AWS knows. */
const SNAPSHOT = "trimtab-snapshot-id";

/** Deletes a disk that nothing uses, with a snapshot of it taken first. */
export const deleteDiskAction = defineAction<DiskKind>({
  apiVersion: 1,
  id: "delete-disk",
  summary: "delete a disk that nothing uses, a snapshot of it taken first",
  kinds: ["compute.googleapis.com/Disk", "AWS::EC2::Volume"],
  changes: ["exists"],
  facts: [
    {
      text: "Deleting a GCE disk removes its data for good, and not the snapshots taken of it before.",
      source: "https://docs.cloud.google.com/compute/docs/reference/rest/v1/disks/delete",
      date,
    },
    {
      text: "An EBS volume can be deleted only while it is attached to nothing.",
      source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVolume.html",
      date,
    },
    {
      text: "A volume restored from an EBS snapshot is a new one, with another id; it loads its blocks as they are read, slowly at first.",
      source: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-restoring-volume.html",
      date,
    },
    {
      text: "The snapshot costs what it stores for as long as it is kept: it is not deleted with the plan.",
      source: "https://cloud.google.com/compute/disks-image-pricing, https://aws.amazon.com/ebs/pricing",
      date,
    },
    {
      text: "The aws CLI waits ten minutes for a snapshot (40 times 15 s) and then fails.",
      source: "https://docs.aws.amazon.com/cli/latest/reference/ec2/wait/snapshot-completed.html",
      date,
    },
  ],
  read: readDisk,
  isAbsent: isGone,
  parseState: parseDisk,
  plan: (request) => {
    const { resource, state, key } = request;
    const problem = deletionProblem(request) ?? diskProblem(resource, state);
    if (problem !== undefined) return refused(problem);
    const way =
      resource.kind === "AWS::EC2::Volume"
        ? wayOfVolume(resource, state, key)
        : wayOfDisk(resource, state, key);
    const same = pick(state, ["exists", "sizeGiB", "type", "attachedTo"]);
    const step = {
      title: `Delete the disk ${resource.name} (${String(state.sizeGiB)} GiB ${String(state.type)}), a snapshot taken first`,
      before: same,
      ...way,
      after: { exists: false },
      restored: same,
      reversibility: "restorable" as const,
      settleSeconds: 1800,
      watchSeconds: 600,
    };
    return { status: "planned", steps: [step], notes: notesOf(resource, key) };
  },
});

function diskProblem(resource: ResourceRef<DiskKind>, state: Settings): string | undefined {
  if (resource.kind === "compute.googleapis.com/Disk" && placeFlag(resource) === undefined)
    return "its full name, with its zone, is needed to tell afterwards that it is gone";
  const users = state.attachedTo as readonly string[];
  if (users.length > 0) return `it is attached to ${users.join(", ")}`;
  return state.encryption === "supplied"
    ? "it is encrypted with a key that you supply with each command, which no plan may hold"
    : undefined;
}

const notesOf = ({ kind, name }: ResourceRef, key: string): readonly string[] =>
  kind === "AWS::EC2::Volume"
    ? [
        `The snapshot is tagged ${PLAN}=${key} and is charged until you delete it.`,
        "A snapshot that takes longer than ten minutes stops the step before anything is deleted; the next try is quicker, as it only adds what changed.",
        `Restored, the volume has another id and the tag ${RESTORES}=${name}.`,
      ]
    : [`The snapshot ${snapshotName(name, key)} is charged until you delete it.`];

/** Names have at most 63 letters. */
const snapshotName = (disk: string, key: string): string =>
  `trimtab-${disk.slice(0, 44).replace(/-+$/, "")}-${key}`;

function wayOfDisk(resource: ResourceRef<DiskKind>, state: Settings, key: string): Way {
  const { scope } = resource;
  const name = word("name", resource.name);
  const snapshot = snapshotName(name, key);
  const isZonal = state.place === "zone";
  const zone = word("zone", String(state.zone));
  const place = isZonal ? `--zone=${zone}` : `--region=${zone}`;
  const zones = state.replicaZones as readonly string[];
  const labels = pairs(state.tags as Settings);
  const create = [
    `--source-snapshot=${snapshot}`,
    `--type=${String(state.type)}`,
    `--size=${String(state.sizeGiB)}GB`,
    place,
    ...(isZonal ? [] : [`--replica-zones=${zones.join(",")}`]),
    ...(state.encryption === "google" ? [] : [`--kms-key=${String(state.encryption)}`]),
    ...(labels.length === 0 ? [] : [`--labels=${labels.join(",")}`]),
  ];
  return {
    apply: [
      gcloud(
        scope,
        ...["compute", "snapshots", "create", snapshot, `--source-disk=${name}`],
        isZonal ? `--source-disk-zone=${zone}` : `--source-disk-region=${zone}`,
        `--labels=trimtab-plan=${key}`,
      ),
      gcloud(scope, "compute", "disks", "delete", name, place),
    ],
    rollback: [gcloud(scope, "compute", "disks", "create", name, ...create)],
  };
}

function wayOfVolume({ scope, name }: ResourceRef<DiskKind>, state: Settings, key: string): Way {
  const id = word("id", name);
  const taken = ["--filters", `Name=volume-id,Values=${id}`, `Name=tag:${PLAN},Values=${key}`];
  const find = aws(scope, "ec2", "describe-snapshots", "--owner-ids", "self", ...taken);
  const tags = JSON.stringify([
    { ResourceType: "volume", Tags: [...tagsOf(state.tags as Settings), { Key: RESTORES, Value: id }] },
  ]);
  const size = (option: string, value: Json | undefined) => (value === null ? [] : [option, String(value)]);
  // Types other than these have the speed that their size gives.
  const speed = [
    ...(/^(gp3|io1|io2)$/.test(String(state.type)) ? size("--iops", state.iops) : []),
    ...(state.type === "gp3" ? size("--throughput", state.throughputMiBps) : []),
  ];
  const ours = JSON.stringify([{ ResourceType: "snapshot", Tags: [{ Key: PLAN, Value: key }] }]);
  return {
    apply: [
      aws(scope, "ec2", "create-snapshot", "--volume-id", id, "--tag-specifications", ours),
      aws(scope, "ec2", "wait", "snapshot-completed", "--owner-ids", "self", ...taken),
      aws(scope, "ec2", "delete-volume", "--volume-id", id),
    ],
    rollback: [
      {
        ...aws(
          scope,
          ...["ec2", "create-volume", "--snapshot-id", SNAPSHOT],
          ...["--availability-zone", String(state.zone), "--volume-type", String(state.type)],
          ...["--size", String(state.sizeGiB), ...speed, "--tag-specifications", tags],
        ),
        lookups: { [SNAPSHOT]: asText(find, "Snapshots[0].SnapshotId") },
      },
    ],
  };
}

const pairs = (labels: Settings): readonly string[] =>
  Object.entries(labels).map(([label, value]) => `${label}=${String(value)}`);

const tagsOf = (tags: Settings) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) }));

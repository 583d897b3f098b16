import { expect, test } from "vitest";
import { amazon, gcp, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { resolveCommand } from "../shared/resolve-command.ts";
import { deleteDiskAction } from "./delete-disk-action.ts";

const gone = ["exists", true, false] as const;
const disk = gcp(
  "compute.googleapis.com/Disk",
  "old-data",
  "//compute.googleapis.com/projects/p/zones/europe-west1-b/disks/old-data",
);
const gce = (own: object = {}) => [
  {
    sizeGb: "200",
    type: "https://x/diskTypes/pd-ssd",
    zone: "https://x/zones/europe-west1-b",
    labels: { team: "search" },
    ...own,
  },
];
const volume = amazon("AWS::EC2::Volume", "vol-0abc");
const ebs = (...own: readonly object[]) => ({
  Volumes: own.map((more) => ({
    VolumeId: "vol-0abc",
    Size: 80,
    VolumeType: "gp3",
    State: "available",
    AvailabilityZone: "eu-central-1a",
    Iops: 3000,
    Throughput: 125,
    Tags: [{ Key: "Name", Value: "old; rm -rf /" }],
    ...more,
  })),
});

test("Google: the snapshot is named by the plan, so that the way back is known beforehand", () => {
  const [step] = stepsOf(planOn(deleteDiskAction, disk, gce(), gone));
  expect(lines(step?.apply ?? [])).toEqual([
    "gcloud compute snapshots create trimtab-old-data-p1a2n3k4e5 --source-disk=old-data --source-disk-zone=europe-west1-b --labels=trimtab-plan=p1a2n3k4e5",
    "gcloud compute disks delete old-data --zone=europe-west1-b",
  ]);
  expect(lines(step?.rollback ?? [])).toEqual([
    "gcloud compute disks create old-data --source-snapshot=trimtab-old-data-p1a2n3k4e5 --type=pd-ssd --size=200GB --zone=europe-west1-b --labels=team=search",
  ]);
  expect(step?.reversibility).toBe("restorable");
});

test("AWS: the way back asks for the snapshot that only AWS can name", async () => {
  const [step] = stepsOf(planOn(deleteDiskAction, volume, ebs({}), gone));
  const [restore] = step?.rollback ?? [];
  if (restore === undefined) throw new Error("no way back");
  const asked: string[] = [];
  const { args, ...rest } = await resolveCommand(restore, async (lookup) => {
    asked.push(lines([lookup])[0] ?? "");
    return "snap-0fff\n";
  });
  expect(rest).toEqual({ tool: "aws" });
  expect(args.join(" ")).toContain(
    "create-volume --snapshot-id snap-0fff --availability-zone eu-central-1a --volume-type gp3 --size 80 --iops 3000 --throughput 125",
  );
  expect(args).toContain(
    '[{"ResourceType":"volume","Tags":[{"Key":"Name","Value":"old; rm -rf /"},{"Key":"trimtab:restores","Value":"vol-0abc"}]}]',
  );
  expect(asked[0]).toContain("Name=tag:trimtab:plan,Values=p1a2n3k4e5");
  await expect(resolveCommand(restore, async () => "None\n")).rejects.toThrow(/no single word/);
});

test("a restored volume is it, one that only mentions it is not", () => {
  const restored = ebs(
    { VolumeId: "vol-0new", Tags: [{ Key: "trimtab:restores", Value: "vol-0abc" }] },
    { VolumeId: "vol-0other", Tags: [{ Key: "copy-of", Value: "vol-0abc" }] },
  );
  expect(deleteDiskAction.parseState(JSON.stringify(restored), volume)).toMatchObject({
    exists: true,
    tags: {},
  });
  expect(deleteDiskAction.parseState('{"Volumes":[]}', volume)).toEqual({ exists: false });
});

test.each([
  ["what is attached", disk, gce({ users: ["https://x/instances/web-1"] }), "attached to web-1"],
  ["a key that you supply", disk, gce({ diskEncryptionKey: { sha256: "x" } }), "encrypted"],
  ["a volume in use", volume, ebs({ Attachments: [{ InstanceId: "i-1" }] }), "attached to i-1"],
  ["a disk whose zone is not known", gcp("compute.googleapis.com/Disk", "old-data"), gce(), "full name"],
  ["what is gone", volume, ebs(), "not there"],
] as const)("refuses %s", (_, resource, printed, why) => {
  expect(refusalOf(planOn(deleteDiskAction, resource as typeof disk, printed, gone))).toContain(why);
});

import { expect, test } from "vitest";
import { amazon, gcp, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { deleteSnapshotAction } from "./delete-snapshot-action.ts";

const gone = ["exists", true, false] as const;
const ebs = amazon("AWS::EC2::Snapshot", "snap-0abc");
const printed = (Description = "") => ({
  Snapshots: [
    { VolumeSize: 8, VolumeId: "vol-1", StartTime: "2025-01-02T03:04:05Z", State: "completed", Description },
  ],
});

test("a snapshot of AWS", () => {
  const [step] = stepsOf(planOn(deleteSnapshotAction, ebs, printed(), gone));
  expect(step).toMatchObject({ reversibility: "irreversible", rollback: [] });
  expect(step?.title).toContain("taken 2025-01-02");
  expect(lines(step?.apply ?? [])).toEqual(["aws ec2 delete-snapshot --snapshot-id snap-0abc"]);
});

test("one that an image was made with is refused", () => {
  const made = printed("Created by CreateImage(i-1) for ami-0123456789abcdef0");
  expect(refusalOf(planOn(deleteSnapshotAction, ebs, made, gone))).toContain("ami-0123456789abcdef0");
});

test("a snapshot of Google", () => {
  const snapshot = gcp("compute.googleapis.com/Snapshot", "weekly-1");
  const said = [
    {
      diskSizeGb: "10",
      sourceDisk: "https://x/disks/db",
      creationTimestamp: "2025-01-02T03:04:05Z",
      status: "READY",
    },
  ];
  const [step] = stepsOf(planOn(deleteSnapshotAction, snapshot, said, gone));
  expect(lines(step?.apply ?? [])).toEqual(["gcloud compute snapshots delete weekly-1"]);
});

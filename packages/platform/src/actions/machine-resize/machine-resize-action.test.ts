import { expect, test } from "vitest";
import { amazon, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { machineResizeAction } from "./machine-resize-action.ts";

const machine = amazon("AWS::EC2::Instance", "i-0abc");
const ec2 = (own: object = {}) => ({
  Reservations: [
    {
      Instances: [
        {
          InstanceType: "m6i.xlarge",
          State: { Name: "running" },
          Architecture: "x86_64",
          Placement: { AvailabilityZone: "eu-central-1a" },
          ...own,
        },
      ],
    },
  ],
});

test("stop, change, start; each way back is the mirror image", () => {
  const steps = stepsOf(
    planOn(machineResizeAction, machine, ec2(), ["machineType", "m6i.xlarge", "m6i.large"]),
  );
  expect(lines(steps.flatMap(({ apply }) => apply))).toEqual([
    "aws ec2 stop-instances --instance-ids i-0abc",
    "aws ec2 modify-instance-attribute --instance-id i-0abc --instance-type Value=m6i.large",
    "aws ec2 start-instances --instance-ids i-0abc",
  ]);
  expect(lines(steps.toReversed().flatMap(({ rollback }) => rollback))).toEqual([
    "aws ec2 stop-instances --instance-ids i-0abc",
    "aws ec2 modify-instance-attribute --instance-id i-0abc --instance-type Value=m6i.xlarge",
    "aws ec2 start-instances --instance-ids i-0abc",
  ]);
  expect(steps.map(({ watchSeconds }) => watchSeconds)).toEqual([0, 0, 3600]);
});

test("what is stopped stays so", () => {
  const steps = stepsOf(
    planOn(machineResizeAction, machine, ec2({ State: { Name: "stopped" } }), [
      "machineType",
      "m6i.xlarge",
      "m6i.large",
    ]),
  );
  expect(steps).toHaveLength(1);
});

test.each([
  ["m6g.large", "another architecture"],
  ["im4gn.large", "another architecture"],
  ["m6id.large", "local disks"],
  ["m6i.xlarge", "already"],
  ["large", "no machine type"],
  ["m6i.large;reboot", "no machine type"],
])("refuses %s: %s", (type, why) => {
  expect(
    refusalOf(planOn(machineResizeAction, machine, ec2(), ["machineType", "m6i.xlarge", type])),
  ).toContain(why);
});

test("an Arm machine stays one", () => {
  const arm = ec2({ InstanceType: "m6g.xlarge", Architecture: "arm64" });
  expect(
    stepsOf(planOn(machineResizeAction, machine, arm, ["machineType", "m6g.xlarge", "m7g.large"])),
  ).toHaveLength(3);
  expect(
    refusalOf(planOn(machineResizeAction, machine, arm, ["machineType", "m6g.xlarge", "m7i.large"])),
  ).toContain("architecture");
});

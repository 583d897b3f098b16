import { expect, test } from "vitest";
import { amazon, gcp, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { machinePowerAction } from "./machine-power-action.ts";

const web = gcp(
  "compute.googleapis.com/Instance",
  "web-1",
  "//compute.googleapis.com/projects/shop-prod/zones/europe-west1-b/instances/web-1",
);
const vm = (own: object = {}) => [
  {
    name: "web-1",
    status: "RUNNING",
    machineType:
      "https://www.googleapis.com/compute/v1/projects/p/zones/europe-west1-b/machineTypes/e2-standard-4",
    zone: "https://www.googleapis.com/compute/v1/projects/p/zones/europe-west1-b",
    disks: [{ type: "PERSISTENT" }],
    networkInterfaces: [{ accessConfigs: [{ natIP: "203.0.113.7" }] }],
    ...own,
  },
];
const machine = amazon("AWS::EC2::Instance", "i-0abc");
const ec2 = (own: object = {}) => ({
  Reservations: [
    {
      Instances: [
        {
          InstanceType: "m6i.xlarge",
          State: { Name: "running" },
          Architecture: "x86_64",
          RootDeviceType: "ebs",
          Placement: { AvailabilityZone: "eu-central-1a" },
          PublicIpAddress: "198.51.100.9",
          NetworkInterfaces: [{ Association: { IpOwnerId: "amazon" } }],
          ...own,
        },
      ],
    },
  ],
});
const stop = ["status", "running", "stopped"] as const;

test("a machine of Google: stopped in its zone, started again", () => {
  const plan = planOn(machinePowerAction, web, vm(), stop);
  const [step] = stepsOf(plan);
  expect(lines([...(step?.apply ?? []), ...(step?.rollback ?? [])])).toEqual([
    "gcloud compute instances stop web-1 --zone=europe-west1-b",
    "gcloud compute instances start web-1 --zone=europe-west1-b",
  ]);
  expect(plan).toMatchObject({ notes: expect.arrayContaining([expect.stringContaining("203.0.113.7")]) });
});

test("Google's TERMINATED is stopped, and can be started", () => {
  const [step] = stepsOf(
    planOn(machinePowerAction, web, vm({ status: "TERMINATED" }), ["status", "stopped", "running"]),
  );
  expect(step?.before).toEqual({ exists: true, status: "stopped" });
});

test("local SSDs lose their content: said, asked for, and irreversible", () => {
  const [step] = stepsOf(planOn(machinePowerAction, web, vm({ disks: [{ type: "SCRATCH" }] }), stop));
  expect(step?.reversibility).toBe("irreversible");
  expect(lines(step?.apply ?? [])[0]).toContain("--discard-local-ssd=true");
});

test.each([
  ["m6i.xlarge", "reversible"],
  ["m6id.xlarge", "irreversible"],
  ["r5dn.large", "irreversible"],
  ["i4i.large", "irreversible"],
  ["im4gn.large", "irreversible"],
  ["g5.xlarge", "irreversible"],
  ["g5g.xlarge", "reversible"],
  ["t3.micro", "reversible"],
])("stopping a %s is %s", (InstanceType, reversibility) => {
  expect(stepsOf(planOn(machinePowerAction, machine, ec2({ InstanceType }), stop))[0]?.reversibility).toBe(
    reversibility,
  );
});

test("an address that is lost is named, an Elastic one is not", () => {
  const elastic = ec2({ NetworkInterfaces: [{ Association: { IpOwnerId: "123456789012" } }] });
  const notes = (printed: object) => JSON.stringify(planOn(machinePowerAction, machine, printed, stop));
  expect(notes(ec2())).toContain("198.51.100.9 is given back");
  expect(notes(elastic)).not.toContain("198.51.100.9");
});

test.each([
  [
    "what a group manages",
    machine,
    ec2({ Tags: [{ Key: "aws:autoscaling:groupName", Value: "web" }] }),
    "web manages it",
  ],
  ["a spot machine", machine, ec2({ InstanceLifecycle: "spot" }), "spot"],
  [
    "one of a managed group",
    web,
    vm({ metadata: { items: [{ key: "created-by", value: "groups/web" }] } }),
    "groups/web",
  ],
] as const)("refuses %s", (_, resource, printed, why) => {
  expect(refusalOf(planOn(machinePowerAction, resource as typeof web, printed, stop))).toContain(why);
});

test("two machines of one name, without a zone, can't be told apart", () => {
  const printed = JSON.stringify([...vm(), ...vm()]);
  expect(() =>
    machinePowerAction.parseState(printed, gcp("compute.googleapis.com/Instance", "web-1")),
  ).toThrow(/there are 2/);
});

test("an empty list is not taken for gone: it may be for want of a permission", () => {
  expect(() => machinePowerAction.parseState("[]", gcp("compute.googleapis.com/Instance", "web-1"))).toThrow(
    /may be listed/,
  );
});

test.each([
  ["The resource 'projects/p/zones/z/instances/web-1' was not found", true],
  ["The resource 'projects/p/zones/z' was not found", false],
  ["Required 'compute.instances.get' permission for 'projects/p/zones/z/instances/web-1'", false],
])("%s: gone is %s", (said, is) => {
  const stderr = `ERROR: (gcloud.compute.instances.describe) Could not fetch resource:\n - ${said}`;
  expect(machinePowerAction.isAbsent?.({ exitCode: 1, stderr })).toBe(is);
});

test("one that was terminated is gone", () => {
  expect(
    machinePowerAction.parseState(JSON.stringify(ec2({ State: { Name: "terminated" } })), machine),
  ).toEqual({
    exists: false,
  });
});

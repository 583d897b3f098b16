import { expect, test } from "vitest";
import { amazon, gcp, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { releaseAddressAction } from "./release-address-action.ts";

const gone = ["exists", true, false] as const;
const elastic = amazon("AWS::EC2::EIP", "eipalloc-0abc");
const address = gcp("compute.googleapis.com/Address", "old-ip");

test("it is for good, whatever luck may do", () => {
  const plan = planOn(releaseAddressAction, elastic, { Addresses: [{ PublicIp: "203.0.113.3" }] }, gone);
  const [step] = stepsOf(plan);
  expect(step).toMatchObject({ reversibility: "irreversible", rollback: [], restored: { exists: true } });
  expect(lines(step?.apply ?? [])).toEqual(["aws ec2 release-address --allocation-id eipalloc-0abc"]);
  expect(plan).toMatchObject({ notes: [expect.stringContaining("by luck"), expect.anything()] });
});

test("Google's are of a region or global", () => {
  const printed = [{ address: "203.0.113.4", status: "RESERVED" }];
  const lineOf = (resource: typeof address) =>
    lines(stepsOf(planOn(releaseAddressAction, resource, printed, gone))[0]?.apply ?? [])[0];
  expect(lineOf(address)).toBe("gcloud compute addresses delete old-ip --region=europe-west1");
  const global = { ...address, scope: { ...address.scope, region: "global" } };
  expect(lineOf(global)).toBe("gcloud compute addresses delete old-ip --global");
});

test.each([
  [
    "one of an instance",
    elastic,
    { Addresses: [{ PublicIp: "203.0.113.3", InstanceId: "i-1" }] },
    "i-1 uses it",
  ],
  [
    "one in use by what is not said",
    address,
    [{ address: "203.0.113.4", status: "IN_USE" }],
    "something uses it",
  ],
] as const)("refuses %s", (_, resource, printed, why) => {
  expect(refusalOf(planOn(releaseAddressAction, resource as typeof address, printed, gone))).toContain(why);
});

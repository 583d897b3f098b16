import { formatFixed, grossOf, type InventoryItem, instant } from "@trimtab/domain";
import { expect, test } from "vitest";
import { costOf, evidenceOf, NOW, summaryOf } from "../../testing/advice-evidence.ts";
import { volume } from "../../testing/sample-items.ts";
import { idleResourcesAdvisor } from "./idle-resources.ts";

const settings = idleResourcesAdvisor.settings.parse({});
const scope = { provider: "aws", account: "111111111111", region: "eu-west-1" } as const;
const prices = { "aws.ebs.volume": "0.088", "aws.ebs.snapshot": "0.05", "aws.ec2.address": "0.005" };
const unused = [
  summaryOf("disk.read.operations", "sum", { sum: 0 }),
  summaryOf("disk.write.operations", "sum", { sum: 0 }),
];
const advise = (given: Parameters<typeof evidenceOf>[0]) =>
  idleResourcesAdvisor.advise(evidenceOf(given) as never, settings);

test("an unattached disk that nothing used is deleted, and its snapshot's cost taken off", () => {
  const advice = advise({ resource: volume, summaries: unused, prices, cost: costOf("44") });
  expect(advice.status).toBe("recommended");
  if (advice.status !== "recommended") return;
  const [draft] = advice.drafts;
  const gross = grossOf(draft?.lines ?? [], draft?.costNow.currency as never);
  // 500 GiB × 0.088, less a snapshot of all of it, of half of it, of nothing.
  expect([gross.low, gross.mid, gross.high].map((amount) => formatFixed(amount, 2))).toEqual([
    "19.00",
    "31.50",
    "44.00",
  ]);
  expect(draft?.reversibility).toBe("restorable");
});

test.each([
  ["attached", { settings: { ...volume.settings, attachedTo: ["i-1"] } }, unused, "fine", "attached to i-1"],
  [
    "in use lately",
    {},
    [summaryOf("disk.read.operations", "sum", { sum: 7 }), unused[1]],
    "fine",
    "were seen",
  ],
  ["unattached since nobody knows when", {}, [], "abstained", "not known is since when"],
  [
    "detached a week ago",
    { settings: { ...volume.settings, lastDetachedAt: instant("2026-06-23T00:00:00Z") } },
    [],
    "fine",
    "7 days ago",
  ],
])("a disk that is %s stays", (_, change, summaries, status, reason) => {
  const resource = { ...volume, ...change };
  const given = { resource, summaries: summaries.flatMap((each) => each ?? []), prices };
  expect(advise(given)).toMatchObject({ status, reason: expect.stringContaining(reason) });
});

const snapshot = (id: string, taken: string): InventoryItem<"AWS::EC2::Snapshot"> => ({
  kind: "AWS::EC2::Snapshot",
  id,
  name: id,
  scope,
  settings: { diskSizeGiB: 500, storedBytes: null, sourceDisk: "vol-1", usedBy: [] },
  tags: {},
  aliases: [],
  createdAt: instant(taken),
  readAt: NOW,
});

test("an old snapshot goes only where a newer one of the disk stays, and saves at most what it is billed", () => {
  const old = snapshot("snap-old", "2026-01-01T00:00:00Z");
  const given = { resource: old, prices, cost: costOf("10") };
  expect(advise(given)).toMatchObject({ status: "abstained", reason: expect.stringContaining("only copy") });
  expect(advise({ ...given, referring: [old] }).status).toBe("abstained");
  const advice = advise({ ...given, referring: [old, snapshot("snap-new", "2026-06-01T00:00:00Z")] });
  if (advice.status !== "recommended") throw new Error(advice.reason);
  const gross = grossOf(advice.drafts[0]?.lines ?? [], advice.drafts[0]?.costNow.currency as never);
  expect([gross.low, gross.mid, gross.high].map(String)).toEqual(["0", "5", "10"]);
  expect(advice.drafts[0]?.reversibility).toBe("irreversible");
});

test("an idle address costs its hours; one in use and an internal one are fine", () => {
  const address: InventoryItem<"AWS::EC2::EIP"> = {
    kind: "AWS::EC2::EIP",
    id: "eipalloc-1",
    name: "eipalloc-1",
    scope,
    settings: { address: "198.51.100.7", isExternal: true, usedBy: [] },
    tags: {},
    aliases: [],
    readAt: NOW,
  };
  const advice = advise({ resource: address, prices });
  if (advice.status !== "recommended") throw new Error(advice.reason);
  expect(String(advice.drafts[0]?.costNow.amount)).toBe("3.65");
  expect(
    advise({ resource: { ...address, settings: { ...address.settings, usedBy: ["i-1"] } }, prices }).status,
  ).toBe("fine");
  expect(advise({ resource: address }).status).toBe("abstained");
});

test("a balancer without requests needs enough days of them to conclude from", () => {
  const balancer: InventoryItem<"AWS::ElasticLoadBalancingV2::LoadBalancer"> = {
    kind: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    id: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/web/1",
    name: "web",
    scope,
    settings: { type: "application", targets: 2, healthyTargets: 2 },
    tags: {},
    aliases: [],
    readAt: NOW,
  };
  const with_ = (summaries: readonly ReturnType<typeof summaryOf>[]) =>
    advise({ resource: balancer, summaries, prices: { "aws.elb.balancer": "0.0252" } });
  expect(with_([summaryOf("requests", "sum", { sum: 0 })]).status).toBe("recommended");
  expect(with_([summaryOf("requests", "sum", { sum: 12 })]).status).toBe("fine");
  expect(with_([summaryOf("requests", "sum", { sum: 0 }, { days: 3 })]).status).toBe("abstained");
  expect(with_([]).status).toBe("abstained");
});

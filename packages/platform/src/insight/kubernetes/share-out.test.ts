import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Day, formatDecimal, sumDecimals } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { openLake } from "../../lake/lake.ts";
import { findBills, loadFound } from "../../sources/load-bills.ts";
import { sources } from "../../sources/registry.ts";
import { storeOtherDatasets } from "../../sources/store-other-datasets.ts";
import { lakeRoot, lakeStorageOptions } from "../../testing/lake-root.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import type { KubernetesCosts, KubernetesDimension } from "./allocated-charge.ts";
import { shareOut } from "./share-out.ts";
import { finestPeriods } from "./weights.ts";

const HEADER =
  "BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ResourceId,BillingAccountId";
const NODE = "arn:aws:ec2:us-east-1:1:instance/i-0abc";
const charge = (cost: string, date: string, resource: string) =>
  `${cost},${cost},USD,2026-01-01,Usage,${date},${date},${resource},1`;

const day1 = { start: "2026-01-01T00:00:00Z", end: "2026-01-02T00:00:00Z" };
const pod = (namespace: string, cpuCost: number, more: object = {}) => ({
  name: `c/n1/${namespace}/pod`,
  properties: {
    cluster: "c",
    node: "n1",
    namespace,
    providerID: "aws:///us-east-1a/i-0abc",
    labels: { team: namespace },
  },
  window: day1,
  cpuCost,
  cpuCostAdjustment: 0,
  ramCost: 0,
  ...more,
});
const idle = (cpuCost: number) => ({
  ...pod("x", cpuCost),
  name: "c/n1/__idle__",
  properties: { cluster: "c", providerID: "i-0abc" },
});

const answerOf = (...windows: object[]) => JSON.stringify({ code: 200, data: windows }, null, 1);

const share = async (
  bill: readonly string[],
  allocations: readonly string[],
  by: readonly KubernetesDimension[] = ["namespace"],
) => {
  const folder = tempFolder();
  writeFileSync(join(folder, "bill.csv"), [HEADER, ...bill, ""].join("\n"));
  allocations.forEach((content, index) => void writeFileSync(join(folder, `a${index}.json`), content));
  const lake = await openLake({ root: lakeRoot(folder), threads: 1, storage: lakeStorageOptions(folder) });
  try {
    const files = allocations.map((_, index) => `a${index}.json`);
    const request = { patterns: [...(bill.length > 0 ? ["bill.csv"] : []), ...files], cwd: folder, sources };
    const found = await findBills(lake, request);
    if (found.inputs.length > 0) await loadFound(lake, found, request);
    let seconds = 0;
    const clock = () => {
      seconds += 1;
      return new Date(Date.UTC(2026, 1, 1, 0, 0, seconds));
    };
    const stored = await storeOtherDatasets(lake, found.others, clock);
    expect(stored).toHaveLength(allocations.length);
    return await shareOut(lake, { by });
  } finally {
    lake.close();
  }
};

const shared = async (...args: Parameters<typeof share>): Promise<KubernetesCosts> => {
  const answer = await share(...args);
  if (answer.status !== "shared") throw new Error(answer.reason);
  return answer;
};

const parts = ({ charges }: KubernetesCosts) =>
  Object.fromEntries(
    charges.map(({ AllocatedResourceId, EffectiveCost }) => [
      AllocatedResourceId,
      formatDecimal(EffectiveCost),
    ]),
  );

describe("a bill shared out by OpenCost", () => {
  it("keeps the bill's cost to the last digit, whatever OpenCost takes it to be", async () => {
    const allocations = { a: pod("a", 1), b: pod("b", 1), "c/n1/__idle__": idle(1) };
    const answer = await shared([charge("10", "2026-01-01", NODE)], [answerOf(allocations)]);
    expect(parts(answer)).toEqual({ a: "3.333333333334", b: "3.333333333333", __idle__: "3.333333333333" });
    expect(formatDecimal(sumDecimals(answer.charges.map(({ EffectiveCost }) => EffectiveCost)))).toBe("10");
    expect(answer.resources).toMatchObject([{ resourceId: NODE, assetKind: "node", currency: "USD" }]);
    expect(answer.estimates).toEqual([]);
  });

  it("shows the cost of a day without weights as unallocated", async () => {
    const bill = [
      charge("10", "2026-01-01", NODE),
      charge("4", "2026-01-02", NODE),
      charge("1", "2026-01-03", NODE),
    ];
    const later = { start: "2026-01-03T00:00:00Z", end: "2026-01-04T00:00:00Z" };
    const answer = await shared(bill, [
      answerOf({ a: pod("a", 2) }, { a: { ...pod("a", 2), window: later } }),
    ]);
    const unallocated = answer.charges.filter(({ kind }) => kind === "unallocated");
    expect(unallocated).toMatchObject([
      { ChargePeriodStart: "2026-01-02", AllocatedResourceId: "__unallocated__" },
    ]);
    expect(formatDecimal(answer.resources[0]?.cost ?? sumDecimals([]))).toBe("15");
    expect(answer.notes.join()).toContain("no idle rows");
  });

  it("shares a disk by its claims and leaves what has no id in the bill as an estimate", async () => {
    const withDisk = pod("a", 1, {
      pvs: { "cluster=c:name=pv": { byteHours: 1, cost: 3, providerID: "vol-1" } },
      networkCost: 2,
    });
    const bill = [charge("10", "2026-01-01", NODE), charge("6", "2026-01-01", "vol-1")];
    const answer = await shared(bill, [answerOf({ a: withDisk })]);
    expect(answer.resources.map(({ assetKind, cost }) => [assetKind, formatDecimal(cost)])).toEqual([
      ["node", "10"],
      ["disk", "6"],
    ]);
    expect(answer.estimates).toMatchObject([{ assetKind: "network", assetId: null }]);
  });

  it("is an estimate as a whole without a bill", async () => {
    const answer = await shared([], [answerOf({ a: pod("a", 1.5) })]);
    expect(answer.charges).toEqual([]);
    expect(answer.estimates.map(({ weight, reason }) => [formatDecimal(weight), reason])).toEqual([
      ["1.5", "no charge of the bill has this resource"],
    ]);
  });

  it("does not guess between two resources that end alike", async () => {
    const bill = [
      charge("1", "2026-01-01", "arn:x:1:instance/i-0abc"),
      charge("1", "2026-01-01", "arn:y:2:instance/i-0abc"),
    ];
    const { charges, estimates } = await shared(bill, [answerOf({ a: pod("a", 1) })]);
    expect(charges).toEqual([]);
    expect(estimates[0]?.reason).toMatch(/2 resources of the bill end like it/);
  });

  it("reads the newest load of a window, never both", async () => {
    const older = answerOf({ a: pod("a", 1), b: pod("b", 1) });
    const newer = answerOf({ a: pod("a", 3), b: pod("b", 1) });
    const answer = await shared([charge("8", "2026-01-01", NODE)], [older, newer], ["label:team"]);
    expect(parts(answer)).toEqual({ a: "6", b: "2" });
  });

  it("refuses windows that cut days", async () => {
    const across = { start: "2026-01-01T12:00:00Z", end: "2026-01-02T12:00:00Z" };
    await expect(share([], [answerOf({ a: { ...pod("a", 1), window: across } })])).rejects.toThrow(
      /whole days/,
    );
  });
});

describe("OpenCost's CSV export", () => {
  it("holds estimates only: it names no node", async () => {
    const csv = `Date,Namespace,ControllerKind,ControllerName,Pod,Container,Labels,CPUCost,RAMCost,PVCost,GPUCost,NetworkCost,TotalCost
2026-01-01,a,deployment,web,web-1,web,"{""app"":""web""}",0.5,0.25,0,0,0,0.75
`;
    const answer = await shared([], [csv], ["namespace", "label:app"]);
    expect(answer.estimates.map(({ weight }) => formatDecimal(weight))).toEqual(["0.75"]);
  });
});

describe("an OpenCost export whose text is no UTF-8", () => {
  it("is refused: the engine fails within where it reads some columns of such a file", async () => {
    const folder = tempFolder();
    const lines = [
      "Date,Cluster,Node,Namespace,ControllerKind,ControllerName,Pod,Container,CPUCost,RAMCost,ProviderID",
      "2026-02-01,c,n1,shop,deployment,web,web-0,app,0.5,0.25,i-0\xe9",
      "2026-02-02,c,n1,shop,deployment,web,web-1,app,0.5,0.25",
    ];
    writeFileSync(join(folder, "a.csv"), Buffer.from(lines.join("\n"), "latin1"));
    const lake = await openLake({ root: lakeRoot(folder), threads: 1, storage: lakeStorageOptions(folder) });
    const { others } = await findBills(lake, { patterns: ["a.csv"], cwd: folder, sources });
    await expect(storeOtherDatasets(lake, others, () => new Date())).rejects.toMatchObject({
      code: "LAKE_INPUT_REFUSED",
      details: { reason: "its text is not UTF-8" },
    });
    lake.close();
  });
});

describe("periods", () => {
  it("that hold finer ones are left out", () => {
    const one = (start: string, end: string) => ({ start: start as Day, end: end as Day });
    const week = one("2026-01-01", "2026-01-08");
    const days = [one("2026-01-01", "2026-01-02"), one("2026-01-05", "2026-01-06")];
    const next = one("2026-01-08", "2026-01-15");
    expect(finestPeriods([week, ...days, next])).toEqual({ kept: [...days, next], left: [week] });
  });
});

import { describe, expect, it } from "vitest";
import { type CurRow, loadCur } from "../../testing/cur-bill.ts";

const PLAN = "arn:aws:savingsplans::111111111111:savingsplan/sp-1";
const USAGE = { "lineItem/UsageType": "USE1-BoxUsage:m5.large", "lineItem/ResourceId": "i-0aaa" };

const pod = (
  name: string,
  kind: "vCPU" | "GB",
  split: string,
  unused: string,
  more: CurRow = {},
): CurRow => ({
  "lineItem/ProductCode": "AmazonEKS",
  "lineItem/UsageType": `USE1-EKS-EC2-${kind}-Hours`,
  "lineItem/ResourceId": `arn:aws:eks:us-east-1:222222222222:pod/cluster/default/${name}/uid`,
  "splitLineItem/ParentResourceId": "i-0aaa",
  "splitLineItem/SplitCost": split,
  "splitLineItem/UnusedCost": unused,
  "splitLineItem/SplitUsage": "0.5",
  "splitLineItem/SplitUsageRatio": "0.25",
  "splitLineItem/PublicOnDemandSplitCost": split,
  "splitLineItem/PublicOnDemandUnusedCost": unused,
  "resourceTags/user:app": name,
  ...more,
});

const instance = (cost: string, more: CurRow = {}): CurRow => ({
  ...USAGE,
  "lineItem/UnblendedCost": cost,
  "pricing/publicOnDemandCost": cost,
  ...more,
});

const load = async (rows: readonly CurRow[]) => {
  const bill = await loadCur(rows);
  const charges = await bill.charges(
    "(x_extra ->> '/x_SplitPart')",
    "BilledCost",
    "EffectiveCost",
    "AllocatedResourceId",
  );
  const parts = charges.map((charge) => {
    const [part, billed, effective] = Object.values(charge);
    return `${part} ${Number(billed)} ${Number(effective)}`;
  });
  return { ...bill, parts: parts.sort() };
};

describe("split cost allocation data", () => {
  it("replaces an instance's hour by its pods, what they left unused, and the exact remainder", async () => {
    const { parts, report, value } = await load([
      instance("0.096"),
      pod("web", "vCPU", "0.04", "0.01"),
      pod("web", "GB", "0.03", "0"),
      pod("job", "vCPU", "0.0159999999", ""),
      {
        "lineItem/UnblendedCost": "0.2",
        "lineItem/ResourceId": "i-0aaa",
        "lineItem/UsageType": "DataTransfer-Out-Bytes",
      },
    ]);
    expect(parts).toEqual([
      "null 0.2 0.2",
      "remainder 1e-10 1e-10",
      "unused 0.01 0.01",
      "used 0.0159999999 0.0159999999",
      "used 0.03 0.03",
      "used 0.04 0.04",
    ]);
    expect(report.equations.map(({ input, accepted }) => [input, accepted])).toEqual([
      ["0.296", "0.296"],
      ["0.296", "0.296"],
    ]);
    expect(await value("sum(ListCost)", "(x_extra ->> '/x_SplitPart') IS NOT NULL")).toBe("0.096000000000");
    expect(await value("count(DISTINCT ResourceId)", "AllocatedResourceId IS NOT NULL")).toBe("1");
  });

  it("names the workload, keeps the instance and its service, and says how it was shared out", async () => {
    const { charges } = await load([instance("1"), pod("web", "vCPU", "0.4", "0")]);
    const columns = [
      "AllocatedResourceName",
      "AllocatedTags",
      "AllocatedMethodId",
      "AllocatedMethodDetails",
      "ResourceId",
      "ServiceName",
      "ConsumedQuantity",
    ];
    const rows = await charges(...columns);
    const allocated = rows.find((row) => row.AllocatedResourceName !== null);
    const remainder = rows.find((row) => row.AllocatedResourceName === null);
    expect(allocated).toEqual({
      AllocatedResourceName: "uid",
      AllocatedTags: '{"app":"web"}',
      AllocatedMethodId: "AWS Split Cost Allocation Data",
      AllocatedMethodDetails:
        '{"Elements":[{"AllocatedRatio":0.250000000000,"UsageUnit":"vCPU-Hours","UsageQuantity":0.500000000000}]}',
      ResourceId: "i-0aaa",
      ServiceName: "Amazon Elastic Compute Cloud",
      ConsumedQuantity: null,
    });
    expect(remainder).toMatchObject({ ResourceId: "i-0aaa", AllocatedTags: null });
  });

  it("splits the amortised cost of a covered hour and bills nothing", async () => {
    const covered = {
      "lineItem/LineItemType": "SavingsPlanCoveredUsage",
      "savingsPlan/SavingsPlanARN": PLAN,
      "savingsPlan/SavingsPlanEffectiveCost": "0.06",
    };
    const { parts, report, charges } = await load([
      instance("0.096", covered),
      {
        ...USAGE,
        "lineItem/LineItemType": "SavingsPlanNegation",
        "lineItem/UnblendedCost": "-0.096",
        "savingsPlan/SavingsPlanARN": PLAN,
      },
      pod("web", "vCPU", "0.05", "0.01"),
    ]);
    expect(parts).toEqual(["remainder 0 0", "unused 0 0.01", "used 0 0.05"]);
    expect(report.equations.map(({ input, accepted }) => [input, accepted])).toEqual([
      ["0", "0"],
      ["0.06", "0.06"],
    ]);
    const ids = await charges("CommitmentDiscountId", "CommitmentDiscountStatus", "PricingCategory");
    expect(new Set(ids.map((row) => JSON.stringify(row))).size).toBe(1);
    expect(ids[0]).toEqual({
      CommitmentDiscountId: PLAN,
      CommitmentDiscountStatus: "Used",
      PricingCategory: "Committed",
    });
  });

  it("leaves cash with the remainder in an hour that is covered in part", async () => {
    const covered = {
      "lineItem/LineItemType": "DiscountedUsage",
      "reservation/ReservationARN": "arn:aws:ec2:us-east-1:1:reserved-instances/r",
      "reservation/EffectiveCost": "0.03",
    };
    const { parts, report } = await load([
      instance("0.048"),
      instance("0", covered),
      pod("web", "vCPU", "0.07", "0"),
    ]);
    expect(parts).toEqual(["remainder 0.048 0.008", "used 0 0.07"]);
    expect(report.fates).toMatchObject([{ fate: "split instance", rows: 1 }]);
  });

  it("changes nothing for split rows whose instance is elsewhere, and for instances without any", async () => {
    const { parts } = await load([
      instance("0.096", { "lineItem/ResourceId": "i-0bbb" }),
      pod("web", "vCPU", "0.07", "0.01"),
    ]);
    expect(parts).toEqual(["null 0 0", "null 0.096 0.096"]);
  });

  it("counts nothing that it could not read towards an instance", async () => {
    const { parts, report } = await load([
      instance("0.096"),
      pod("web", "vCPU", "0.04", "0"),
      pod("bad", "vCPU", "0.04", "0", { "splitLineItem/UnusedCost": "much" }),
    ]);
    expect(parts).toEqual(["remainder 0.056 0.056", "used 0.04 0.04"]);
    expect(report.quarantined.rows).toBe(1);
  });
});

import { expect, test } from "vitest";
import { bucketPeriod, drillInto, nextDimension } from "./drill.ts";
import type { ExplorerState } from "./explorer-state.ts";

const state: ExplorerState = {
  measure: "effective",
  by: ["ServiceName"],
  grain: "month",
  range: "6m",
  period: { start: "2026-01-01", end: "2026-07-01" },
  where: [{ dimension: "ServiceName", op: "in", values: ["Cloud SQL"] }],
  top: 8,
  compare: undefined,
  chart: "bar",
  currency: "USD",
  axis: "charge",
  why: false,
  lines: false,
  linesWhere: undefined,
};
const service = { dimension: "ServiceName", op: "in" as const, values: ["Cloud Run"] };

test("a click goes from the service to its resources, and replaces what was chosen there before", () => {
  expect(drillInto(state, [service])).toEqual({ where: [service], by: ["ResourceId"] });
});

test("a click on a resource shows its bill lines", () => {
  const resource = { dimension: "ResourceId", op: "in" as const, values: ["vm-1"] };
  expect(drillInto({ ...state, by: ["ResourceId"], where: [service] }, [resource])).toEqual({
    where: [service, resource],
    lines: true,
  });
});

test.each([
  [["provider"], "SubAccountName"],
  [["SubAccountName"], "ServiceName"],
  [["tag:team"], "ServiceName"],
])("after %j comes %s", (by, next) => {
  expect(nextDimension(by, [{ dimension: by[0] ?? "", op: "in", values: ["x"] }])).toBe(next);
});

test.each([
  ["2026-01-31T13:00:00Z", "hour", "2026-01-31", "2026-02-01"],
  ["2026-01-31", "day", "2026-01-31", "2026-02-01"],
  ["2026-01-26", "week", "2026-01-26", "2026-02-02"],
  ["2026-12", "month", "2026-12-01", "2027-01-01"],
  ["2026-Q4", "quarter", "2026-10-01", "2027-01-01"],
  ["2026", "year", "2026-01-01", "2027-01-01"],
] as const)("the bucket %s per %s", (bucket, grain, start, end) => {
  expect(bucketPeriod(bucket, grain)).toEqual({ start, end });
});

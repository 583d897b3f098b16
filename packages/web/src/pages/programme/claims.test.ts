import { expect, test } from "vitest";
import { claimLines } from "./claims.ts";
import type { StatusReport } from "./programme-search.ts";

test("a claim stands beside what its own tasks save, exactly", () => {
  const step = (task: string, low: string, mid: string) => ({ task, planned: { low, mid, high: mid } });
  const report = {
    records: {
      claims: [
        { title: "Both", saving: "500", by: ["a", "b"] },
        { title: "Nothing behind it", saving: "40" },
      ],
    },
    steps: [step("a", "0.1", "100.1"), step("b", "0.2", "200.2"), step("c", "9", "9")],
  } as unknown as StatusReport;
  expect(claimLines(report)).toEqual([
    {
      title: "Both",
      saving: "500",
      note: undefined,
      tasks: ["a", "b"],
      planned: { low: "0.3", mid: "300.3", high: "300.3" },
    },
    { title: "Nothing behind it", saving: "40", note: undefined, tasks: [] },
  ]);
});

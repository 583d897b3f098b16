import { expect, test } from "vitest";
import { allThatFit, obstacleTo, sumBy } from "./plannable.ts";

const line = (id: string, more: Partial<Parameters<typeof obstacleTo>[0]> = {}) => ({
  ...{ id, title: `Change ${id}`, action: "cloud-run", withdrawnAt: null },
  ...{ plans: [], alternatives: [], conflicts: [] },
  ...more,
});

test("what is done by hand, gone, or in a plan can't be planned; after a plan was taken back it can", () => {
  expect(obstacleTo(line("a"), [])).toBeUndefined();
  expect(obstacleTo(line("a", { action: null }), [])).toContain("by hand");
  expect(obstacleTo(line("a", { withdrawnAt: "2026-07-01T00:00:00Z" }), [])).toContain("no longer");
  const plans = (status: string) => ({ plans: [{ id: "plan-1", status }] });
  expect(obstacleTo(line("a", plans("approved")), [])).toContain("already");
  expect(obstacleTo(line("a", plans("rolled-back")), [])).toBeUndefined();
});

test("of those that exclude each other the first is taken", () => {
  const lines = [line("a", { alternatives: ["b"] }), line("b", { alternatives: ["a"] }), line("c")];
  expect(allThatFit(lines).map(({ id }) => id)).toEqual(["a", "c"]);
  expect(obstacleTo(lines[1] ?? line("b"), [lines[0] ?? line("a")])).toBe("Not together with: Change a");
});

test("savings are added exactly, each currency by itself", () => {
  const saving = (mid: string, currency: string) => ({ saving: { low: "0.1", mid, high: "0.3", currency } });
  expect(sumBy([saving("0.1", "USD"), saving("0.2", "USD"), saving("5", "EUR")])).toEqual([
    { currency: "USD", low: "0.2", mid: "0.3", high: "0.6" },
    { currency: "EUR", low: "0.1", mid: "5", high: "0.3" },
  ]);
});

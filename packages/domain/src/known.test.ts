import { expect, test } from "vitest";
import { type Known, known, unknown } from "./known.ts";

test("a value is known, or there is a reason", () => {
  const describe = (saving: Known<string>) =>
    saving.status === "known" ? saving.value : `unknown: ${saving.reason}`;
  expect(describe(known("12.50"))).toBe("12.50");
  expect(describe(unknown("no list price"))).toBe("unknown: no list price");
});

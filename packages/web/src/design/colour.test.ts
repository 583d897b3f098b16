import { expect, test } from "vitest";
import { contrast, textOn } from "./colour.ts";

test("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrast("#0b6b7c", "#0b6b7c")).toBe(1);
});

test("text on a colour is the one that is read best", () => {
  expect(textOn("#0b6b7c")).toBe("#ffffff");
  expect(textOn("#4fc4d4")).toBe("#14202a");
});

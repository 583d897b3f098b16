import { expect, test } from "vitest";
import { typedMention, withMention } from "./mention-text.ts";

test("a mention begins with an @ that stands by itself", () => {
  expect(typedMention("ask @an", 7)).toBe("an");
  expect(typedMention("@", 1)).toBe("");
  expect(typedMention("me@example.com", 14)).toBeUndefined();
  expect(typedMention("ask @an now", 11)).toBeUndefined();
});

test("what was typed of a name becomes the address, in the middle of a text too", () => {
  expect(withMention("ask @an please", 7, "anna@example.com")).toEqual({
    text: "ask @anna@example.com please",
    caret: 22,
  });
});

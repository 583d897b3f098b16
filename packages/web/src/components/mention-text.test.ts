import { expect, test } from "vitest";
import { typedMention, withMention } from "./mention-text.ts";

test("a mention begins with an @ that stands by itself", () => {
  expect(typedMention("ask @an", 7)).toBe("an");
  expect(typedMention("@", 1)).toBe("");
  expect(typedMention("me@example.com", 14)).toBeUndefined();
  expect(typedMention("ask @Ada By", 11)).toBe("Ada By");
  expect(typedMention("ask @Åsa", 8)).toBe("Åsa");
  expect(typedMention("ask @ now", 9)).toBeUndefined();
  expect(typedMention("ask @an\nnow", 11)).toBeUndefined();
});

test("what was typed of a name becomes the whole name, in the middle of a text too", () => {
  expect(withMention("ask @an please", 7, "Anna Karl")).toEqual({ text: "ask @Anna Karl please", caret: 15 });
});

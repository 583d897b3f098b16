import { expect, test } from "vitest";
import { commandText } from "./command-text.ts";

test("words that a shell would read otherwise are quoted, those that are looked up say how", () => {
  expect(commandText({ tool: "gcloud", args: ["run", "--min=1", "a b", "it's", "$(rm)"] })).toBe(
    `gcloud run --min=1 'a b' 'it'\\''s' '$(rm)'`,
  );
  const lookups = { OLD: { tool: "gcloud", args: ["revisions", "list"] } };
  expect(commandText({ tool: "gcloud", args: ["--to=x", "OLD"], lookups })).toBe(
    `gcloud --to=x "$(gcloud revisions list)"`,
  );
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleMessage } from "../../../testing/sample-message.ts";
import type { Message } from "../../message.ts";
import { slackBlocks } from "./slack-blocks.ts";

const text = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 4000 }),
  fc.constantFrom("<!channel>", "<https://evil.example|bill>", "```", "&<>".repeat(1500), "a".repeat(10_000)),
);
const filled = text.filter((each) => each.trim() !== "");

const anyMessage: fc.Arbitrary<Message> = fc.record({
  title: filled,
  summary: fc.option(text, { nil: undefined }),
  figures: fc.array(fc.record({ label: text, value: text, note: fc.option(text, { nil: undefined }) }), {
    maxLength: 50,
  }),
  table: fc.option(
    fc.integer({ min: 1, max: 8 }).chain((width) =>
      fc.record({
        title: fc.option(text, { nil: undefined }),
        columns: fc.array(
          fc.record({ title: text, align: fc.constantFrom("left" as const, "right" as const) }),
          {
            minLength: width,
            maxLength: width,
          },
        ),
        rows: fc.array(fc.array(text, { minLength: width, maxLength: width }), { maxLength: 300 }),
        more: fc.nat(10),
      }),
    ),
    { nil: undefined },
  ),
  link: fc.option(fc.record({ title: filled, url: fc.webUrl() }), { nil: undefined }),
  footer: fc.option(filled, { nil: undefined }),
});

interface Block {
  readonly type: string;
  readonly text?: { readonly type: string; readonly text: string };
  readonly fields?: readonly { readonly text: string }[];
  readonly elements?: readonly { readonly text?: unknown }[];
}

describe("blocks for Slack", () => {
  it("keep its limits, and nothing in them is a mention or a link", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const blocks = slackBlocks(message, { files: "absent" }) as unknown as readonly Block[];
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const block of blocks) {
          if (block.type === "header") expect(block.text?.text.length).toBeLessThanOrEqual(150);
          if (block.type === "section" && block.text !== undefined) {
            expect(block.text.text.length).toBeLessThanOrEqual(3000);
            expect(block.text.text.length).toBeGreaterThan(0);
            expect(block.text.text).not.toMatch(/[<>]/);
          }
          expect(block.fields?.length ?? 0).toBeLessThanOrEqual(10);
          for (const field of block.fields ?? []) {
            expect(field.text.length).toBeLessThanOrEqual(2000);
            expect(field.text).not.toMatch(/[<>]/);
          }
          if (block.type === "section" && block.text?.text.includes("```"))
            expect(block.text.text.split("```")).toHaveLength(3);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("say all of a small message", () => {
    const told = JSON.stringify(slackBlocks(sampleMessage, { files: "follow" }));
    for (const part of [
      "Spend in June",
      "4 % more",
      "*June*",
      "Storage   ",
      "… and 3 more",
      "In the thread: Trend, june.csv",
      "complete to",
    ])
      expect(told).toContain(part);
    expect(told).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co");
  });
});

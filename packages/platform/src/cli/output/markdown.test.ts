import { expect, it } from "vitest";
import { belowHeading } from "./document.ts";
import { renderMarkdown } from "./markdown.ts";

const table = {
  kind: "table",
  id: "t",
  title: "Table",
  columns: [{ name: "A", kind: "text" }],
  rows: [["x"]],
} as const;

it("puts a page that is a part of another one below that part's heading, tables below theirs", () => {
  const page = renderMarkdown({
    title: "Report",
    blocks: [
      table,
      { kind: "heading", text: "1. The bill" },
      ...belowHeading([
        { kind: "heading", text: "Services" },
        table,
        ...belowHeading([{ kind: "heading", text: "Deeper" }]),
      ]),
      { kind: "heading", text: "Checklists" },
      table,
    ],
  });
  expect(page.match(/^#.*/gm)).toEqual([
    "# Report",
    "## Table",
    "## 1. The bill",
    "### Services",
    "#### Table",
    "#### Deeper",
    "## Checklists",
    "### Table",
  ]);
});

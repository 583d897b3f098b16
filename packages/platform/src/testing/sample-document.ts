import type { Document } from "../cli/output/document.ts";

const months = ["8801.10", "9120.44", "9710.02", "10190.75", "10640.21", "11018.17"];

/** A page with every kind of block and column, as a bill would fill it. */
export const sampleDocument: Document = {
  title: "Costs of aiprod-v33",
  subtitle: "billed · USD · without tax · 2026-01-01 to 2026-07-01 · complete to 2026-06-30 · closed",
  blocks: [
    {
      kind: "text",
      text: "Cloud Run costs a third of the bill and grew by 12.4 % in June; four fifths of that growth is one service.",
    },
    {
      kind: "table",
      id: "services",
      title: "Services",
      columns: [
        { name: "Service", kind: "text" },
        { name: "Billed", kind: "amount" },
        { name: "Change", kind: "percent", signed: true },
        { name: "Share", kind: "share" },
        { name: "Resources", kind: "number" },
        { name: "By month", kind: "trend" },
        { name: "State", kind: "status" },
      ],
      rows: [
        ["Cloud Run", "20007.004", "0.124", "0.336362", "1204", months, "ok"],
        ["Firestore", "12013.1", "-0.03", "0.201966", "17", months.toReversed(), "provisional"],
        ["Cloud SQL", "11407", "0", "0.191776", "4", ["3", null, "3", "3", "3", "3"], "off by 0.02"],
        [
          "Größe 東京 ☁️ storage-bucket-with-a-very-long-name-that-goes-on-and-on-and-on/eu-west-3/prod",
          "16053.59",
          null,
          "0.269895",
          "981234",
          ["0", "0", "0"],
          "not assessable",
        ],
        ["Credits", "-0.004", "1.5", "0", null, [null, null], "skipped"],
      ],
      total: ["Total", "59480.69", "0.0471", "1", "982459", null, null],
      note: "Shares are of the billed total; Change compares June with May, per day.",
    },
    { kind: "heading", text: "What doesn't add up" },
    {
      kind: "list",
      items: [
        "2 days of May arrived twice and were counted once.",
        "A resource named \u001b[31mred\u001b[0m\u202egnp.exe was kept as it is; its name was cleaned for this page.",
      ],
      tone: "warn",
    },
    {
      kind: "facts",
      facts: [
        ["Lake version", "42"],
        ["Loads", "12, of 3 sources"],
        ["Unknown", "list price of 3.2 % of the billed cost: the export has none for marketplace products"],
      ],
    },
    {
      kind: "table",
      id: "findings",
      columns: [
        { name: "State", kind: "status" },
        { name: "Found", kind: "text", wrap: true },
      ],
      rows: [
        ["ok", "short"],
        [
          "warn",
          "A remark that is longer than a narrow page is wide, and goes on in the next line under itself.",
        ],
      ],
    },
    { kind: "text", text: "Next, ask why:", tone: "muted" },
    {
      kind: "code",
      text: 'trimtab explain --from 2026-05 --to 2026-06\ntrimtab query "billed by tag:team per month"',
    },
  ],
};

import { currencyCode, decimal, formatDecimal, formatMoney, money } from "@trimtab/domain";
import type { DemoEstate } from "../demo-estate.ts";
import type { Block, Document } from "../output/document.ts";
import { analyzeDocument } from "./analyze.ts";

/** What the demo made and loaded, what each company pays, and commands that go on from there. */
export function demoDocument(estates: readonly DemoEstate[], program: string): Document {
  return {
    title: estates.length === 1 ? (estates[0]?.estate.title ?? "Demo") : "Four companies and their bills",
    subtitle: "made for this demo, in the providers' own formats",
    blocks: [
      ...estates.flatMap((estate) => estateBlocks(estate, estates.length > 1)),
      ...nextBlocks(estates, program),
    ],
  };
}

export function demoJson(estates: readonly DemoEstate[]) {
  return estates.map(({ estate, folder, lake, rules, loaded, analyses, billed, isExact }) => ({
    estate: estate.id,
    format: estate.format,
    published: estate.total,
    billed,
    isExact,
    folder,
    lake,
    rules,
    deliveries: loaded.map(({ delivery, ...facts }) => ({ label: delivery.label, ...facts })),
    analyses,
  }));
}

function estateBlocks(demo: DemoEstate, withHeading: boolean): Block[] {
  const { estate, billed, isExact, folder, lake } = demo;
  const heading: Block[] = withHeading ? [{ kind: "heading", text: estate.title }] : [];
  const published = dollars(estate.total);
  const verdict = isExact
    ? `${published} published, ${dollars(billed)} billed in the lake before tax: exact`
    : `${published} published, but ${formatDecimal(decimal(billed))} USD billed in the lake before tax`;
  return [
    ...heading,
    {
      kind: "facts",
      facts: [
        ["Format", estate.format],
        ["Bills", folder],
        ["Lake", lake],
      ],
    },
    { kind: "text", text: `${isExact ? "✓" : "✗"} ${verdict}`, tone: isExact ? "good" : "bad" },
    { kind: "list", items: demo.loaded.map(deliveryText) },
    ...analysisBlocks(demo),
  ];
}

const dollars = (amount: string): string => formatMoney(money(decimal(amount), currencyCode("USD")));

const grouped = (count: number): string => count.toLocaleString("en-US");

/** What `trimtab analyze` says; its tables are told apart by the estate. */
function analysisBlocks({ estate, analyses }: DemoEstate): Block[] {
  return analyzeDocument(analyses).blocks.map((block) =>
    block.kind === "table" ? { ...block, id: `${estate.id}-${block.id}` } : block,
  );
}

function deliveryText({ delivery, rows, replaced }: DemoEstate["loaded"][number]): string {
  const loads = replaced === 1 ? "1 load" : `${replaced} loads`;
  const replacing = replaced === 0 ? "" : `, in place of ${loads} of before`;
  return `${delivery.label}: ${grouped(rows)} charges${replacing}`;
}

function nextBlocks(estates: readonly DemoEstate[], program: string): Block[] {
  const lines = suggestions(estates).map((words) => [program, ...words.map(shellWord)].join(" "));
  return [
    { kind: "heading", text: "What to try next" },
    { kind: "code", text: lines.join("\n") },
  ];
}

/** Command lines as words, each about a lake or a bill that is there now. */
function suggestions(estates: readonly DemoEstate[]): string[][] {
  return estates.flatMap((demo, index) => {
    const at = ["--lake", demo.lake];
    const own = demo.loaded.length > 1 ? [["lake", "diff", ...at]] : [];
    const cluster = ["kubernetes", "--by", "namespace,controller", ...at];
    const start = [["analyze", ...at, "--rules", demo.rules], ...own];
    const forCluster = demo.estate.allocations === undefined ? start : [...start, cluster];
    return index === 0 ? [...forCluster, ...furtherSuggestions(demo)] : forCluster;
  });
}

function furtherSuggestions(demo: DemoEstate): string[][] {
  const { estate, lake, rules, loaded } = demo;
  const at = ["--lake", lake];
  return [
    ...adviceSuggestions(demo),
    ["query", estate.question, ...at, "--rules", rules],
    ["query", `effective by tag:${estate.ownerTag} per month`, ...at],
    ["query", "cost-per:users per month", ...at, "--rules", rules],
    ["lake", "history", ...at],
    ["conformance", loaded.at(-1)?.folder ?? ""],
  ];
}

/** From the bill to what to change: only where the estate's resources are known. */
function adviceSuggestions({ estate: { advisedAt }, lake, programme }: DemoEstate): string[][] {
  if (advisedAt === undefined) return [];
  const at = ["--lake", lake];
  const waterfall = ["programme", "waterfall", "--file", programme ?? "", ...at];
  return [
    ["advise", ...at, "--at", advisedAt],
    ["recommendations", ...at],
    ["run", ...at, "--at", advisedAt],
    ...(programme === undefined ? [] : [waterfall]),
  ];
}

/** Quoted where a shell would take it apart. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replace(/(["\\$`])/g, "\\$1")}"`;
}

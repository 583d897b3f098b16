import {
  add,
  compare,
  currencyCode,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  formatMoney,
  isZero,
  money,
  ZERO,
} from "@trimtab/domain";
import type { QueryResult } from "../../query/types.ts";
import type { DemoEstate } from "../demo-estate.ts";
import type { Block, Document, Table } from "../output/document.ts";

const SHARE_PLACES = 6;

/** What the demo made and loaded, what each company pays, and commands that go on from there. */
export function demoDocument(estates: readonly DemoEstate[], program: string): Document {
  return {
    title: estates.length === 1 ? (estates[0]?.estate.title ?? "Demo") : "Four companies and their bills",
    subtitle: "billed · USD · net of credits, before tax · made for this demo",
    blocks: [
      ...estates.flatMap((estate) => estateBlocks(estate, estates.length > 1)),
      ...nextBlocks(estates, program),
    ],
  };
}

export function demoJson(estates: readonly DemoEstate[]) {
  return estates.map(({ estate, folder, lake, loaded, services, billed, isExact }) => ({
    estate: estate.id,
    format: estate.format,
    published: estate.total,
    billed,
    isExact,
    folder,
    lake,
    deliveries: loaded.map(({ delivery, ...facts }) => ({ label: delivery.label, ...facts })),
    services,
  }));
}

function estateBlocks(demo: DemoEstate, withHeading: boolean): Block[] {
  const { estate, billed, isExact, folder, lake } = demo;
  const heading: Block[] = withHeading ? [{ kind: "heading", text: estate.title }] : [];
  const published = dollars(estate.total);
  const verdict = isExact
    ? `${published} published, ${dollars(billed)} in the lake: exact`
    : `${published} published, but ${formatDecimal(decimal(billed))} USD in the lake`;
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
    serviceTable(demo),
    { kind: "text", text: `${isExact ? "✓" : "✗"} ${verdict}`, tone: isExact ? "good" : "bad" },
    { kind: "list", items: demo.loaded.map(deliveryText) },
  ];
}

const dollars = (amount: string): string => formatMoney(money(decimal(amount), currencyCode("USD")));

const grouped = (count: number): string => count.toLocaleString("en-US");

function deliveryText({ delivery, rows, replaced }: DemoEstate["loaded"][number]): string {
  const loads = replaced === 1 ? "1 load" : `${replaced} loads`;
  const replacing = replaced === 0 ? "" : `, in place of ${loads} of before`;
  return `${delivery.label}: ${grouped(rows)} charges${replacing}`;
}

function serviceTable({ estate, services, billed }: DemoEstate): Table {
  const times = [...new Set(services.rows.map((row) => row[0] ?? null))]
    .filter((time) => time !== null)
    .sort();
  const total = decimal(billed);
  const rows = [...byService(services)]
    .map(([name, amounts]) => ({ name, amounts, sum: [...amounts.values()].reduce(add, ZERO) }))
    .sort((a, b) => compare(b.sum, a.sum));
  return {
    kind: "table",
    id: `services-${estate.id}`,
    columns: [
      { name: "Service", kind: "text" },
      { name: times[0]?.length === 7 ? "By month" : "By day", kind: "trend" },
      { name: "Billed", kind: "amount" },
      { name: "Share", kind: "share" },
    ],
    rows: rows.map(({ name, amounts, sum }) => [
      name,
      times.map((time) => formatDecimal(amounts.get(time) ?? ZERO)),
      formatDecimal(sum),
      isZero(total) ? null : formatDecimal(divide(sum, total, SHARE_PLACES)),
    ]),
    total: ["Total", null, billed, null],
  };
}

/** Service → time → billed. A charge without a service stands under its own name. */
function byService(services: QueryResult): Map<string | null, Map<string, Decimal>> {
  const result = new Map<string | null, Map<string, Decimal>>();
  for (const [time = null, service = null, billed = null] of services.rows) {
    if (time === null || billed === null) continue;
    const amounts = result.get(service) ?? new Map<string, Decimal>();
    amounts.set(time, decimal(billed));
    result.set(service, amounts);
  }
  return result;
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
  return estates.flatMap(({ estate, lake, loaded }, index) => {
    const restated = loaded.length > 1 ? [["lake", "diff", "--lake", lake]] : [];
    const cluster =
      estate.allocations === undefined
        ? []
        : [["kubernetes", "--by", "namespace,controller", "--lake", lake]];
    const more = [
      ["query", `effective by tag:${estate.ownerTag} top 5`, "--lake", lake],
      ["lake", "verify", "--lake", lake],
      ["conformance", loaded.at(-1)?.folder ?? ""],
    ];
    return [
      ["query", "billed by ServiceName per month", "--lake", lake],
      ...restated,
      ...cluster,
      ...(index === 0 ? more : []),
    ];
  });
}

/** Quoted where a shell would take it apart. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replace(/(["\\$`])/g, "\\$1")}"`;
}

import { decimal, divide, formatDecimal, isZero } from "@trimtab/domain";
import type { ExplainedPart, Explanation } from "../../insight/explain/explained.ts";
import { type Block, belowHeading, type Document, type Table } from "../output/document.ts";
import { momentText } from "./figures.ts";

const shareOf = (amount: string, change: string): string | null =>
  isZero(decimal(change)) ? null : formatDecimal(divide(decimal(amount), decimal(change), 6));

const nameOf = (text: string): string => text.replaceAll("-", " ");

const partsTable = ({ parts, change, currency }: Explanation): Table => ({
  kind: "table",
  id: `parts-${currency}`,
  columns: [
    { name: "Part", kind: "text" },
    { name: "Amount", kind: "amount", signed: true },
    { name: "Of the change", kind: "percent", optional: true },
    { name: "What it is", kind: "text", wrap: true },
  ],
  rows: parts.map(({ id, amount, meaning }) => [nameOf(id), amount, shareOf(amount, change), meaning]),
  total: ["Change", change, null, "the sum of the parts, to the last digit"],
});

const linesTable = (part: ExplainedPart, { by, currency }: Explanation): Table => ({
  kind: "table",
  id: `lines-${part.id}-${currency}`,
  title: `${nameOf(part.id)}: the largest of ${part.lineCount}`,
  columns: [
    ...by.map((name) => ({ name, kind: "text" as const })),
    { name: "Service", kind: "text" },
    { name: "What is charged", kind: "text" },
    { name: "Before", kind: "amount", optional: true },
    { name: "After", kind: "amount", optional: true },
    { name: "Of this part", kind: "amount", signed: true },
  ],
  rows: part.lines.map((line) => [
    ...line.dimensions.map((value) => value ?? "(none)"),
    line.service ?? "(none)",
    line.label ?? line.sku ?? "(none)",
    line.before,
    line.after,
    line.amount,
  ]),
});

const groupsTable = ({ groups, by, currency }: Explanation): Table => {
  const ids = [
    ...new Set(groups.flatMap(({ parts }) => Object.keys(parts))),
  ] as (keyof (typeof groups)[0]["parts"])[];
  return {
    kind: "table",
    id: `groups-${currency}`,
    columns: [
      ...by.map((name) => ({ name, kind: "text" as const })),
      { name: "Before", kind: "amount" },
      { name: "After", kind: "amount" },
      { name: "Change", kind: "amount", signed: true },
      ...ids.map((id) => ({ name: nameOf(id), kind: "amount" as const, signed: true, optional: true })),
    ],
    rows: groups.map((group) => [
      ...group.dimensions.map((value) => value ?? "(none)"),
      group.before,
      group.after,
      group.change,
      ...ids.map((id) => group.parts[id] ?? "0"),
    ]),
  };
};

const sections = (explanation: Explanation): readonly Block[] => {
  const { from, to, groups, parts, notes } = explanation;
  const length = (days: number) => `${days} ${days === 1 ? "day" : "days"}`;
  return [
    {
      kind: "table",
      id: `periods-${explanation.currency}`,
      columns: [
        { name: "Period", kind: "text" },
        { name: "Length", kind: "text" },
        { name: `Cost (${explanation.currency})`, kind: "amount" },
      ],
      rows: [
        [`${from.start} until ${from.end}`, length(from.days), from.amount],
        [`${to.start} until ${to.end}`, length(to.days), to.amount],
      ],
    },
    { kind: "heading", text: "Why" },
    partsTable(explanation),
    ...(groups.length === 0 ? [] : [{ kind: "heading" as const, text: "Where" }, groupsTable(explanation)]),
    ...(parts.length === 0 ? [] : [{ kind: "heading" as const, text: "Behind each part" }]),
    ...parts.map((part) => linesTable(part, explanation)),
    ...(notes.length === 0 ? [] : [{ kind: "list" as const, items: notes, tone: "muted" as const }]),
  ];
};

/** The page of `trimtab explain`: one part per currency. */
export const explainDocument = (explanations: readonly Explanation[]): Document => {
  const [first] = explanations;
  if (first === undefined)
    return {
      title: "Nothing to explain",
      blocks: [{ kind: "text", text: "The lake holds no charges in these periods." }],
    };
  const complete = first.completeTo === null ? "" : ` · complete to ${momentText(first.completeTo)}`;
  return {
    title: `Why the ${first.measure} cost changed`,
    subtitle: `${first.basis} · ${first.currency}${complete} · lake version ${first.lakeVersion}`,
    blocks: explanations.flatMap((explanation) =>
      explanations.length === 1
        ? sections(explanation)
        : [{ kind: "heading" as const, text: explanation.currency }, ...belowHeading(sections(explanation))],
    ),
  };
};

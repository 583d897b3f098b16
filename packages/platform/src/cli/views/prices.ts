import {
  addDays,
  formatDecimal,
  type Known,
  type PriceOrigin,
  type PriceQuestion,
  type UnitPrice,
} from "@trimtab/domain";
import type { Document, Table } from "../output/document.ts";

interface PriceAnswer {
  readonly question: PriceQuestion;
  readonly price: Known<UnitPrice>;
  readonly notes: readonly string[];
}

const attributesText = ({ attributes }: PriceQuestion): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

const originText = (origin: PriceOrigin): string => {
  if (origin.kind === "list") return `list of ${origin.date}: ${origin.source}`;
  const { basis, skuIds, period, rows } = origin;
  return `bill, ${basis}, ${period.start} to ${addDays(period.end, -1)}, ${rows} rows, SKU ${skuIds.join(" + ")}`;
};

const knownTable = (answers: readonly PriceAnswer[]): Table => ({
  kind: "table",
  id: "prices",
  columns: [
    { name: "Item", kind: "text" },
    { name: "Of", kind: "text" },
    { name: "Region", kind: "text" },
    { name: "Price", kind: "number" },
    { name: "Currency", kind: "text" },
    { name: "Per", kind: "text" },
    { name: "Known from", kind: "text", wrap: true },
  ],
  rows: answers.flatMap(({ question, price, notes }) =>
    price.status === "unknown"
      ? []
      : [
          [
            question.item,
            attributesText(question),
            question.scope.region,
            formatDecimal(price.value.price),
            price.value.currency,
            price.value.unit,
            [originText(price.value.origin), ...notes].join("; "),
          ],
        ],
  ),
});

const unknownTable = (answers: readonly PriceAnswer[]): Table => ({
  kind: "table",
  id: "unknown",
  title: "Not known",
  columns: [
    { name: "Item", kind: "text" },
    { name: "Of", kind: "text" },
    { name: "Region", kind: "text" },
    { name: "Why", kind: "text", wrap: true },
  ],
  rows: answers.flatMap(({ question, price }) =>
    price.status === "known"
      ? []
      : [[question.item, attributesText(question), question.scope.region, price.reason]],
  ),
});

/** The page of `trimtab prices`. */
export const pricesDocument = (answers: readonly PriceAnswer[]): Document => {
  const known = answers.filter(({ price }) => price.status === "known").length;
  const unknown = answers.length - known;
  return {
    title:
      answers.length === 0
        ? "No prices: the lake has no on-demand usage of known items"
        : `${known} prices known, ${unknown} not`,
    blocks: [
      ...(known === 0 ? [] : [knownTable(answers)]),
      ...(unknown === 0
        ? []
        : [
            unknownTable(answers),
            {
              kind: "text" as const,
              text: "Advice that needs one of these abstains. `trimtab prices load FILE` takes a list of your own.",
              tone: "muted" as const,
            },
          ]),
    ],
  };
};

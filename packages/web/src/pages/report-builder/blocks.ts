import { DATASET_NAMES } from "trimtab/report-datasets";
import type { Block, BlockOf, Definition } from "../../components/report/report-types.ts";

export type BlockType = Block["type"];

export const BLOCK_TITLES: Readonly<Record<BlockType, string>> = {
  heading: "Heading",
  text: "Text",
  figure: "Figure",
  chart: "Chart",
  table: "Table or pivot",
  dataset: "Data set",
  "page-break": "Page break",
};

export const BLOCK_TYPES = Object.keys(BLOCK_TITLES) as readonly BlockType[];

const datasetTitles: Readonly<Record<string, string>> = {
  recommendations: "What can be saved",
  "focus-conformance": "FOCUS conformance",
};

/** `tag-coverage` → Tag coverage. */
export const datasetTitle = (name: string): string =>
  datasetTitles[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;

/** A block in the list: by its title, or by the beginning of what it says. */
export const blockTitle = (block: Block): string => {
  if (block.type === "page-break") return BLOCK_TITLES["page-break"];
  const text = block.type === "heading" || block.type === "text" ? block.text : block.title;
  return text.trim().split("\n")[0]?.slice(0, 80) || BLOCK_TITLES[block.type];
};

const freeId = (blocks: readonly Block[], type: BlockType): string => {
  const taken = new Set(blocks.map(({ id }) => id));
  for (let number = 1; ; number++) {
    const id = `${type}-${number}`;
    if (!taken.has(id)) return id;
  }
};

const query: BlockOf<"table">["query"] = {
  measures: ["effective"],
  by: [],
  timeAxis: "charge",
  orderBy: [],
};

const makeBlock = (type: BlockType, id: string): Block => {
  switch (type) {
    case "heading":
      return { type, id, text: "Heading", level: 1 };
    case "text":
      return { type, id, text: "What should a reader know?" };
    case "figure":
      return {
        type,
        id,
        title: "Effective cost",
        width: "third",
        measure: "effective",
        compare: "month",
        better: "less",
      };
    case "chart":
      return {
        type,
        id,
        title: "Cost over time",
        width: "full",
        query: { ...query, grain: "month", period: { name: "last-12-months" } },
        chart: { type: "bar" },
      };
    case "table":
      return { type, id, title: "Table", width: "full", query, heat: false };
    case "dataset": {
      const [dataset] = DATASET_NAMES;
      return { type, id, title: datasetTitle(dataset), dataset, limit: 50 };
    }
    case "page-break":
      return { type, id };
  }
};

interface Changed {
  readonly definition: Definition;
  /** The block that is worked on afterwards. */
  readonly block: string | undefined;
}

const withBlocks = (definition: Definition, blocks: readonly Block[]): Definition => ({
  ...definition,
  blocks: [...blocks],
});

/** Behind the block that is worked on, else at the end. */
export const addBlock = (definition: Definition, type: BlockType, after: string | undefined): Changed => {
  const { blocks } = definition;
  const id = freeId(blocks, type);
  const at = blocks.findIndex((block) => block.id === after);
  const place = at < 0 ? blocks.length : at + 1;
  return { definition: withBlocks(definition, blocks.toSpliced(place, 0, makeBlock(type, id))), block: id };
};

export const copyBlock = (definition: Definition, id: string): Changed => {
  const { blocks } = definition;
  const at = blocks.findIndex((block) => block.id === id);
  const found = blocks[at];
  if (found === undefined) return { definition, block: id };
  const copy = { ...found, id: freeId(blocks, found.type) };
  return { definition: withBlocks(definition, blocks.toSpliced(at + 1, 0, copy)), block: copy.id };
};

export const removeBlock = (definition: Definition, id: string): Changed => {
  const { blocks } = definition;
  const at = blocks.findIndex((block) => block.id === id);
  const left = blocks.filter((block) => block.id !== id);
  return { definition: withBlocks(definition, left), block: left[Math.min(at, left.length - 1)]?.id };
};

export const moveBlock = (definition: Definition, id: string, to: number): Definition => {
  const { blocks } = definition;
  const at = blocks.findIndex((block) => block.id === id);
  const found = blocks[at];
  if (found === undefined || to < 0 || to >= blocks.length) return definition;
  return withBlocks(definition, blocks.toSpliced(at, 1).toSpliced(to, 0, found));
};

export const changeBlock = (definition: Definition, changed: Block): Definition =>
  withBlocks(
    definition,
    definition.blocks.map((block) => (block.id === changed.id ? changed : block)),
  );

/** What the server takes while somebody is still writing: a title that is empty for now is none. */
export const sendable = (definition: Definition): Definition => ({
  ...withBlocks(definition, definition.blocks.map(named)),
  title: definition.title.trim() || "Untitled report",
});

const named = (block: Block): Block => {
  if (block.type === "page-break") return block;
  if (block.type === "text") return { ...block, text: block.text || " " };
  if (block.type === "heading") return { ...block, text: block.text.trim() || "Heading" };
  return { ...block, title: block.title.trim() || BLOCK_TITLES[block.type] };
};

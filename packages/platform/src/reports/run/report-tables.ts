import type { DataTable } from "../data-table.ts";
import type { ReportRun, RunBlock, RunPart } from "./report-run-schema.ts";

export interface NamedTable {
  /** Unique in its report; of a data set's table both names: `status-block/status-tasks`. */
  readonly id: string;
  readonly title: string;
  /** Of a data set's table: its own name, which two blocks of the same data set share, and the block's title. */
  readonly part?: string;
  readonly of?: string;
  readonly data: DataTable;
}

/** Every table of a report; of a chart, what it draws; the figures as one of their own. What exports hold and menus offer. */
export const tablesOf = ({ blocks }: ReportRun): readonly NamedTable[] => {
  const tables = blocks.flatMap((block) =>
    block.type === "dataset"
      ? block.parts
          .flatMap(tableOf)
          .map((table) => ({ ...table, id: `${block.id}/${table.id}`, part: table.id, of: block.title }))
      : tableOf(block),
  );
  const figures = figuresOf(blocks);
  return figures === undefined ? tables : [figures, ...tables];
};

const tableOf = (block: RunBlock | RunPart): readonly NamedTable[] =>
  block.type === "chart" || block.type === "table"
    ? [{ id: block.id, title: block.title, data: block.data }]
    : [];

const figuresOf = (blocks: readonly RunBlock[]): NamedTable | undefined => {
  const leaves = blocks.flatMap((block): readonly (RunBlock | RunPart)[] =>
    block.type === "dataset" ? block.parts : [block],
  );
  const rows = leaves.flatMap((block) =>
    block.type === "figure"
      ? block.values.map(({ value, currency, change }) => [
          block.title,
          currency ?? "",
          value,
          change ?? null,
        ])
      : [],
  );
  if (rows.length === 0) return undefined;
  const columns: DataTable["columns"] = [
    { name: "Figure", role: "dimension", kind: "text" },
    { name: "Currency", role: "dimension", kind: "text" },
    { name: "Value", role: "measure", kind: "quantity" },
    { name: "Change", role: "measure", kind: "quantity" },
  ];
  return { id: "figures", title: "Figures", data: { columns, rows } };
};

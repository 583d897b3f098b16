import type { Block } from "../../components/report/report-types.ts";

/** Tables of a report that a CSV file can hold, by the names that exports know. */
export const exportTables = (
  blocks: readonly Block[],
): readonly { readonly id: string; readonly title: string }[] => [
  ...(blocks.some(({ type }) => type === "figure") ? [{ id: "figures", title: "Figures" }] : []),
  ...blocks.flatMap((block) =>
    block.type === "chart" || block.type === "table" ? [{ id: block.id, title: block.title }] : [],
  ),
];

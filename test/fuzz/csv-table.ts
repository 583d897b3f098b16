import { parse } from "csv-parse/sync";

/** Rows of texts, the header first. */
export type CsvTable = string[][];

export const parseTable = (content: string, delimiter: string): CsvTable => parse(content, { delimiter });

export const formatTable = (table: CsvTable, delimiter: string): string => {
  const cell = (value: string) =>
    value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return `${table.map((row) => row.map(cell).join(delimiter)).join("\n")}\n`;
};

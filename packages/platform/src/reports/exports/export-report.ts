import type { QueryResult } from "../../query/types.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import type { DataTable } from "../data-table.ts";
import { reportErrors } from "../errors.ts";
import type { ReportRun } from "../run/report-run-schema.ts";
import { type NamedTable, tablesOf } from "../run/report-tables.ts";
import { basisOf } from "../run/run-report.ts";
import { csvOf } from "./csv.ts";
import { type ExportFormat, MEDIA_TYPES } from "./export-formats.ts";

/** A file as it is sent. */
export interface ExportFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: AsyncIterable<Uint8Array | string>;
}

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly locale: string;
  /** CSV holds one table: which block; the first with rows unless given. */
  readonly block?: string | undefined;
}

/** A report as a file. What is heavy loads when its format is asked for. @throws REPORT_BLOCK_UNKNOWN */
export const exportReport = (run: ReportRun, { format, locale, block }: ExportOptions): ExportFile => {
  const file = (content: ExportFile["content"]) => fileOf(run.title, format, content);
  switch (format) {
    case "csv":
      return file(csvOf(tableNamed(run, block)));
    case "json":
      return file(once(async () => `${JSON.stringify(run, null, 2)}\n`));
    case "xlsx":
      return file(workbook(run));
    case "pdf":
      return file(
        once(async () => {
          const { pdfOf } = await import("./pdf.ts");
          return await pdfOf(run, { locale });
        }),
      );
  }
};

export interface QueryExport {
  readonly title: string;
  readonly chart?: ChartSpec | undefined;
  readonly scoped: boolean;
  readonly madeAt: string;
}

/** The answer of one question as a report of one table, and a chart where one is asked for. */
export const reportOfQuery = (
  answer: QueryResult,
  { title, chart, scoped, madeAt }: QueryExport,
): ReportRun => {
  const basis = basisOf(answer);
  const { rowCount, total, other } = answer;
  const data = {
    columns: answer.columns.map((column) => ({ ...column })),
    rows: answer.rows as (string | null)[][],
    total: [...total],
    other: [...other],
    rowCount,
  };
  const isDrawn = chart !== undefined && answer.rows.length > 0;
  return {
    title,
    subtitle: basis.basis,
    madeAt,
    lakeVersion: answer.lakeVersion,
    period: answer.period,
    currency: basis.currency,
    completeTo: answer.completeTo,
    openMonths: basis.openMonths,
    scoped,
    blocks: [
      ...(isDrawn
        ? [{ type: "chart", id: "chart", title: "Chart", width: "full", chart, data } as const]
        : []),
      { type: "table", id: "result", title: "Result", width: "full", heat: false, data, basis },
    ],
  };
};

const fileOf = (title: string, format: ExportFormat, content: ExportFile["content"]): ExportFile => ({
  fileName: `${safeName(title)}.${format}`,
  contentType: MEDIA_TYPES[format],
  content,
});

/** Letters and digits that every file system and header takes. */
const safeName = (title: string): string =>
  title
    .normalize("NFKD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/[\s_]+/g, "-")
    .toLowerCase()
    .slice(0, 80) || "report";

async function* once(make: () => Promise<Uint8Array | string>): AsyncIterable<Uint8Array | string> {
  yield await make();
}

async function* workbook(run: ReportRun): AsyncIterable<Uint8Array> {
  const { xlsxOf } = await import("./xlsx.ts");
  const sheets = tablesOf(run).map(({ title, data }) => ({ title, table: data }));
  yield* xlsxOf({ title: run.title, sheets, about: aboutOf(run) });
}

const aboutOf = (run: ReportRun): readonly (readonly [string, string])[] => [
  ["Title", run.title],
  [
    "Period",
    run.period.start === null && run.period.end === null
      ? "all time"
      : `${run.period.start ?? ""} until ${run.period.end ?? ""}`,
  ],
  ["Currency", run.currency.join(", ")],
  ["Complete to", run.completeTo ?? "nothing delivered"],
  ["Still open", run.openMonths.join(", ") || "nothing"],
  ["Lake version", String(run.lakeVersion)],
  ["Made at", run.madeAt],
  ...(run.scoped ? [["Scope", run.scopeText ?? "Only charges within the reader's scope"] as const] : []),
  ...run.blocks.flatMap((block) =>
    block.type === "chart" || block.type === "table" || block.type === "figure"
      ? [
          ...(block.basis === undefined ? [] : [[block.title, block.basis.basis] as const]),
          ...(block.basis?.notes ?? []).map((note) => [block.title, note] as const),
        ]
      : [],
  ),
];

const tableNamed = (run: ReportRun, id: string | undefined): DataTable => {
  const tables = tablesOf(run);
  const isReal = ({ data }: NamedTable) => data.rows.length > 0;
  const found =
    id === undefined
      ? (tables.find((table) => table.id !== "figures" && isReal(table)) ?? tables[0])
      : (tables.find((table) => table.id === id) ?? tables.find(({ part }) => part === id));
  if (found !== undefined) return found.data;
  throw reportErrors.create("REPORT_BLOCK_UNKNOWN", {
    block: id ?? "at all",
    blocks: tables.map((table) => table.id).join(", ") || "none of its blocks",
  });
};

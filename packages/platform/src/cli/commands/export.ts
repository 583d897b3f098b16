import { instantOf } from "@trimtab/domain";
import { defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { cliErrors } from "../errors.ts";
import { QUERY_OPTIONS, queryContext } from "../query-context.ts";

export const exportCommand = defineCommand({
  name: "export",
  summary: "write the answer of a question into a file: CSV, JSON, Excel or PDF",
  group: "ask",
  details: [
    "The file's ending says the format. Excel gets typed cells, number formats by currency and a frozen header; a PDF says on each page what its figures are. Texts that a spreadsheet would run are neutralised.",
  ],
  args: [{ name: "question", description: "the question, as `trimtab query` takes it", variadic: true }],
  options: [
    { name: "to", value: "FILE", description: "a name that ends in .csv, .json, .xlsx or .pdf" },
    { name: "title", value: "TEXT", description: "the title (default: the question)" },
    ...QUERY_OPTIONS,
  ],
  examples: [
    { run: 'trimtab export "effective by ServiceName per month" --to services.xlsx', does: "a workbook" },
    { run: 'trimtab export "billed by ResourceId" --to bill.csv', does: "every digit, for a program" },
  ],
  async run(context, input) {
    const { formatOfFile, writeExport } = await import("../export-file.ts");
    const { parseQueryText } = await import("../../query/parse-query.ts");
    const { formatQueryText } = await import("../../query/format-query.ts");
    const { runQuery } = await import("../../query/run-query.ts");
    const { exportReport, reportOfQuery } = await import("../../reports/exports/export-report.ts");
    const words = Array.isArray(input.args.question) ? input.args.question : [];
    const usage = 'trimtab export "effective by ServiceName" --to services.xlsx';
    if (words.length === 0)
      throw cliErrors.create("CLI_ARGUMENT_MISSING", { command: "export", argument: "a question", usage });
    const { format, path } = formatOfFile(context.cwd, input.options.to, usage);
    const asked = await queryContext(context, input);
    const request = parseQueryText(words.join(" "), asked.model);
    const answer = await runQuery(await context.services.openEngine(engineOf(input)), request, asked);
    const { title = formatQueryText(request, asked.model) } = input.options;
    const run = reportOfQuery(answer, {
      title: String(title).slice(0, 200),
      scoped: false,
      madeAt: instantOf(context.services.clock()),
    });
    const bytes = await writeExport(path, exportReport(run, { format, locale: "en", block: "result" }));
    return {
      document: {
        title: "Exported",
        blocks: [
          {
            kind: "facts",
            facts: [
              ["File", path],
              ["Rows", String(answer.rows.length)],
              ["Bytes", String(bytes)],
            ],
          },
        ],
      },
      json: { file: path, rows: answer.rows.length, bytes },
    };
  },
});

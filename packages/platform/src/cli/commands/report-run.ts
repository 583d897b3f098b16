import { resolve } from "node:path";
import { z } from "zod";
import type { QueryContext } from "../../query/types.ts";
import type { ReportAsking } from "../../reports/run/run-report.ts";
import type { DatasetReader } from "../../server/reports/answer-dataset.ts";
import type { DeskParts } from "../../server/reports/report-desk.ts";
import { actorOf } from "../actor.ts";
import { type CommandContext, type CommandInput, defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { cliErrors } from "../errors.ts";
import { QUERY_OPTIONS, queryContext, readOptionFile } from "../query-context.ts";

export const reportRunCommand = defineCommand({
  name: "report run",
  summary: "run a report template or a definition of your own into a file: PDF, Excel, CSV or JSON",
  group: "ask",
  details: [
    "A definition is JSON: `trimtab report templates --json` prints whole ones. What a block can't show is told in its place in the report.",
  ],
  args: [
    { name: "report", description: "a template's name, or a JSON file with a definition", required: true },
  ],
  options: [
    { name: "to", value: "FILE", description: "a name that ends in .pdf, .xlsx, .csv or .json" },
    { name: "block", value: "ID", description: "which table a CSV holds (default: the first with rows)" },
    ...QUERY_OPTIONS,
  ],
  examples: [
    { run: "trimtab report run executive-summary --to summary.pdf", does: "one page for a manager" },
    { run: "trimtab report run mine.json --to mine.xlsx", does: "a report of your own as a workbook" },
  ],
  async run(context, input) {
    const { formatOfFile, writeExport } = await import("../export-file.ts");
    const { exportReport } = await import("../../reports/exports/export-report.ts");
    const { runReport } = await import("../../reports/run/run-report.ts");
    const { runQuery } = await import("../../query/run-query.ts");
    const usage = "trimtab report run executive-summary --to summary.pdf";
    const { format, path } = formatOfFile(context.cwd, input.options.to, usage);
    const definition = await readDefinition(context.cwd, String(input.args.report));
    const asked = await queryContext(context, input);
    const engine = await context.services.openEngine(engineOf(input));
    const { currency } = definition.parameters;
    const own = { ...asked, currency: context.currency ?? (currency as typeof asked.currency) };
    const query = (request: Parameters<typeof runQuery>[1]) => runQuery(engine, request, own);
    const run = await runReport(definition, {
      now: asked.now,
      scoped: false,
      query,
      dataset: await datasetsFor(context, input, own, query),
    });
    const { block } = input.options;
    const options = { format, locale: "en", block: typeof block === "string" ? block : undefined };
    const bytes = await writeExport(path, exportReport(run, options));
    const held = run.blocks.flatMap((one) =>
      one.type === "withheld" ? [`${one.title}: ${one.reason}`] : [],
    );
    return {
      document: {
        title: run.title,
        blocks: [
          {
            kind: "facts",
            facts: [
              ["File", path],
              ["Blocks", String(run.blocks.length)],
              ["Bytes", String(bytes)],
            ],
          },
          ...(held.length === 0 ? [] : [{ kind: "list", items: held, tone: "warn" } as const]),
        ],
      },
      json: { file: path, bytes, withheld: held },
    };
  },
});

/** Data sets as somebody sees them who has the lake and the state database themselves: whole. Opened when one is asked for. */
async function datasetsFor(
  context: CommandContext,
  { options: { rules, rates } }: CommandInput,
  { currency, timeZone, lakeVersion, signal }: QueryContext,
  query: DatasetReader["query"],
): Promise<ReportAsking["dataset"]> {
  const { ROLE_PERMISSIONS } = await import("../../server/access/permissions.ts");
  const { answerDataset } = await import("../../server/reports/answer-dataset.ts");
  const actor = actorOf(context.env);
  const scope = "unrestricted";
  const permissions = new Set(ROLE_PERMISSIONS.admin);
  const caller = { kind: "person", personId: actor, actor, role: "admin", permissions, scope } as const;
  const asking = { owner: actor, scope, currency, timeZone, lakeVersion, signal } as const;
  let parts: DeskParts | undefined;
  return async (block, question) => {
    const { deskParts } = await import("../delivery/report-desk.ts");
    parts ??= await deskParts(context, { rules: textOr(rules), rates: textOr(rates) });
    return await answerDataset(parts, { caller, asking, query }, block, question);
  };
}

const textOr = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** @throws REPORT_TEMPLATE_UNKNOWN, REPORT_DEFINITION_INVALID, CLI_FILE_UNREADABLE, CLI_FILE_INVALID */
async function readDefinition(cwd: string, name: string) {
  const { templateOf } = await import("../../reports/definition/templates.ts");
  if (!name.endsWith(".json")) return templateOf(name).definition;
  const { reportDefinitionSchema } = await import("../../reports/definition/report-schema.ts");
  const { reportErrors } = await import("../../reports/errors.ts");
  const path = resolve(cwd, name);
  const text = await readOptionFile("report", path);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw cliErrors.create("CLI_FILE_INVALID", { option: "report", file: path, reason }, { cause });
  }
  const parsed = z.safeParse(reportDefinitionSchema, content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw reportErrors.create("REPORT_DEFINITION_INVALID", {
    path: issue?.path.join(".") || "its top level",
    problem: issue?.message ?? "it is no report",
  });
}

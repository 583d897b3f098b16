import { resolve } from "node:path";
import { z } from "zod";
import type { SemanticModel } from "../../query/model/model.ts";
import type { QueryRequest } from "../../query/types.ts";
import { type CommandContext, type CommandInput, defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { cliErrors } from "../errors.ts";
import { QUERY_OPTIONS, queryContext, readOptionFile } from "../query-context.ts";

export const queryCommand = defineCommand({
  name: "query",
  summary: "ask the lake: measures by dimensions, over time, filtered, compared",
  group: "ask",
  details: [
    "A question is a list of measures and then clauses in any order: by, per, where, from, to, until, top, compare, order by, limit, invoiced. Measures: effective, billed, list, contracted, savings, savings-rate, consumed, unit-price, rows, cost-per:METRIC. Dimensions: every FOCUS column, tag:KEY, x:COLUMN, source, provider.",
    "Sums are exact; what the bill does not tell is unknown, never zero. Currencies are never added up.",
  ],
  args: [
    { name: "question", description: "the question in quotes; words may also stand apart", variadic: true },
  ],
  options: [
    { name: "request", value: "FILE", description: "read the question from a JSON file instead" },
    ...QUERY_OPTIONS,
  ],
  examples: [
    {
      run: 'trimtab query "effective by ServiceName per month"',
      does: "what each service cost, month by month",
    },
    {
      run: "trimtab query \"billed by tag:team where RegionId in ('eu-west-1') top 10\"",
      does: "the ten teams that cost most in one region, and all others as one row",
    },
    {
      run: 'trimtab query "effective by SubAccountName from 2026-06 to 2026-06 compare previous"',
      does: "June against May, account by account",
    },
    { run: 'trimtab query "effective by ResourceId top 100" --csv', does: "for a spreadsheet" },
  ],
  async run(context, input) {
    const asked = await queryContext(context, input);
    const request = await readRequest(context, input, asked.model);
    const { runQuery } = await import("../../query/run-query.ts");
    const { formatQueryText } = await import("../../query/format-query.ts");
    const { queryDocument, queryTable } = await import("../views/query-result.ts");
    const engine = await context.services.openEngine(engineOf(input));
    const result = await runQuery(engine, request, asked);
    return {
      document: queryDocument(formatQueryText(request, asked.model), result),
      csv: [queryTable(result)],
      json: result,
    };
  },
});

/** @throws CLI_ARGUMENT_MISSING, CLI_OPTIONS_CONFLICT, CLI_FILE_INVALID, QUERY_TEXT_INVALID */
async function readRequest(
  { cwd }: CommandContext,
  { args, options }: CommandInput,
  model: SemanticModel,
): Promise<QueryRequest> {
  const words = Array.isArray(args.question) ? args.question : [];
  const file = options.request;
  if (typeof file === "string") {
    if (words.length > 0)
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "a question", second: "--request" });
    return await readRequestFile(resolve(cwd, file));
  }
  if (words.length === 0) {
    throw cliErrors.create("CLI_ARGUMENT_MISSING", {
      command: "query",
      argument: "a question",
      usage: 'trimtab query "effective by ServiceName per month"',
    });
  }
  const { parseQueryText } = await import("../../query/parse-query.ts");
  return parseQueryText(words.join(" "), model);
}

async function readRequestFile(path: string): Promise<QueryRequest> {
  const { queryRequestSchema } = await import("../../query/types.ts");
  const text = await readOptionFile("--request", path);
  const fail = (reason: string, cause: unknown) =>
    cliErrors.create("CLI_FILE_INVALID", { option: "--request", file: path, reason }, { cause });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error), error);
  }
  const parsed = queryRequestSchema.safeParse(content);
  if (!parsed.success) throw fail(z.prettifyError(parsed.error).replace(/\s+/g, " "), parsed.error);
  return parsed.data as QueryRequest;
}

import { day, type Instant, instant } from "@trimtab/domain";
import type { VerificationReport } from "../../ledger/verify/verification-report.ts";
import type { AskedOptions } from "../../loop/verify-plan.ts";
import type { SemanticModel } from "../../query/model/model.ts";
import { type CommandContext, type CommandInput, defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { cliErrors } from "../errors.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import type { Document } from "../output/document.ts";
import { periodOf } from "../period-options.ts";
import { QUERY_OPTIONS, queryContext } from "../query-context.ts";
import { metricOption } from "../verify-options.ts";

const words = (value: CommandInput["options"][string]): readonly string[] =>
  Array.isArray(value) ? value : typeof value === "string" ? [value] : [];

const textOf = ({ options }: CommandInput, name: "where" | "changed-at" | "until"): string | undefined => {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
};

const missing = () =>
  cliErrors.create("CLI_ARGUMENT_MISSING", {
    command: "verify",
    argument: "a plan, or --where and --changed-at",
    usage: "trimtab verify --where \"ServiceName = 'Cloud Run'\" --changed-at 2026-05-04",
  });

/** A day stands for its first moment. */
const momentOf = (text: string): Instant => instant(text.length === 10 ? `${day(text)}T00:00:00Z` : text);

/** The metrics to watch with their points. @throws CLI_METRIC_INVALID, METRIC_UNKNOWN */
const watched = async (options: readonly string[], model: SemanticModel) => {
  const { resolveMeasure } = await import("../../query/model/model.ts");
  return Promise.all(
    options.map(async (text) => {
      const metric = metricOption(text);
      // Says which metrics there are, where this is none.
      resolveMeasure(`cost-per:${metric.id}`, model);
      const points = await model.metrics.get(metric.id)?.read(null, null);
      return { ...metric, points: points ?? [] };
    }),
  );
};

type Asked = Awaited<ReturnType<typeof queryContext>>;

/** What both kinds of verification are asked by options. */
const askedOptions = async ({ options, ...input }: CommandInput, asked: Asked): Promise<AskedOptions> => {
  const { parseFilterText } = await import("../../query/parse-query.ts");
  const controls = words(options.control);
  const until = textOf({ options, ...input }, "until");
  return {
    ...(until === undefined ? {} : { until: day(until) }),
    basis: options.effective === true ? "effective" : "billed",
    controls: controls.includes("auto")
      ? "auto"
      : controls.map((name) => ({ name, where: parseFilterText(name, asked.model) })),
    ignored: words(options.ignore).map((text) => periodOf("--ignore", text)),
    metrics: await watched(words(options.metric), asked.model),
  };
};

const exitCodeOf = ({ verdict }: VerificationReport) =>
  verdict === "proven" || verdict === "pending" ? EXIT_CODES.ok.code : EXIT_CODES.no.code;

const jsonOf = async (report: VerificationReport): Promise<Record<string, unknown>> => {
  const { reportJson } = await import("../../ledger/verify/verification-report.ts");
  return JSON.parse(reportJson(report));
};

const markdownOf = async (document: Document) => {
  const { verificationMarkdown } = await import("../views/verification-markdown.ts");
  return { raw: verificationMarkdown(document) };
};

const answerOfChange = async (context: CommandContext, input: CommandInput, asked: Asked) => {
  const where = textOf(input, "where");
  const changedAt = textOf(input, "changed-at");
  if (where === undefined || changedAt === undefined) throw missing();
  const { parseFilterText } = await import("../../query/parse-query.ts");
  const { verifyChange } = await import("../../ledger/verify/verify-change.ts");
  const { verificationDocument } = await import("../views/verification.ts");
  const report = await verifyChange(
    await context.services.openEngine(engineOf(input)),
    {
      ...(await askedOptions(input, asked)),
      where: parseFilterText(where, asked.model),
      changedAt: momentOf(changedAt),
    },
    asked,
  );
  const document = verificationDocument(report);
  const answer = { document, json: await jsonOf(report), exitCode: exitCodeOf(report) };
  return input.options.markdown === true ? { ...answer, ...(await markdownOf(document)) } : answer;
};

const answerOfPlan = async (context: CommandContext, input: CommandInput, asked: Asked) => {
  const where = textOf(input, "where");
  const { parseFilterText } = await import("../../query/parse-query.ts");
  const { verifyPlan } = await import("../../loop/verify-plan.ts");
  const { planVerificationDocument } = await import("../views/plan-verification.ts");
  const { workOf } = await import("../work.ts");
  const verified = await verifyPlan(await workOf(context, input), {
    plan: String(input.args.plan),
    isKept: input.options["dry-run"] !== true,
    options: await askedOptions(input, asked),
    ...(where === undefined ? {} : { where: parseFilterText(where, asked.model) }),
  });
  const { plan, report } = verified;
  const document = planVerificationDocument(verified);
  const json = { ...(await jsonOf(report)), plan };
  const answer = { document, json, exitCode: exitCodeOf(report) };
  return input.options.markdown === true ? { ...answer, ...(await markdownOf(document)) } : answer;
};

export const verifyCommand = defineCommand({
  name: "verify",
  summary: "prove what a change saved, and that nothing got slower",
  group: "prove",
  details: [
    "Compares the use that was billed with the use that would have been without the change, at the prices of before: a model learnt from the time before, chosen by how well it forecast then. Placebo dates on the same series tell the saving from chance. The verdict is proven, not proven, harmful, or pending until the bill is closed; it exits 0 where the saving is proven or pending, else 1.",
    "The change of the bill is split exactly into use, list prices, commitments, credits and tax. docs/guides/verify.md explains every figure.",
    "With a plan that was applied, the charges are those of the resources that it changed, the moment is that of its journal, and the metrics are its guardrails as far as the lake has them. The result is kept, and the status of programmes reads it.",
  ],
  args: [{ name: "plan", description: "id of an applied plan; instead of --where and --changed-at" }],
  options: [
    {
      name: "where",
      value: "FILTER",
      description:
        "the charges of what was changed, as in `trimtab query`; with a plan, where the bill names no resources",
    },
    {
      name: "changed-at",
      value: "MOMENT",
      description: "when it was changed: a day or a UTC moment; the next whole day is the first that counts",
    },
    {
      name: "until",
      value: "DAY",
      description: "charge days before this one; default: as far as the bill is complete",
    },
    {
      name: "control",
      value: "FILTER",
      repeatable: true,
      description:
        "an untouched part of the bill that the model may lean on, or `auto` for the largest services by region",
    },
    {
      name: "metric",
      value: "NAME:MARGIN",
      repeatable: true,
      description:
        "must not get worse: p95_ms:5% may rise by 5 %, throughput:-5% fall, error_rate:0.001 rise by that much",
    },
    {
      name: "ignore",
      value: "PERIOD",
      repeatable: true,
      description: "days before the change that say nothing about ordinary ones, such as a known incident's",
    },
    { name: "dry-run", description: "of a plan: show the result, keep nothing" },
    { name: "effective", description: "verify effective instead of billed cost" },
    { name: "markdown", description: "print a report to file or send, in Markdown" },
    ...QUERY_OPTIONS,
  ],
  examples: [
    { run: "trimtab verify plan-…", does: "what an applied plan saved, beside what it promised" },
    {
      run: "trimtab verify --where \"ServiceName = 'Cloud Run'\" --changed-at 2026-05-04",
      does: "what changed on the bill since then, and whether that is more than chance",
    },
    {
      run: "trimtab verify --where \"ResourceId = 'db-1'\" --changed-at 2026-05-04T09:30:00Z --metric p95_ms:5% --control \"ResourceId = 'db-2'\"",
      does: "one database, with its latency, against one that was not touched",
    },
  ],
  async run(context, input) {
    const asked = await queryContext(context, input);
    const { plan } = input.args;
    const changedAt = textOf(input, "changed-at");
    if (plan !== undefined && changedAt !== undefined)
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "a plan", second: "--changed-at" });
    return plan === undefined
      ? await answerOfChange(context, input, asked)
      : await answerOfPlan(context, input, asked);
  },
});

import { type Day, day, type Instant, instant } from "@trimtab/domain";
import type { SemanticModel } from "../../query/model/model.ts";
import { type CommandInput, defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { cliErrors } from "../errors.ts";
import { periodOf } from "../period-options.ts";
import { QUERY_OPTIONS, queryContext } from "../query-context.ts";
import { metricOption } from "../verify-options.ts";

const words = (value: CommandInput["options"][string]): readonly string[] =>
  Array.isArray(value) ? value : typeof value === "string" ? [value] : [];

const required = (input: CommandInput, option: "where" | "changed-at"): string => {
  const value = input.options[option];
  if (typeof value === "string") return value;
  throw cliErrors.create("CLI_ARGUMENT_MISSING", {
    command: "verify",
    argument: "--where and --changed-at",
    usage: "trimtab verify --where \"ServiceName = 'Cloud Run'\" --changed-at 2026-05-04",
  });
};

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

export const verifyCommand = defineCommand({
  name: "verify",
  summary: "prove what a change saved, and that nothing got slower",
  group: "prove",
  details: [
    "Compares the use that was billed with the use that would have been without the change, at the prices of before: a model learnt from the time before, chosen by how well it forecast then. Placebo dates on the same series tell the saving from chance. The verdict is proven, not proven, harmful, or pending until the bill is closed; it exits 0 where the saving is proven or pending, else 1.",
    "The change of the bill is split exactly into use, list prices, commitments, credits and tax. docs/guides/verify.md explains every figure.",
  ],
  options: [
    { name: "where", value: "FILTER", description: "the charges of what was changed, as in `trimtab query`" },
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
    { name: "effective", description: "verify effective instead of billed cost" },
    { name: "markdown", description: "print a report to file or send, in Markdown" },
    ...QUERY_OPTIONS,
  ],
  examples: [
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
    const { options } = input;
    const whereText = required(input, "where");
    const changedAt = momentOf(required(input, "changed-at"));
    const { parseFilterText } = await import("../../query/parse-query.ts");
    const { verifyChange } = await import("../../ledger/verify/verify-change.ts");
    const asked = await queryContext(context, input);
    const controls = words(options.control);
    const report = await verifyChange(
      await context.services.openEngine(engineOf(input)),
      {
        where: parseFilterText(whereText, asked.model),
        changedAt,
        ...(typeof options.until === "string" ? { until: day(options.until) as Day } : {}),
        basis: options.effective === true ? "effective" : "billed",
        controls: controls.includes("auto")
          ? "auto"
          : controls.map((name) => ({ name, where: parseFilterText(name, asked.model) })),
        ignored: words(options.ignore).map((text) => periodOf("--ignore", text)),
        metrics: await watched(words(options.metric), asked.model),
      },
      asked,
    );
    const { reportJson } = await import("../../ledger/verify/verification-report.ts");
    const { verificationDocument } = await import("../views/verification.ts");
    const exitCode = report.verdict === "proven" || report.verdict === "pending" ? 0 : 1;
    const answer = { document: verificationDocument(report), json: JSON.parse(reportJson(report)), exitCode };
    if (options.markdown !== true) return answer;
    const { verificationMarkdown } = await import("../views/verification-markdown.ts");
    return { ...answer, raw: verificationMarkdown(report) };
  },
});

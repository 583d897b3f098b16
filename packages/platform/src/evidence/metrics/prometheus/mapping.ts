import type { MetricStatistic, ResourceMetric } from "@trimtab/domain";
import { parse } from "yaml";
import { z } from "zod";
import { evidenceErrors } from "../../errors.ts";
import { isResourceMetric, STATISTICS, statisticProblem } from "../resource-point.ts";
import { factorOf } from "../units.ts";

/** One PromQL query and what its answer is of which resource. */
export interface PrometheusQuery {
  readonly metric: ResourceMetric;
  readonly statistic: MetricStatistic;
  /** `$interval` stands for the interval of the points, e.g. `3600s`. */
  readonly query: string;
  /** The resource's name from the answer's labels: `{instance}`, or `{instance|host}` without a port. */
  readonly resource: string;
  readonly unit: string;
  /** Labels to keep, by the label of the answer. */
  readonly labels: readonly string[];
}

const querySchema = z
  .strictObject({
    metric: z.string().refine(isResourceMetric, { error: "there is no such metric" }),
    statistic: z.enum(STATISTICS),
    query: z.string().min(1),
    resource: z.string().regex(/\{\w+(\|host)?\}/, "it names no label in braces"),
    unit: z.string(),
    labels: z.array(z.string()).default([]),
  })
  .superRefine(({ metric, statistic, unit }, context) => {
    if (!isResourceMetric(metric)) return;
    const wrong = statisticProblem(metric, statistic);
    if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong, path: ["statistic"] });
    else if (factorOf(metric, statistic, unit, 3600) === undefined)
      context.addIssue({ code: "custom", message: `it can't become the unit of ${metric}`, path: ["unit"] });
  });

const mappingSchema = z.strictObject({ version: z.literal(1), queries: z.array(querySchema).min(1) });

/** @throws METRIC_MAPPING_INVALID naming the place */
export const parseMapping = (text: string, file: string): readonly PrometheusQuery[] => {
  const fail = (path: string, problem: string, cause: unknown) =>
    evidenceErrors.create("METRIC_MAPPING_INVALID", { file, path, problem }, { cause });
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw fail(
      "YAML",
      error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error),
      error,
    );
  }
  const parsed = mappingSchema.safeParse(content);
  if (parsed.success) return parsed.data.queries as readonly PrometheusQuery[];
  const [issue] = parsed.error.issues;
  throw fail((issue?.path ?? []).join(".") || "the file", issue?.message ?? "it can't be read", parsed.error);
};

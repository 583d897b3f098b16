import { day, instant } from "@trimtab/domain";
import type { z } from "zod";
import { queryErrors } from "./errors.ts";
import { axisOf } from "./model/dimensions.ts";
import { BASE_MODEL, dimensionOf, resolveMeasure, type SemanticModel } from "./model/model.ts";
import { type Filter, type FullRequest, type QueryRequest, queryRequestSchema } from "./types.ts";

/**
 * The request with defaults in place, every name in its one spelling and single-term `and`/`or` unwrapped.
 * @throws QUERY_REQUEST_INVALID, QUERY_MEASURE_UNKNOWN, METRIC_UNKNOWN, QUERY_DIMENSION_UNKNOWN, QUERY_AXES_MIXED,
 *   QUERY_GRAIN_INVALID, QUERY_TOP_INVALID, QUERY_COMPARE_NO_PERIOD, QUERY_DIMENSION_NOT_GROUPABLE
 */
export const canonicalRequest = (request: QueryRequest, model: SemanticModel = BASE_MODEL): FullRequest => {
  const parsed = queryRequestSchema.safeParse(request);
  if (!parsed.success) throw invalidRequest(parsed.error);
  const full = parsed.data;
  const named: FullRequest = {
    ...full,
    measures: [...new Set(full.measures.map((name) => resolveMeasure(name, model).id))],
    by: [...new Set(full.by.map((name) => dimensionOf(name, model).name))],
    ...(full.where === undefined ? {} : { where: canonicalFilter(full.where, model) }),
  };
  check(named, model);
  const { grain, fiscalYearStart, period } = named;
  return dropUndefined({
    ...named,
    fiscalYearStart: grain === "fiscal-year" ? fiscalYearStart : undefined,
    period: period?.start === undefined && period?.end === undefined ? undefined : period,
  });
};

/** @throws QUERY_DIMENSION_UNKNOWN */
export const canonicalFilter = (filter: Filter, model: SemanticModel = BASE_MODEL): Filter => {
  if ("and" in filter || "or" in filter) {
    const terms = ("and" in filter ? filter.and : filter.or).map((term) => canonicalFilter(term, model));
    if (terms.length === 1 && terms[0] !== undefined) return terms[0];
    return "and" in filter ? { and: terms } : { or: terms };
  }
  if ("not" in filter) return { not: canonicalFilter(filter.not, model) };
  return { ...filter, dimension: dimensionOf(filter.dimension, model).name };
};

/** Names of all dimensions that a filter asks for. */
export const filterDimensions = (filter: Filter): readonly string[] => {
  if ("and" in filter) return filter.and.flatMap(filterDimensions);
  if ("or" in filter) return filter.or.flatMap(filterDimensions);
  return "not" in filter ? filterDimensions(filter.not) : [filter.dimension];
};

const invalidRequest = (error: z.ZodError) => {
  const [issue] = error.issues;
  return queryErrors.create("QUERY_REQUEST_INVALID", {
    path: issue?.path.map(String).join(".") || "its top level",
    problem: issue?.message ?? "it is not a query",
  });
};

const check = (request: FullRequest, model: SemanticModel): void => {
  checkAxes(request);
  checkMoments(request);
  for (const name of request.by) {
    const { type } = dimensionOf(name, model);
    if (type === "decimal") {
      throw queryErrors.create("QUERY_DIMENSION_NOT_GROUPABLE", { dimension: name, type: "amounts" });
    }
  }
  if (request.compare !== undefined && (!request.period?.start || !request.period.end)) {
    throw queryErrors.create("QUERY_COMPARE_NO_PERIOD");
  }
  if (request.top !== undefined && request.by.length === 0) {
    throw queryErrors.create("QUERY_TOP_INVALID", { top: request.top, problem: "there is nothing to rank" });
  }
};

const checkAxes = ({ timeAxis, grain, by, where, compare }: FullRequest): void => {
  if (grain === "hour" && compare !== undefined) {
    throw queryErrors.create("QUERY_GRAIN_INVALID", { subject: "A comparison", grain });
  }
  if (timeAxis === "invoice" && (grain === "hour" || grain === "day" || grain === "week")) {
    throw queryErrors.create("QUERY_GRAIN_INVALID", { subject: "Invoice time", grain });
  }
  for (const name of [...by, ...(where === undefined ? [] : filterDimensions(where))]) {
    const axis = axisOf(name);
    if (axis !== undefined && axis !== timeAxis) {
      throw queryErrors.create("QUERY_AXES_MIXED", { dimension: name, other: axis, axis: timeAxis });
    }
  }
};

const checkMoments = ({ period }: FullRequest): void => {
  for (const text of [period?.start, period?.end]) {
    if (text === undefined) continue;
    const date = text.length === 7 ? `${text}-01` : text.slice(0, 10);
    try {
      day(date);
      if (text.length > 10) instant(text);
    } catch (error) {
      const problem = "it does not exist in the calendar";
      throw queryErrors.create("QUERY_PERIOD_INVALID", { period: text, problem }, { cause: error });
    }
  }
};

const dropUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;

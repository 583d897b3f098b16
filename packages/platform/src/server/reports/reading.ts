import { z } from "zod";
import { type Filter, filterSchema } from "../../query/types.ts";
import {
  type ReportDefinition,
  type ReportPeriod,
  reportPeriodSchema,
} from "../../reports/definition/report-schema.ts";
import { serverErrors } from "../errors.ts";

/** How somebody reads a report this once, without changing it for others. */
export interface Reading {
  readonly period?: ReportPeriod | undefined;
  readonly currency?: string | undefined;
  /** Holds besides the report's own. */
  readonly filter?: Filter | undefined;
}

interface ReadingTexts {
  readonly period?: string | undefined;
  readonly currency?: string | undefined;
  readonly filter?: string | undefined;
}

/** As an address says it: `last-month` or `2026-01..2026-03`, and the filter as JSON. @throws SERVER_INPUT_INVALID */
export const readReading = ({ period, currency, filter }: ReadingTexts): Reading => {
  const [start, end] = period?.split("..") ?? [];
  return {
    ...(period === undefined
      ? {}
      : {
          period: parsed(reportPeriodSchema, end === undefined ? { name: period } : { start, end }, "period"),
        }),
    ...(currency === undefined ? {} : { currency }),
    ...(filter === undefined ? {} : { filter: parsed(filterSchema, jsonOf(filter), "filter") }),
  };
};

const parsed = <T>(schema: z.ZodType<T>, value: unknown, path: string): T => {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  throw serverErrors.create("SERVER_INPUT_INVALID", { path, problem: z.prettifyError(error).slice(0, 300) });
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw serverErrors.create("SERVER_INPUT_INVALID", { path: "filter", problem: "it is not JSON" });
  }
};

/** The definition as it is read; blocks that have a period of their own keep it. */
export const readAs = (
  definition: ReportDefinition,
  { period, currency, filter }: Reading,
): ReportDefinition => {
  const { parameters } = definition;
  const filters = [parameters.filter, filter].filter((one) => one !== undefined);
  const [only] = filters;
  return {
    ...definition,
    parameters: {
      ...parameters,
      ...(period === undefined ? {} : { period }),
      ...(currency === undefined ? {} : { currency }),
      ...(only === undefined ? {} : { filter: filters.length === 1 ? only : { and: filters } }),
    },
  };
};

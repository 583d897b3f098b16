import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { instantOf } from "@trimtab/domain";
import type { Services } from "../compose.ts";
import type { AllocationRules } from "../query/allocation/rules.ts";
import type { SemanticModel } from "../query/model/model.ts";
import type { QueryContext } from "../query/types.ts";
import type { CommandContext, CommandInput, OptionSpec } from "./command.ts";
import { ENGINE_OPTION } from "./engine-option.ts";
import { cliErrors } from "./errors.ts";
import { wholeNumber } from "./option-values.ts";

/** Options of every command that asks the lake. */
export const QUERY_OPTIONS: readonly OptionSpec[] = [
  ENGINE_OPTION,
  {
    name: "lake-version",
    value: "N",
    description: "an older version of the lake, as `trimtab lake history` lists them",
  },
  {
    name: "rates",
    value: "FILE",
    env: "TRIMTAB_RATES",
    description: "convert into --currency by this file of dated rates (date,from,to,rate)",
  },
  {
    name: "rules",
    value: "FILE",
    env: "TRIMTAB_RULES",
    description: "dimensions of your own, shared costs and metrics by this YAML file",
  },
];

/**
 * The context that every query needs, from the options of the command line.
 * @throws CLI_NUMBER_INVALID, CLI_FILE_UNREADABLE, RATES_INVALID, RULES_INVALID
 */
export async function queryContext(
  { services, currency, timeZone, signal, cwd }: CommandContext,
  { options }: CommandInput,
): Promise<QueryContext & { readonly model: SemanticModel }> {
  const rates = options.rates;
  return {
    scope: "unrestricted",
    currency: currency ?? "each",
    timeZone,
    now: instantOf(services.clock()),
    signal,
    model: await readModel(
      services,
      typeof options.rules === "string" ? resolve(cwd, options.rules) : undefined,
    ),
    ...(typeof options["lake-version"] === "string"
      ? { lakeVersion: wholeNumber("--lake-version", options["lake-version"], 0) }
      : {}),
    ...(typeof rates === "string" ? { rates: await readRates(resolve(cwd, rates)) } : {}),
  };
}

/** Text of a file that an option names. @throws CLI_FILE_UNREADABLE */
export async function readOptionFile(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw cliErrors.create("CLI_FILE_UNREADABLE", { option, file: path, reason }, { cause });
  }
}

/** The rules of a file, or none. @throws CLI_FILE_UNREADABLE, RULES_INVALID */
export async function readRules(path: string | undefined): Promise<AllocationRules | undefined> {
  if (path === undefined) return undefined;
  const { parseRules } = await import("../query/allocation/rules.ts");
  return parseRules(await readOptionFile("--rules", path), path);
}

/** FOCUS columns and tags are always there; rules add dimensions, and the lake's metrics unit costs. */
export async function readModel(services: Services, rulesPath: string | undefined): Promise<SemanticModel> {
  const { BASE_MODEL } = await import("../query/model/model.ts");
  const { openMetrics } = await import("../query/metrics/open-metrics.ts");
  const rules = await readRules(rulesPath);
  return {
    virtual: rules?.virtual ?? BASE_MODEL.virtual,
    metrics: await openMetrics(await services.openMetricStore(), rules?.metrics),
    fiscalYearStart: rules?.fiscalYearStart ?? BASE_MODEL.fiscalYearStart,
  };
}

async function readRates(path: string) {
  const { parseRates } = await import("../query/rates.ts");
  return parseRates(await readOptionFile("--rates", path), path);
}

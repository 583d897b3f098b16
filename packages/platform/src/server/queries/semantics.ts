import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { MetricStore } from "../../lake/metrics.ts";
import { type AllocationRules, parseRules } from "../../query/allocation/rules.ts";
import { openMetrics } from "../../query/metrics/open-metrics.ts";
import { BASE_MODEL, type SemanticModel } from "../../query/model/model.ts";
import { parseRates, type RatesTable } from "../../query/rates.ts";

/** What questions mean here beside the bills: rules, rates, metrics and the calendar, and a name for just this state of them. */
export interface Semantics {
  readonly model: SemanticModel;
  readonly rates: RatesTable | undefined;
  /** Changes whenever an answer could. */
  readonly version: string;
}

export interface SemanticsStore {
  /** As they are now; a file that was edited is read again. @throws RULES_INVALID, RATES_INVALID */
  now(): Promise<Semantics>;
}

export interface SemanticsOptions {
  readonly metrics: MetricStore;
  readonly rulesFile?: string | undefined;
  /** Rules where none are given and this file is there. */
  readonly otherwiseRulesFile?: string | undefined;
  readonly ratesFile?: string | undefined;
  /** Files and metrics are looked at again after so long. */
  readonly freshMs: number;
}

export const createSemantics = (options: SemanticsOptions): SemanticsStore => {
  const { rulesFile, otherwiseRulesFile } = options;
  const rulesOf =
    rulesFile === undefined
      ? watchedFile<AllocationRules>(otherwiseRulesFile, parseRules, { mayLack: true })
      : watchedFile<AllocationRules>(rulesFile, parseRules);
  const ratesOf = watchedFile<RatesTable>(options.ratesFile, parseRates);
  let known: Semantics | undefined;
  let looked = Number.NEGATIVE_INFINITY;
  let looking: Promise<Semantics> | undefined;

  const look = async (): Promise<Semantics> => {
    const [rules, rates, metricsVersion] = await Promise.all([
      rulesOf(),
      ratesOf(),
      options.metrics.version(),
    ]);
    const version = `${rules?.digest ?? ""}/${rates?.digest ?? ""}/${metricsVersion}`;
    looked = performance.now();
    if (known?.version === version) return known;
    known = {
      model: {
        virtual: rules?.content.virtual ?? BASE_MODEL.virtual,
        metrics: await openMetrics(options.metrics, rules?.content.metrics),
        fiscalYearStart: rules?.content.fiscalYearStart ?? BASE_MODEL.fiscalYearStart,
      },
      rates: rates?.content,
      version,
    };
    return known;
  };

  return {
    now: async () => {
      if (known !== undefined && performance.now() - looked < options.freshMs) return known;
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return await looking;
    },
  };
};

interface ReadFile<T> {
  readonly digest: string;
  readonly content: T;
}

/** A file that is read again when its size or time changes. */
const watchedFile = <T>(
  path: string | undefined,
  parse: (text: string, path: string) => T,
  { mayLack = false }: { readonly mayLack?: boolean } = {},
): (() => Promise<ReadFile<T> | undefined>) => {
  let state = "";
  let read: ReadFile<T> | undefined;
  return async () => {
    if (path === undefined) return undefined;
    const info = await stat(path).catch((error: unknown) => {
      if (mayLack) return undefined;
      throw error;
    });
    if (info === undefined) return undefined;
    const { mtimeMs, size } = info;
    const now = `${mtimeMs} ${size}`;
    if (read !== undefined && now === state) return read;
    const text = await readFile(path, "utf8");
    read = {
      digest: createHash("sha256").update(text).digest("hex").slice(0, 16),
      content: parse(text, path),
    };
    state = now;
    return read;
  };
};

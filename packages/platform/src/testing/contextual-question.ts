import { currencyCode } from "@trimtab/domain";
import fc from "fast-check";
import { parseRules } from "../query/allocation/rules.ts";
import { BASE_MODEL } from "../query/model/model.ts";
import { parseRates } from "../query/rates.ts";
import type { QueryContext, QueryRequest } from "../query/types.ts";
import { type AnyRequest, questionsOver, type Vocabulary } from "./any-question.ts";

/** Names of a lake that rules of allocation tell costs apart by. */
interface RuleNames {
  /** Service whose costs are shared out by a metric. */
  readonly shared: string;
  /** Start of services' names whose costs are shared out evenly. */
  readonly startsWith: string;
  readonly region: string;
  /** Column whose values owners are named by. */
  readonly from: string;
}

/** Two dimensions by rules: one with shared costs, one with values from columns. */
export const allocationRules = ({ shared, startsWith, region, from }: RuleNames): string => `
version: 1
fiscalYearStart: 4
dimensions:
  owner:
    otherwise: nobody
    rules:
      - where: "ServiceName = '${shared}'"
        shared: platform
        split: { by: metric, metric: effective }
      - where: "ServiceName starts with '${startsWith}'"
        shared: support
        split: { by: even }
      - where: "RegionId = '${region}'"
        value: Europe
      - from: tag:team
  started:
    otherwise: never
    rules:
      - where: "ServiceName contains 'e'"
        from: ${from}
      - from: RegionId
`;

const RATES = "date,from,to,rate\n2026-01-01,EUR,USD,1.1\n2026-02-10,EUR,USD,1.2\n";

export interface ContextualQuestion {
  readonly request: QueryRequest;
  readonly context: Partial<QueryContext>;
}

/** What a question may have besides. */
const anyOwn = (vocabulary: Vocabulary) =>
  fc.record(
    {
      limit: fc.integer({ min: 1, max: 8 }),
      compare: fc.constantFrom("previous", "month", "year"),
      timeAxis: fc.constantFrom("charge", "invoice"),
      direction: fc.constantFrom("asc", "desc"),
      allocated: fc.constantFrom("owner", "started"),
      currency: fc.constantFrom("USD", "EUR", "converted"),
      timeZone: fc.constantFrom("Europe/Berlin", "America/Los_Angeles"),
      scope: questionsOver(vocabulary).filter,
    },
    { requiredKeys: [] },
  );

/** So many questions of these words, the same each time, with scopes, currencies, time zones and rules of allocation. */
export const contextualQuestions = (
  vocabulary: Vocabulary,
  rulesText: string,
  numRuns: number,
): readonly ContextualQuestion[] => {
  const rules = parseRules(rulesText, "rules.yaml");
  const model = { ...BASE_MODEL, virtual: rules.virtual, fiscalYearStart: 4 };
  const any = fc.tuple(questionsOver(vocabulary).request, anyOwn(vocabulary));
  return fc.sample(any, { numRuns, seed: 20261122 }).map(([question, own]) => {
    const { currency, timeZone, scope } = own;
    return {
      request: requestOf(question, own),
      context: {
        model,
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(scope === undefined ? {} : { scope }),
        ...(currency === undefined ? {} : currencyOf(currency)),
      },
    };
  });
};

const rates = parseRates(RATES, "rates.csv");

const currencyOf = (name: string): Partial<QueryContext> =>
  name === "converted" ? { currency: currencyCode("USD"), rates } : { currency: currencyCode(name) };

interface Own {
  readonly limit?: number | undefined;
  readonly compare?: "previous" | "month" | "year" | undefined;
  readonly timeAxis?: "charge" | "invoice" | undefined;
  readonly direction?: "asc" | "desc" | undefined;
  readonly allocated?: string | undefined;
}

/** Only what can be asked together. */
const requestOf = (
  question: AnyRequest,
  { limit, compare, timeAxis, direction, allocated }: Own,
): QueryRequest => {
  const isInvoice = timeAxis === "invoice" && !["hour", "day", "week"].includes(question.grain ?? "");
  const isCompared = compare !== undefined && question.grain !== "hour";
  const { period: _period, ...rest } = question;
  const [first = "effective"] = question.measures;
  return {
    ...(isCompared || isInvoice ? rest : question),
    ...(isCompared ? { period: { start: "2026-02", end: "2026-03" }, compare } : {}),
    ...(isInvoice ? { timeAxis: "invoice" as const } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(allocated === undefined ? {} : { by: [...question.by, allocated].slice(-2) }),
    ...(direction === undefined ? {} : { orderBy: [{ by: isCompared ? "abs-change" : first, direction }] }),
  };
};

import { type Clock, canonicalJson, type Json } from "@trimtab/domain";
import type { Analysis } from "../../insight/analyze/analysis.ts";
import { type AnalyzeRequest, analyze } from "../../insight/analyze/analyze.ts";
import { type ExplainRequest, explain } from "../../insight/explain/explain.ts";
import type { Explanation } from "../../insight/explain/explained.ts";
import { canonicalRequest } from "../../query/canonical.ts";
import { type ChargePage, type ChargesRequest, listCharges } from "../../query/list-charges.ts";
import { runQuery } from "../../query/run-query.ts";
import type { QueryContext, QueryRequest, QueryResult } from "../../query/types.ts";
import type { Caller } from "../access/caller.ts";
import type { LakeWatch } from "../lake-watch.ts";
import { type Asking, pinContext } from "./query-context.ts";
import type { DeskFigures, DeskTools, QueryDesk } from "./query-desk.ts";
import type { Semantics, SemanticsStore } from "./semantics.ts";

/** What work over the lake is given: tools whose statements take turns, and a context within the scope. */
export interface WorkTools extends DeskTools {
  readonly context: QueryContext & { readonly lakeVersion: number; readonly model: Semantics["model"] };
}

/**
 * Every question that the server asks the lake, for whomever it asks. Answers are shared and frozen in meaning: nobody changes
 * them.
 */
export interface Questions {
  /** @throws QUERY_*, RATES_MISSING, METRIC_UNKNOWN, LAKE_*, SERVER_BUSY, SERVER_CANCELLED; so do all below */
  query(request: QueryRequest, asking: Asking): Promise<QueryResult>;
  analyze(request: AnalyzeRequest, asking: Asking): Promise<readonly Analysis[]>;
  explain(request: ExplainRequest, asking: Asking): Promise<readonly Explanation[]>;
  charges(request: ChargesRequest, asking: Asking): Promise<ChargePage>;
  /**
   * Any other work that reads the lake, answered from the cache like a question.
   * @param kind names the work, `subject` all that it depends on besides the asking
   */
  work<T extends object>(
    kind: string,
    subject: Json,
    asking: Asking,
    work: (tools: WorkTools) => Promise<T>,
  ): Promise<T>;
  /** What such work is done with that keeps or changes something besides: its answer is never another's. */
  open(asking: Asking): Promise<WorkTools>;
  /** The meaning of names now. */
  semantics(): Promise<Semantics>;
  readonly figures: DeskFigures;
}

export interface QuestionsOptions {
  readonly desk: QueryDesk;
  readonly watch: LakeWatch;
  readonly semantics: SemanticsStore;
  readonly clock: Clock;
}

/** Whose turn a question takes: all of a person's, from whichever browser or token, are one line. */
export const ownerOf = ({ personId }: Caller): string => personId;

/** A question of the caller of a route. */
export const askingOf = (
  { caller, signal }: { readonly caller: Caller; readonly signal: AbortSignal },
  how: Pick<Asking, "currency" | "timeZone" | "lakeVersion"> = {},
): Asking => ({
  owner: ownerOf(caller),
  scope: caller.scope,
  signal,
  currency: how.currency,
  timeZone: how.timeZone,
  lakeVersion: how.lakeVersion,
});

export const createQuestions = (options: QuestionsOptions): Questions => {
  const { desk, semantics } = options;

  const ask = async <T extends object>(
    {
      kind,
      subject,
      isOneTurn,
    }: { readonly kind: string; readonly subject: Json; readonly isOneTurn?: true },
    asking: Asking,
    run: (tools: WorkTools) => Promise<T>,
  ): Promise<T> => {
    const { owner, signal } = asking;
    const { context, key } = await pinContext(options, asking);
    return await desk.ask(
      { owner, key: `${kind} ${key} ${canonicalJson(subject)}`, signal, isOneTurn: isOneTurn === true },
      (tools) => run({ ...tools, context: { ...context, signal: tools.signal } }),
    );
  };
  const work: Questions["work"] = (kind, subject, asking, run) => ask({ kind, subject }, asking, run);

  return {
    work,
    query: async (request, asking) => {
      const { model } = await semantics.now();
      // Refused before it waits for a turn; and however it is spelled, it is one question.
      const canonical = canonicalRequest(request, model);
      return await work("query", canonical as Json, asking, ({ engine, context }) =>
        runQuery(engine, canonical, context),
      );
    },
    analyze: (request, asking) =>
      work("analyze", asJson(request), asking, ({ engine, context }) => analyze(engine, request, context)),
    explain: (request, asking) =>
      work("explain", asJson(request), asking, ({ engine, context }) => explain(engine, request, context)),
    charges: (request, asking) =>
      ask({ kind: "charges", subject: asJson(request), isOneTurn: true }, asking, ({ engine, context }) =>
        listCharges(engine, request, context),
      ),
    open: async (asking) => {
      const { context } = await pinContext(options, asking);
      const tools = desk.open(asking);
      return { ...tools, context: { ...context, signal: tools.signal } };
    },
    semantics: () => semantics.now(),
    get figures() {
      return desk.figures;
    },
  };
};

/** Without the members that are undefined. */
const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

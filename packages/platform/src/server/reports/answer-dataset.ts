import { loadProgramme } from "../../loop/programme/load-board.ts";
import { loadStatus } from "../../loop/programme/load-status.ts";
import type { Work } from "../../loop/work.ts";
import type { QueryRequest, QueryResult } from "../../query/types.ts";
import type { DatasetName } from "../../reports/definition/dataset-names.ts";
import type { BlockOf } from "../../reports/definition/report-schema.ts";
import type { DatasetAnswer, DatasetQuestion } from "../../reports/run/run-report.ts";
import { tagCoverage } from "../../reports/run/tag-coverage.ts";
import type { Caller } from "../access/caller.ts";
import { reconcileLive } from "../lake/reconcile-live.ts";
import type { Asking } from "../queries/query-context.ts";
import { withheld } from "./dataset-parts.ts";
import { accessReview, conformanceSet, type DatasetParts, recommendationSet } from "./datasets.ts";
import { reconciliationSet } from "./reconciliation-set.ts";
import { statusSet } from "./status-set.ts";
import { waterfallSet } from "./waterfall-set.ts";

/** For whom a data set is made. */
export interface DatasetReader {
  readonly caller: Caller;
  readonly asking: Asking;
  query(request: QueryRequest): Promise<QueryResult>;
}

/** These can't be cut to a scope: what they say of part of the charges would be wrong. */
const OF_ALL_CHARGES: Partial<Record<DatasetName, string>> = {
  "savings-waterfall": "A programme speaks of all charges, and you see part of them.",
  "programme-status": "A programme speaks of all charges, and you see part of them.",
  "focus-conformance": "Conformance speaks of all charges, and you see part of them.",
  reconciliation: "Reconciliation speaks of whole files, and you see part of the charges.",
};

/** What a data set says to one reader, or why it says nothing. @throws PROGRAMME_*, QUERY_*, LAKE_* */
export const answerDataset = async (
  parts: DatasetParts,
  { caller, asking, query }: DatasetReader,
  block: BlockOf<"dataset">,
  question: DatasetQuestion,
): Promise<DatasetAnswer> => {
  const { dataset, tags, limit } = block;
  const refusal = OF_ALL_CHARGES[dataset];
  if (refusal !== undefined && caller.scope !== "unrestricted") return withheld(refusal);
  const programme = async () => {
    const work = await workFor(parts, caller, asking);
    return { work, loaded: await loadProgramme(work, { name: block.programme }) };
  };
  switch (dataset) {
    case "tag-coverage":
      return await tagCoverage(query, tags, question);
    case "recommendations":
      return await recommendationSet(parts, { caller, signal: asking.signal, limit });
    case "focus-conformance":
      return await conformanceSet(parts, asking);
    case "access-review":
      return await accessReview(parts, caller);
    case "reconciliation":
      return reconciliationSet(await reconcileLive(parts, asking), block);
    case "savings-waterfall":
      return await waterfallSet((await programme()).loaded, block);
    case "programme-status": {
      const { work, loaded } = await programme();
      return statusSet(await loadStatus(work, loaded, "weekly"), block);
    }
  }
};

/** At the report's own version of the lake. */
const workFor = async (
  { questions, services }: DatasetParts,
  caller: Caller,
  asking: Asking,
): Promise<Work> => {
  const { engine, context } = await questions.open(asking);
  return {
    services,
    openEngine: async () => engine,
    query: context,
    actor: caller.actor,
    signal: asking.signal,
  };
};

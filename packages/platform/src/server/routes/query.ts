import type { Analysis } from "../../insight/analyze/analysis.ts";
import { formatQueryText } from "../../query/format-query.ts";
import type { ChargePage } from "../../query/list-charges.ts";
import { parseQueryText } from "../../query/parse-query.ts";
import type { Filter } from "../../query/types.ts";
import type { RouteHandlers } from "../contract.ts";
import type { queryContracts } from "../contracts/query.ts";
import { serverErrors } from "../errors.ts";
import type { ServerParts } from "../parts.ts";
import { readCursor, writeCursor } from "../queries/cursor.ts";
import { deriving } from "../queries/deriving.ts";
import { describeModel } from "../queries/describe-model.ts";
import { dimensionValues } from "../queries/dimension-values.ts";
import { queryCommand } from "../queries/query-command.ts";
import { askingOf } from "../queries/questions.ts";

/** Both speak of the whole lake: which tags and exports there are is not for everybody. */
const withoutLakeFacts = deriving((analyses: readonly Analysis[]) =>
  analyses.map((analysis) => ({
    ...analysis,
    tags: analysis.tags.filter(({ tagged }) => tagged !== "0"),
    oddities: [],
  })),
);

/** The question is part of what the page is kept under. */
const pageAnswer = deriving((page: ChargePage, offset: number, question: object) => {
  const next = { lakeVersion: page.lakeVersion, offset: offset + page.rows.length };
  return {
    columns: page.columns,
    items: page.rows,
    lakeVersion: page.lakeVersion,
    ...(page.isMore ? { nextCursor: writeCursor(next, question) } : {}),
  };
});

export const queryHandlers = ({ questions, watch }: ServerParts): RouteHandlers<typeof queryContracts> => ({
  getModel: (input) => describeModel(questions, watch, askingOf(input)),

  runQuery: (input) => {
    const { currency, timeZone, lakeVersion, ...request } = input.body;
    return questions.query(request, askingOf(input, { currency, timeZone, lakeVersion }));
  },

  parseQuery: async ({ body }) => {
    const { model } = await questions.semantics();
    return parseQueryText(body.text, model) as never;
  },

  formatQuery: async ({ body }) => {
    const { currency, timeZone, lakeVersion, ...request } = body;
    const { model } = await questions.semantics();
    const text = formatQueryText(request, model);
    return { text, command: queryCommand(text, { currency, timeZone, lakeVersion }) };
  },

  listDimensionValues: (input) => dimensionValues(questions, input.params.name, input.query, askingOf(input)),

  analyze: async (input) => {
    const { currency, timeZone, lakeVersion, ...request } = input.body;
    const asking = askingOf(input, { currency, timeZone, lakeVersion });
    const analyses = await questions.analyze(request as never, asking);
    return asking.scope === "unrestricted" ? analyses : withoutLakeFacts(analyses);
  },

  explain: async (input) => {
    const { currency, timeZone, lakeVersion, ...request } = input.body;
    if (request.from.start < request.to.end && request.to.start < request.from.end)
      throw serverErrors.create("SERVER_INPUT_INVALID", {
        path: "body.to",
        problem: "it overlaps the period before",
      });
    return await questions.explain(request as never, askingOf(input, { currency, timeZone, lakeVersion }));
  },

  listCharges: async (input) => {
    const { limit, cursor, currency, lakeVersion, ...subject } = input.body;
    const question = { ...subject, currency };
    const place = cursor === undefined ? undefined : readCursor(cursor, question);
    const version = place?.lakeVersion ?? lakeVersion;
    const offset = place?.offset ?? 0;
    const page = await questions.charges(
      { ...subject, where: subject.where as Filter | undefined, offset, limit },
      askingOf(input, { currency, lakeVersion: version }),
    );
    return pageAnswer(page, offset, question);
  },
});

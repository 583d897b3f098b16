import { resolve } from "node:path";
import type { DeskParts, ReportDesk } from "../../server/reports/report-desk.ts";
import type { CommandContext } from "../command.ts";

/** Lake and rules are looked at again after so long; one round of a tick is mostly shorter. */
const LOOK_EVERY_MS = 2000;

/** What questions mean; the environment says unless options do. */
export interface Meaning {
  readonly rules?: string | undefined;
  readonly rates?: string | undefined;
}

/** Reports as the server makes them, over the lake and the state database of this run. */
export async function openReportDesk(context: CommandContext): Promise<ReportDesk> {
  const { createReportDesk } = await import("../../server/reports/report-desk.ts");
  return createReportDesk(await deskParts(context));
}

/** What reports and their data sets are made with, as the server has it. */
export async function deskParts(
  { services, cwd, env, notify }: CommandContext,
  { rules = env.TRIMTAB_RULES, rates = env.TRIMTAB_RATES }: Meaning = {},
): Promise<DeskParts> {
  const { watchLake } = await import("../../server/lake-watch.ts");
  const { SERVER_LIMITS } = await import("../../server/open-server.ts");
  const { createQueryDesk } = await import("../../server/queries/query-desk.ts");
  const { askingOf, createQuestions } = await import("../../server/queries/questions.ts");
  const { createSemantics } = await import("../../server/queries/semantics.ts");
  const { createShownRecommendations } = await import("../../server/work/shown-recommendations.ts");
  const { clock } = services;
  const [lake, state] = [await services.openLake(), await services.openState()];
  const warn = (_: object, message: string): void => notify(message);
  const watch = watchLake({ lake, log: { warn }, everyMs: LOOK_EVERY_MS, onChange: () => undefined });
  const rulesFile = rules ? resolve(cwd, rules) : undefined;
  const ratesFile = rates ? resolve(cwd, rates) : undefined;
  const metrics = await services.openMetricStore();
  const semantics = createSemantics({ metrics, rulesFile, ratesFile, freshMs: LOOK_EVERY_MS });
  const { statementsAtOnce, questionsUnderWay, questionsOfOne, cacheBytes } = SERVER_LIMITS;
  const desk = createQueryDesk({
    ...{ engine: await services.openEngine("duckdb"), lake, watch, cacheBytes },
    ...{ atOnce: statementsAtOnce, mostUnderWay: questionsUnderWay, mostOfOwner: questionsOfOne },
  });
  const questions = createQuestions({ desk, watch, semantics, clock });
  const shown = createShownRecommendations({
    state,
    workFor: async (caller, signal) => {
      const { engine, context } = await questions.open(askingOf({ caller, signal }));
      return { services, openEngine: async () => engine, query: context, actor: caller.actor, signal };
    },
  });
  const sources = await services.sources();
  return { state, shown, questions, sources, services, watch, clock };
}

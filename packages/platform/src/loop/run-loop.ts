import { dayOf, instantOf, type Recommendation, TrimtabError } from "@trimtab/domain";
import type { Analysis } from "../insight/analyze/analysis.ts";
import type { LineCosts } from "../ledger/programme/baseline.ts";
import type { StatusReport } from "../ledger/programme/status/status-report.ts";
import type { Waterfall } from "../ledger/programme/waterfall/waterfall.ts";
import { type Advised, type AskedAdvice, askAdvisors } from "./ask-advisors.ts";
import { type Checklists, checklistsOf } from "./checklists.ts";
import type { LoadedProgramme } from "./programme/load-board.ts";
import { type Identified, proposedProgramme } from "./proposed-programme.ts";
import type { Work } from "./work.ts";

/** A part of the loop, or why there is none: the others are told all the same. */
export type Part<T> =
  | { readonly status: "done"; readonly value: T }
  | { readonly status: "missing"; readonly reason: string };

export interface ProgrammePart {
  readonly loaded: LoadedProgramme;
  /** False: made of the recommendations for this report, and kept nowhere. */
  readonly isKept: boolean;
  readonly costs: LineCosts;
  readonly waterfall: Waterfall;
  readonly status: StatusReport;
}

/** The whole loop, read-only: what the bill says, what to change, the work, where it stands. */
export interface LoopReport {
  readonly analysis: Part<readonly Analysis[]>;
  readonly advice: Part<Advised & { readonly identified: readonly Identified[] }>;
  readonly programme: Part<ProgrammePart>;
  readonly checklists: Checklists;
}

/**
 * Analyses the bill, asks the advisors, lays out the programme and its status. Keeps nothing.
 * @throws what is wrong with the question or the surroundings; evidence that is missing is told in the report
 */
export async function runLoop(
  work: Work,
  asked: { readonly advice: AskedAdvice; readonly programme?: string | undefined },
): Promise<LoopReport> {
  const analysis = await analysisPart(work);
  const advice = await advicePart(work, asked.advice);
  const programme = await programmePart(work, asked.programme, advice);
  return { analysis, advice, programme, checklists: checklistsOf(changesOf(advice, programme)) };
}

async function analysisPart({ openEngine, query }: Work): Promise<LoopReport["analysis"]> {
  const { analyze } = await import("../insight/analyze/analyze.ts");
  const value = await analyze(await openEngine(), { top: 5 }, query);
  return value.length === 0 ? missing("the lake holds no charges") : done(value);
}

async function advicePart(work: Work, asked: AskedAdvice): Promise<LoopReport["advice"]> {
  const { recommendationId } = await import("../state/recommendations.ts");
  try {
    const advised = await askAdvisors(work, asked);
    const identified = advised.report.recommendations.map((recommendation) => ({
      id: recommendationId(recommendation.key),
      recommendation,
    }));
    return done({ ...advised, identified });
  } catch (error) {
    return missing(reasonOf(error, ["INVENTORY_EMPTY"]));
  }
}

async function programmePart(
  work: Work,
  name: string | undefined,
  advice: LoopReport["advice"],
): Promise<LoopReport["programme"]> {
  const { loadProgramme } = await import("./programme/load-board.ts");
  try {
    const kept = await loadProgramme(work, { name }).catch((error: unknown) => {
      reasonOf(error, ["PROGRAMME_NOT_CHOSEN"]);
      return undefined;
    });
    const loaded = kept ?? (await proposed(work, advice));
    if (loaded === undefined) return missing("there is no programme, and nothing to make one of");
    return done(await programmeOf(work, loaded, kept !== undefined));
  } catch (error) {
    return missing(reasonOf(error, ["PROGRAMME_NO_BASELINE"]));
  }
}

/** Of alternatives the one that saves most. */
async function proposed(work: Work, advice: LoopReport["advice"]): Promise<LoadedProgramme | undefined> {
  if (advice.status === "missing") return undefined;
  const { independent } = await import("../advisors/rank.ts");
  const chosen = new Set(independent(advice.value.report.recommendations));
  const list = advice.value.identified.filter(({ recommendation }) => chosen.has(recommendation));
  const { hourlyCost } = advice.value;
  const starts = dayOf(instantOf(work.services.clock()));
  return await proposedProgramme(work, list, { starts, hourlyCost });
}

async function programmeOf(work: Work, loaded: LoadedProgramme, isKept: boolean): Promise<ProgrammePart> {
  const { readBaseline } = await import("../ledger/programme/baseline.ts");
  const { scheduleOf, waterfallOf } = await import("../ledger/programme/board.ts");
  const { loadStatus } = await import("./programme/load-status.ts");
  const { board, source } = loaded;
  const costs = await readBaseline(board.programme, source);
  const waterfall = waterfallOf(board, costs, scheduleOf(board).finish);
  return { loaded, isKept, costs, waterfall, status: await loadStatus(work, loaded, "weekly") };
}

/** What the programme carries out; without one, all that is recommended. */
function changesOf(
  advice: LoopReport["advice"],
  programme: LoopReport["programme"],
): readonly Recommendation[] {
  if (programme.status === "done")
    return [...programme.value.loaded.board.recommendations.values()].map(
      ({ recommendation }) => recommendation,
    );
  return advice.status === "done" ? advice.value.report.recommendations : [];
}

const done = <T>(value: T): Part<T> => ({ status: "done", value });
const missing = <T>(reason: string): Part<T> => ({ status: "missing", reason });

/** The message and hint of an expected error; another one is thrown on. */
function reasonOf(error: unknown, expected: readonly string[]): string {
  if (error instanceof TrimtabError && expected.includes(error.code))
    return `${error.message}. ${error.hint}`;
  throw error;
}

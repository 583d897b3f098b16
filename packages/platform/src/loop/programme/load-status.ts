import { dayOf, instantOf } from "@trimtab/domain";
import { costsOf, lastWholeMonth, readBaseline } from "../../ledger/programme/baseline.ts";
import { judgeTasks } from "../../ledger/programme/criteria/judge-tasks.ts";
import type { VerifiedPlan } from "../../ledger/programme/status/realised.ts";
import {
  type Cadence,
  type StatusReport,
  statusReport,
  type TaskMoved,
} from "../../ledger/programme/status/status-report.ts";
import type { State } from "../../state/state.ts";
import type { Work } from "../work.ts";
import { evidenceSources } from "./evidence-sources.ts";
import type { LoadedProgramme } from "./load-board.ts";
import type { StoredProgramme } from "./stored-programme.ts";

interface StatusOptions {
  /** False: criteria, whose measuring takes longest, are left out. */
  readonly isJudging?: boolean;
}

/** Gathers what a status report tells. @throws PROGRAMME_*, STATE_* */
export async function loadStatus(
  work: Work,
  loaded: LoadedProgramme,
  cadence: Cadence,
  { isJudging = true }: StatusOptions = {},
): Promise<StatusReport> {
  const { board, source, stored, state } = loaded;
  const { programme } = board;
  const baseline = await readBaseline(programme, source);
  const last = await lastWholeMonth(programme, source);
  const now = last === undefined ? undefined : await costsOf(programme, source, last, last);
  const isComparable = now !== undefined && baseline.from.kind === "bill";
  return statusReport({
    board,
    today: dayOf(instantOf(work.services.clock())),
    cadence,
    baseline,
    // Lines that are only stated have no bill of their own to be compared with.
    ...(isComparable ? { now } : {}),
    judged: isJudging ? await judgeTasks(board, await evidenceSources(work, loaded)) : [],
    verified: state === undefined || stored === undefined ? [] : await verifiedPlans(state, stored),
    moves: stored === undefined ? [] : movesOf(stored),
  });
}

/** The newest verification of every plan that carries out a recommendation of the programme. */
async function verifiedPlans(state: State, { tasks }: StoredProgramme): Promise<readonly VerifiedPlan[]> {
  const { listPlans, readPlan } = await import("../../state/plans.ts");
  const { listVerifications } = await import("../../state/verifications.ts");
  const byRecommendation = new Map(
    [...tasks].flatMap(([key, { recommendation }]) =>
      recommendation ? [[recommendation.id, key] as const] : [],
    ),
  );
  if (byRecommendation.size === 0) return [];
  const verified: VerifiedPlan[] = [];
  for (const { id } of await listPlans(state)) {
    const newest = (await listVerifications(state, id)).at(-1);
    if (newest === undefined) continue;
    const { recommendations } = await readPlan(state, id);
    const own = recommendations.flatMap((one) => byRecommendation.get(one.id) ?? []);
    if (own.length === 0) continue;
    const { verdict, realised, coversFrom, coversTo } = newest;
    const saving = realised === undefined ? {} : { realised };
    verified.push({ plan: id, tasks: own, verdict, ...saving, coversFrom, coversTo });
  }
  return verified;
}

function movesOf({ histories }: StoredProgramme): readonly TaskMoved[] {
  const moves = [...histories].flatMap(([task, entries]) =>
    entries.flatMap(({ fromStatus, toStatus, at, reason }): (TaskMoved & { readonly at: string })[] =>
      fromStatus === null ? [] : [{ task, to: toStatus, on: dayOf(at), at, ...(reason ? { reason } : {}) }],
    ),
  );
  return moves.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ at: _, ...move }) => move);
}

import { type Day, dayOf, formatDecimal, instantOf, TrimtabError } from "@trimtab/domain";
import { type Board, factsOf, scheduleOf } from "../../ledger/programme/board.ts";
import type { StatusReport } from "../../ledger/programme/status/status-report.ts";
import { loadProgramme } from "../../loop/programme/load-board.ts";
import { loadStatus } from "../../loop/programme/load-status.ts";
import { listProgrammes, type Programme } from "../../state/programmes.ts";
import type { Caller } from "../access/caller.ts";
import type { RouteHandlers } from "../contract.ts";
import type { overviewContracts } from "../contracts/overview.ts";
import { tell } from "../contracts/told.ts";
import { serverErrors } from "../errors.ts";
import type { WorkParts } from "../work/work-parts.ts";

type Answer = Exclude<
  Awaited<ReturnType<RouteHandlers<typeof overviewContracts>["getOverviewProgramme"]>>,
  { readonly raw: unknown }
>;

interface Asking {
  /** Absent: the newest of those under way. */
  readonly asked: string | undefined;
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

/** Where a programme stands in a few figures, and its tasks over time. @throws PROGRAMME_*, SERVER_NOT_FOUND, STATE_* */
export const programmeFigures = async (
  parts: WorkParts,
  { asked, caller, signal }: Asking,
): Promise<Answer> => {
  const rows = byInterest(await listProgrammes(parts.state));
  const row = asked === undefined ? rows[0] : rows.find(({ id }) => id === asked);
  if (row === undefined) {
    if (asked === undefined) return { status: "none" };
    throw serverErrors.create("SERVER_NOT_FOUND", { what: "programme", id: asked });
  }
  const work = await parts.workFor(caller, signal);
  const loaded = await loadProgramme(work, { name: row.id });
  const today = dayOf(instantOf(parts.clock()));
  const status = await statusOrReason(() => loadStatus(work, loaded, "weekly", { isJudging: false }));
  const isPriced = !("reason" in status);
  return {
    status: "ready",
    programme: { id: row.id, name: row.name },
    programmes: rows.map(({ id, name }) => ({ id, name })),
    currency: loaded.board.programme.currency,
    costs: isPriced ? costsOf(status) : null,
    costsReason: isPriced ? null : status.reason,
    ...timelineOf(loaded.board, today),
  };
};

const RANK: Readonly<Record<Programme["status"], number>> = { active: 0, draft: 1, closed: 2 };

const byInterest = (rows: readonly Programme[]): readonly Programme[] =>
  rows.toSorted((a, b) => RANK[a.status] - RANK[b.status] || (a.createdAt < b.createdAt ? 1 : -1));

const statusOrReason = async (
  load: () => Promise<StatusReport>,
): Promise<StatusReport | { readonly reason: string }> => {
  try {
    return await load();
  } catch (error) {
    const isExpected = error instanceof TrimtabError && error.code === "PROGRAMME_NO_BASELINE";
    if (!isExpected) throw error;
    return { reason: error.message };
  }
};

const costsOf = ({ total, baseline, now }: StatusReport) => ({
  before: formatDecimal(total.baseline),
  beforeFrom: tell(baseline),
  now: total.now === undefined ? null : formatDecimal(total.now),
  nowFrom: now === null ? null : tell(now),
  target: formatDecimal(total.target),
  realised: tell(total.realised),
});

const timelineOf = (board: Board, today: Day) => {
  const { finish, tasks, criticalPath } = scheduleOf(board, today);
  const shown = tasks
    .toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.finish < b.finish ? -1 : 1))
    .flatMap((scheduled) => {
      const { status } = factsOf(board, scheduled.key);
      const task = board.programme.tasks.find(({ id }) => id === scheduled.key);
      if (status === "cancelled" || task === undefined) return [];
      return {
        id: task.id,
        title: task.title,
        status,
        owner: task.owner ?? null,
        start: scheduled.start,
        finish: scheduled.finish,
        isCritical: criticalPath.includes(task.id),
        isLate: status !== "done" && task.due !== undefined && scheduled.finish > task.due,
      };
    });
  return { today, finish, done: shown.filter(({ status }) => status === "done").length, tasks: shown };
};

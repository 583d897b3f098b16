import { type Board, factsOf, scheduleOf, tasksOf } from "../board.ts";
import { type CriterionResult, checkCriterion } from "./check-criterion.ts";
import type { EvidenceSources } from "./measure.ts";

/** What its criteria say of a task, and what that makes of it. */
export interface TaskJudgement {
  readonly task: string;
  readonly results: readonly CriterionResult[];
  /** `done`: ticked now. `undone`: it was ticked and no longer holds. */
  readonly verdict: "done" | "undone" | "unchanged";
  readonly remark: string;
}

/** Judges every task that counts, each after those that it waits for. Changes nothing. */
export async function judgeTasks(board: Board, sources: EvidenceSources): Promise<readonly TaskJudgement[]> {
  const judged: TaskJudgement[] = [];
  const done = new Set(
    tasksOf(board).flatMap(({ id }) => (factsOf(board, id).status === "done" ? [id] : [])),
  );
  const order = scheduleOf(board).tasks.map(({ key }) => key);
  const tasks = tasksOf(board).toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  for (const { id, criteria = [], after = [] } of tasks) {
    const results: CriterionResult[] = [];
    for (const criterion of criteria) results.push(await checkCriterion(criterion, sources));
    const waitsFor = after.filter(
      (other) => !done.has(other) && factsOf(board, other).status !== "cancelled",
    );
    const judgement = { task: id, results, ...judge(factsOf(board, id).status, results, waitsFor) };
    if (judgement.verdict === "done") done.add(id);
    if (judgement.verdict === "undone") done.delete(id);
    judged.push(judgement);
  }
  return judged;
}

/** A box is ticked by evidence, and only on work that began: what held before is no result of it. */
function judge(
  status: string,
  results: readonly CriterionResult[],
  waitsFor: readonly string[],
): Pick<TaskJudgement, "verdict" | "remark"> {
  const same = (remark: string) => ({ verdict: "unchanged", remark }) as const;
  if (results.length === 0) return same("it has no success criterion, so nothing shows that it is done");
  const failing = results.find(({ outcome }) => outcome === "fails");
  const open = results.find(({ outcome }) => outcome === "unknown");
  if (status === "done")
    return failing === undefined
      ? same(open === undefined ? "it still holds" : `it can't be measured now: ${open.found}`)
      : { verdict: "undone", remark: `it no longer holds: ${failing.found}` };
  if (failing !== undefined) return same(`not yet: ${failing.found}`);
  if (open !== undefined) return same(`it can't be measured: ${open.found}`);
  if (status === "todo") return same("it holds before work on it began: start it, or cancel it");
  if (status === "blocked") return same("it holds, and it is blocked: resume it");
  return waitsFor.length === 0
    ? { verdict: "done", remark: "every criterion holds" }
    : same(`it holds, and waits for ${waitsFor.join(", ")}`);
}

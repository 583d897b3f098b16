import { instantOf, type Json } from "@trimtab/domain";
import { judgeTasks, type TaskJudgement } from "../../ledger/programme/criteria/judge-tasks.ts";
import type { Work } from "../work.ts";
import { evidenceSources } from "./evidence-sources.ts";
import type { LoadedProgramme } from "./load-board.ts";

/** Measures every success criterion of a programme. */
export async function judgeProgramme(work: Work, loaded: LoadedProgramme): Promise<readonly TaskJudgement[]> {
  return await judgeTasks(loaded.board, await evidenceSources(work, loaded));
}

/** Ticks the tasks that were found done and unticks those that no longer are, each with what was measured. @throws STATE_* */
export async function tickTasks(
  { services, actor }: Pick<Work, "services" | "actor">,
  { state, stored }: LoadedProgramme,
  judged: readonly TaskJudgement[],
): Promise<void> {
  if (state === undefined || stored === undefined) return;
  const { moveTask } = await import("../../state/tasks.ts");
  const checkedAt = instantOf(services.clock());
  for (const { task, verdict, remark, results } of judged) {
    const row = stored.tasks.get(task);
    if (row === undefined || verdict === "unchanged") continue;
    const evidence: { readonly [key: string]: Json } = {
      checkedAt,
      criteria: results.map(({ criterion, outcome, found, evidence: measured }) => ({
        criterion,
        outcome,
        found,
        measured,
      })),
    };
    const status = verdict === "done" ? "done" : "in-progress";
    const reason = verdict === "undone" ? { reason: remark.slice(0, 1000) } : {};
    await moveTask(state, actor, { id: row.id, version: row.version, status, evidence, ...reason });
  }
}

import { findDependencyCycle, type TaskDependency } from "@trimtab/domain";
import { stateErrors } from "./errors.ts";
import type { State, StateWriter } from "./state.ts";
import { taskAt } from "./tasks.ts";

/** The dependencies of a programme. */
export const listDependencies = (state: State, programmeId: string): Promise<readonly TaskDependency[]> =>
  state.read((db) => dependenciesOf({ db }, programmeId));

const dependenciesOf = ({ db }: Pick<StateWriter, "db">, programmeId: string): Promise<TaskDependency[]> =>
  db
    .selectFrom("taskDependencies")
    .innerJoin("tasks", "tasks.id", "taskDependencies.taskId")
    .select(["taskDependencies.taskId as task", "taskDependencies.dependsOn"])
    .where("tasks.programmeId", "=", programmeId)
    .orderBy("taskDependencies.taskId")
    .orderBy("taskDependencies.dependsOn")
    .execute();

/**
 * Sets what a task waits for.
 * @throws STATE_NOT_FOUND, STATE_CONFLICT; STATE_MOVE_REFUSED where tasks would wait for each other in a circle
 */
export const setDependencies = (
  state: State,
  actor: string,
  {
    id,
    version,
    dependsOn,
  }: { readonly id: string; readonly version: number; readonly dependsOn: readonly string[] },
): Promise<void> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const { programmeId } = await taskAt(writer, id, version);
    const rows = await db.selectFrom("tasks").select("id").where("programmeId", "=", programmeId).execute();
    const own = new Set(rows.map((row) => row.id));
    const wanted = [...new Set(dependsOn)];
    const stranger = wanted.find((other) => !own.has(other));
    if (stranger !== undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "task", id: stranger });
    const others = (await dependenciesOf(writer, programmeId)).filter(({ task }) => task !== id);
    const edges = wanted.map((other) => ({ task: id, dependsOn: other }));
    const circle = findDependencyCycle([...others, ...edges]);
    if (circle !== undefined) {
      const details = {
        subject: `task ${id}`,
        status: "dependent on them",
        reason: `a circle: ${circle.join(" → ")}`,
      };
      throw stateErrors.create("STATE_MOVE_REFUSED", details);
    }
    await db.deleteFrom("taskDependencies").where("taskId", "=", id).execute();
    if (wanted.length > 0)
      await db
        .insertInto("taskDependencies")
        .values(wanted.map((other) => ({ taskId: id, dependsOn: other })))
        .execute();
    await db
      .updateTable("tasks")
      .set({ version: version + 1, updatedAt: at })
      .where("id", "=", id)
      .execute();
    note({ action: "task.dependencies-set", subject: `task ${id}`, details: { dependsOn: wanted } });
  });

/** Puts the tasks of a programme in another order: all of them, each once. @throws STATE_INPUT_INVALID */
export const orderTasks = (
  state: State,
  actor: string,
  programmeId: string,
  ids: readonly string[],
): Promise<void> =>
  state.write(actor, async ({ db, at, note }) => {
    const subject = `programme ${programmeId}`;
    const rows = await db.selectFrom("tasks").select("id").where("programmeId", "=", programmeId).execute();
    const isAll = ids.length === rows.length && rows.every(({ id }) => ids.includes(id));
    if (!isAll) {
      const reason = "it must name every task once";
      throw stateErrors.create("STATE_INPUT_INVALID", { subject, field: "the order", reason });
    }
    // No two may have one position, not even for a moment: first they all step aside.
    for (const sign of [-1, 1])
      for (const [index, id] of ids.entries())
        await db
          .updateTable("tasks")
          .set({ position: sign * (index + 1), updatedAt: at })
          .where("id", "=", id)
          .execute();
    note({ action: "programme.tasks-ordered", subject, details: { tasks: ids } });
  });

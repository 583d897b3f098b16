import {
  type Day,
  type Estimate,
  type Instant,
  type Json,
  type TaskStatus,
  taskMoveProblem,
} from "@trimtab/domain";
import { estimateTexts, readEstimate } from "./amount-columns.ts";
import { checkOptionalText, checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { jsonObject, readJson, toJson } from "./json-column.ts";
import type { State, StateWriter } from "./state.ts";
import type { TaskTable } from "./tables.ts";

type Details = { readonly [key: string]: Json };

/** What can be said of a task and changed while it is open. */
export interface TaskDraft {
  readonly title: string;
  readonly owner?: string;
  readonly startsOn?: Day;
  readonly dueOn?: Day;
  readonly effortHours?: Estimate;
  /** Deliverables, success criteria, checklists. */
  readonly details?: Details;
}

export interface Task extends TaskDraft {
  readonly id: string;
  readonly programmeId: string;
  /** What it carries out, as it was when the task was made. */
  readonly recommendation?: { readonly id: string; readonly revision: number };
  readonly status: TaskStatus;
  /** Tasks are done in this order, which gives each its marginal saving. */
  readonly position: number;
  readonly details: Details;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

const toTask = (row: TaskTable): Task => {
  const { id, programmeId, title, owner, status, position, startsOn, dueOn, version } = row;
  const effortHours = readEstimate({
    low: row.effortHoursLow,
    mid: row.effortHoursMid,
    high: row.effortHoursHigh,
  });
  const { recommendationId, recommendationRevision: revision } = row;
  return {
    id,
    programmeId,
    ...(recommendationId === null || revision === null
      ? {}
      : { recommendation: { id: recommendationId, revision } }),
    title,
    ...(owner === null ? {} : { owner }),
    status,
    position,
    ...(startsOn === null ? {} : { startsOn }),
    ...(dueOn === null ? {} : { dueOn }),
    ...(effortHours === undefined ? {} : { effortHours }),
    details: readJson(jsonObject, row.details, `task ${id}`),
    version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
};

const columnsOf = (subject: string, { title, owner, startsOn, dueOn, effortHours, details }: TaskDraft) => {
  const hours = estimateTexts(effortHours);
  return {
    title: checkText(subject, "title", title),
    owner: checkOptionalText(subject, "owner", owner),
    startsOn: startsOn ?? null,
    dueOn: dueOn ?? null,
    effortHoursLow: hours.low,
    effortHoursMid: hours.mid,
    effortHoursHigh: hours.high,
    details: toJson(details ?? {}),
  };
};

/**
 * Adds a task at the end of a programme, for an accepted recommendation or of its own.
 * @returns its id
 * @throws STATE_NOT_FOUND, STATE_INPUT_INVALID; STATE_EXISTS where the recommendation has its task in it already
 */
export const addTask = (
  state: State,
  actor: string,
  programmeId: string,
  { recommendation, ...draft }: TaskDraft & { readonly recommendation?: string },
): Promise<string> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const id = newId("task");
    const programme = await db
      .selectFrom("programmes")
      .select("id")
      .where("id", "=", programmeId)
      .executeTakeFirst();
    if (programme === undefined)
      throw stateErrors.create("STATE_NOT_FOUND", { kind: "programme", id: programmeId });
    const carriesOut =
      recommendation === undefined ? {} : await acceptedRecommendation(writer, programmeId, recommendation);
    const { last } = await db
      .selectFrom("tasks")
      .select((row) => row.fn.coalesce(row.fn.max("position"), row.lit(0)).as("last"))
      .where("programmeId", "=", programmeId)
      .executeTakeFirstOrThrow();
    const moment = { createdAt: at, updatedAt: at };
    await db
      .insertInto("tasks")
      .values({
        id,
        programmeId,
        ...carriesOut,
        ...columnsOf(`task ${draft.title}`, draft),
        status: "todo",
        position: last + 1,
        version: 1,
        ...moment,
      })
      .execute();
    await addHistory(writer, id, { fromStatus: null, toStatus: "todo" });
    note({
      action: "task.added",
      subject: `task ${id}`,
      details: { programme: programmeId, title: draft.title },
    });
    return id;
  });

const acceptedRecommendation = async ({ db }: StateWriter, programmeId: string, id: string) => {
  const found = await db
    .selectFrom("recommendations")
    .select(["status", "revision", "decidedRevision"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (found === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "recommendation", id });
  if (found.status !== "accepted") {
    const reason = `it is ${found.status}, not accepted`;
    throw stateErrors.create("STATE_MOVE_REFUSED", {
      subject: `recommendation ${id}`,
      status: "a task",
      reason,
    });
  }
  const there = await db
    .selectFrom("tasks")
    .select("id")
    .where("programmeId", "=", programmeId)
    .where("recommendationId", "=", id)
    .where("status", "<>", "cancelled")
    .executeTakeFirst();
  if (there !== undefined)
    throw stateErrors.create("STATE_EXISTS", { subject: `a task for recommendation ${id}: ${there.id}` });
  return { recommendationId: id, recommendationRevision: found.decidedRevision ?? found.revision };
};

/** In the order in which they will be done. @throws STATE_RECORD_INVALID */
export const listTasks = async (state: State, programmeId: string): Promise<readonly Task[]> => {
  const rows = await state.read((db) =>
    db.selectFrom("tasks").selectAll().where("programmeId", "=", programmeId).orderBy("position").execute(),
  );
  return rows.map(toTask);
};

/** @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export const readTask = async (state: State, id: string): Promise<Task> => {
  const row = await state.read((db) =>
    db.selectFrom("tasks").selectAll().where("id", "=", id).executeTakeFirst(),
  );
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "task", id });
  return toTask(row);
};

/** Sets all that can be said of a task. @throws STATE_NOT_FOUND, STATE_CONFLICT, STATE_INPUT_INVALID */
export const changeTask = (
  state: State,
  actor: string,
  { id, version, ...draft }: TaskDraft & { readonly id: string; readonly version: number },
): Promise<void> =>
  state.write(actor, async (writer) => {
    await taskAt(writer, id, version);
    const columns = columnsOf(`task ${id}`, draft);
    await writer.db
      .updateTable("tasks")
      .set({ ...columns, version: version + 1, updatedAt: writer.at })
      .where("id", "=", id)
      .execute();
    const { details: _, ...told } = columns;
    writer.note({ action: "task.changed", subject: `task ${id}`, details: told });
  });

export interface TaskMoveRequest {
  readonly id: string;
  readonly version: number;
  readonly status: TaskStatus;
  readonly reason?: string;
  /** What shows it: which query or metric, what it answered, when. */
  readonly evidence?: Details;
}

/** @throws STATE_NOT_FOUND, STATE_CONFLICT, STATE_MOVE_REFUSED */
export const moveTask = (state: State, actor: string, move: TaskMoveRequest): Promise<void> =>
  state.write(actor, async (writer) => {
    const { id, version, status, reason, evidence } = move;
    const subject = `task ${id}`;
    const row = await taskAt(writer, id, version);
    const given = reason === undefined ? {} : { reason };
    const hasEvidence = evidence !== undefined && Object.keys(evidence).length > 0;
    const problem =
      taskMoveProblem(row.status, { status, ...given, hasEvidence }) ??
      (await unfinishedBefore(writer, id, status));
    if (problem !== undefined)
      throw stateErrors.create("STATE_MOVE_REFUSED", { subject, status, reason: problem });
    await writer.db
      .updateTable("tasks")
      .set({ status, version: version + 1, updatedAt: writer.at })
      .where("id", "=", id)
      .execute();
    const entry = {
      fromStatus: row.status,
      toStatus: status,
      reason: checkOptionalText(subject, "reason", reason),
    };
    await addHistory(writer, id, { ...entry, ...(evidence === undefined ? {} : { evidence }) });
    writer.note({ action: `task.${status}`, subject, details: entry });
  });

const unfinishedBefore = async (
  { db }: StateWriter,
  id: string,
  status: TaskStatus,
): Promise<string | undefined> => {
  if (status !== "in-progress" && status !== "done") return undefined;
  const open = await db
    .selectFrom("taskDependencies")
    .innerJoin("tasks", "tasks.id", "taskDependencies.dependsOn")
    .select("tasks.id")
    .where("taskDependencies.taskId", "=", id)
    .where("tasks.status", "not in", ["done", "cancelled"])
    .executeTakeFirst();
  return open === undefined ? undefined : `${open.id}, which it depends on, is not done`;
};

/** The task, if nobody has changed it since. @throws STATE_NOT_FOUND, STATE_CONFLICT */
export const taskAt = async ({ db }: StateWriter, id: string, version: number): Promise<TaskTable> => {
  const row = await db.selectFrom("tasks").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "task", id });
  if (row.version !== version) throw stateErrors.create("STATE_CONFLICT", { subject: `task ${id}` });
  return row;
};

interface HistoryDraft {
  readonly fromStatus: TaskStatus | null;
  readonly toStatus: TaskStatus;
  readonly reason?: string | null;
  readonly evidence?: Details;
}

const addHistory = async (
  { db, at, actor }: StateWriter,
  taskId: string,
  { evidence, ...entry }: HistoryDraft,
): Promise<void> => {
  const { seq } = await db
    .selectFrom("taskHistory")
    .select((row) => row.fn.coalesce(row.fn.max("seq"), row.lit(0)).as("seq"))
    .where("taskId", "=", taskId)
    .executeTakeFirstOrThrow();
  const proof = evidence === undefined ? null : toJson(evidence);
  await db
    .insertInto("taskHistory")
    .values({ taskId, seq: seq + 1, ...entry, evidence: proof, actor, at })
    .execute();
};

export interface TaskHistoryEntry extends HistoryDraft {
  readonly seq: number;
  readonly actor: string;
  readonly at: Instant;
}

/** Every move of a task, oldest first. @throws STATE_RECORD_INVALID */
export const readTaskHistory = async (state: State, taskId: string): Promise<readonly TaskHistoryEntry[]> => {
  const rows = await state.read((db) =>
    db.selectFrom("taskHistory").selectAll().where("taskId", "=", taskId).orderBy("seq").execute(),
  );
  return rows.map(({ taskId: _, evidence, ...row }) => ({
    ...row,
    ...(evidence === null ? {} : { evidence: readJson(jsonObject, evidence, `history of task ${taskId}`) }),
  }));
};

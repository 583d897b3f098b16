import { type Day, dayOf, formatDecimal, type Json } from "@trimtab/domain";
import type { TaskFacts } from "../../ledger/programme/board.ts";
import { parseHours } from "../../ledger/programme/file/change-text.ts";
import { checkProgramme } from "../../ledger/programme/file/parse-programme.ts";
import {
  type ProgrammeFile,
  type ProgrammeTask,
  RECORD_SECTIONS,
  type RecordKind,
} from "../../ledger/programme/file/programme-schema.ts";
import { stateErrors } from "../../state/errors.ts";
import type { ProgrammeRecord, RecordBody } from "../../state/programme-records.ts";
import type { Programme } from "../../state/programmes.ts";
import type { State } from "../../state/state.ts";
import type { Task, TaskDraft, TaskHistoryEntry } from "../../state/tasks.ts";

type Details = { readonly [key: string]: Json };

/** A programme of the state database: as its file would say it, and the rows that it stands in. */
export interface StoredProgramme {
  readonly row: Programme;
  readonly programme: ProgrammeFile;
  /** All tasks by the id that the file gives them, cancelled ones too. */
  readonly tasks: ReadonlyMap<string, Task>;
  readonly facts: ReadonlyMap<string, TaskFacts>;
  readonly histories: ReadonlyMap<string, readonly TaskHistoryEntry[]>;
  readonly records: readonly ProgrammeRecord[];
}

const RECORD_KINDS = Object.keys(RECORD_SECTIONS) as readonly RecordKind[];

/** What of the file stands in a programme's details: all that has no column, task or record of its own. */
export function programmeDetails(programme: ProgrammeFile): Details {
  const sections = new Set<string>(["name", "starts", "ends", "tasks", ...Object.values(RECORD_SECTIONS)]);
  return pick(programme, (key) => !sections.has(key));
}

const TASK_COLUMNS: ReadonlySet<string> = new Set([
  "title",
  "owner",
  "starts",
  "due",
  "after",
  "recommendation",
]);

/** A task as the state keeps it; `id` and the text of its hours stay in the details. */
export function taskDraft(task: ProgrammeTask): TaskDraft {
  const { title, owner, starts, due, effort } = task;
  const hours = effort === undefined ? undefined : parseHours(effort);
  return {
    title,
    ...(owner === undefined ? {} : { owner }),
    ...(starts === undefined ? {} : { startsOn: starts }),
    ...(due === undefined ? {} : { dueOn: due }),
    ...(hours === undefined ? {} : { effortHours: hours }),
    details: pick(task, (key) => !TASK_COLUMNS.has(key)),
  };
}

const pick = (value: object, isWanted: (key: string) => boolean): Details =>
  Object.fromEntries(Object.entries(value).filter(([key, own]) => isWanted(key) && own !== undefined));

/** @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export async function readStored(state: State, row: Programme): Promise<StoredProgramme> {
  const { listTasks, readTaskHistory } = await import("../../state/tasks.ts");
  const { listDependencies } = await import("../../state/task-order.ts");
  const { listRecords } = await import("../../state/programme-records.ts");
  const rows = await listTasks(state, row.id);
  const edges = await listDependencies(state, row.id);
  const keys = new Map(rows.map((task) => [task.id, keyOf(task)]));
  const histories = new Map<string, readonly TaskHistoryEntry[]>();
  for (const task of rows) histories.set(keyOf(task), await readTaskHistory(state, task.id));
  const records: ProgrammeRecord[] = [];
  for (const kind of RECORD_KINDS) records.push(...(await listRecords(state, row.id, kind)));
  const tasks = rows.map((task) => {
    const after = edges.flatMap((edge) => (edge.task === task.id ? (keys.get(edge.dependsOn) ?? []) : []));
    return fileTask(task, after);
  });
  const content = {
    version: 1,
    ...row.details,
    name: row.name,
    starts: row.startsOn ?? dayOf(row.createdAt),
    ...(row.endsOn === undefined ? {} : { ends: row.endsOn }),
    tasks,
    ...recordSections(records),
  };
  const checked = checkProgramme(content);
  if (checked.status === "invalid") {
    const { problem: reason } = checked;
    throw stateErrors.create("STATE_RECORD_INVALID", { subject: `programme ${row.id}`, reason });
  }
  const facts = rows.map((task) => [keyOf(task), factsFrom(task, histories.get(keyOf(task)) ?? [])] as const);
  return {
    row,
    programme: checked.programme,
    tasks: new Map(rows.map((task) => [keyOf(task), task])),
    facts: new Map(facts),
    histories,
    records,
  };
}

/** A task that no file named goes by the state's own id. */
function keyOf({ id, details }: Task): string {
  return typeof details.id === "string" ? details.id : id.toLowerCase();
}

function fileTask(task: Task, after: readonly string[]): object {
  const { title, owner, startsOn, dueOn, effortHours, recommendation, details } = task;
  const hours =
    effortHours && [effortHours.low, effortHours.mid, effortHours.high].map(formatDecimal).join("/");
  return {
    ...(hours === undefined ? {} : { effort: hours }),
    ...details,
    id: keyOf(task),
    title,
    ...(owner === undefined ? {} : { owner }),
    ...(startsOn === undefined ? {} : { starts: startsOn }),
    ...(dueOn === undefined ? {} : { due: dueOn }),
    ...(recommendation === undefined ? {} : { recommendation: recommendation.id }),
    ...(after.length === 0 ? {} : { after }),
  };
}

function recordSections(records: readonly ProgrammeRecord[]): object {
  const sections: Record<string, object[]> = {};
  // Those of one import have one moment; their order must not depend on ids that were drawn.
  const inOrder = records.toSorted((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
  for (const { kind, body, status } of inOrder) {
    const section = RECORD_SECTIONS[kind];
    sections[section] = [
      ...(sections[section] ?? []),
      { ...body, ...(status === "closed" ? { closed: true } : {}) },
    ];
  }
  return sections;
}

function orderKey({ createdAt, body }: ProgrammeRecord): string {
  return [createdAt, "dueOn" in body ? body.dueOn : "", body.title].join(" ");
}

/** Records of the file, as the state keeps them. */
export function fileRecords(programme: ProgrammeFile): readonly {
  readonly kind: RecordKind;
  readonly isClosed: boolean;
  readonly body: RecordBody<RecordKind>;
}[] {
  return RECORD_KINDS.flatMap((kind) =>
    (programme[RECORD_SECTIONS[kind]] ?? []).map(({ closed = false, ...body }) => {
      const own = kind === "budget" ? { currency: programme.currency, ...body } : body;
      return { kind, isClosed: closed, body: own as RecordBody<RecordKind> };
    }),
  );
}

/** From its moves: when work began that goes on or came to its end. */
function factsFrom({ status }: Task, history: readonly TaskHistoryEntry[]): TaskFacts {
  const last = history.at(-1);
  const began = history.find(({ toStatus }) => toStatus === "in-progress");
  const done = status === "done" ? history.findLast(({ toStatus }) => toStatus === "done") : undefined;
  const hasBegun = status === "in-progress" || status === "done" || status === "blocked";
  const dayAt = (entry: TaskHistoryEntry): Day => dayOf(entry.at);
  return {
    status,
    ...(hasBegun && began !== undefined ? { startedOn: dayAt(began) } : {}),
    ...(done === undefined ? {} : { doneOn: dayAt(done) }),
    ...(last?.reason ? { reason: last.reason } : {}),
  };
}

import { canonicalJson, type Json } from "@trimtab/domain";
import type { ProgrammeFile, ProgrammeTask } from "../../ledger/programme/file/programme-schema.ts";
import type { Programme } from "../../state/programmes.ts";
import type { State } from "../../state/state.ts";
import {
  fileRecords,
  programmeDetails,
  readStored,
  type StoredProgramme,
  taskDraft,
} from "./stored-programme.ts";

/** One thing that an import does, or would do. */
export interface ImportChange {
  readonly what: string;
  readonly change: "added" | "changed" | "cancelled" | "reopened" | "closed";
  readonly details: string;
}

interface Work extends ImportChange {
  run(target: Target): Promise<void>;
}

/** What an import writes to; ids come as rows are made. */
interface Target {
  readonly state: State;
  readonly actor: string;
  readonly ids: Map<string, string>;
  programme: string;
}

/** Written into a task's history: a later file that has the task again may take it up. */
const LEFT_THE_FILE = "no longer in the programme's file";

/**
 * Brings the state database to what a file says: each task and record once, whatever was imported before. Records that
 * the file does not hold stay; tasks that it does not hold are cancelled.
 * @throws STATE_*
 */
export async function importProgramme(
  state: State,
  actor: string,
  programme: ProgrammeFile,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<readonly ImportChange[]> {
  const { listProgrammes } = await import("../../state/programmes.ts");
  const row = (await listProgrammes(state)).find(({ name }) => name === programme.name);
  const stored = row === undefined ? undefined : await readStored(state, row);
  const work = workOf(programme, stored);
  if (!isDryRun) {
    const ids = new Map([...(stored?.tasks ?? [])].map(([key, { id }]) => [key, id]));
    const target: Target = { state, actor, ids, programme: row?.id ?? "" };
    for (const step of work) await step.run(target);
    await orderAsInFile(target, programme);
  }
  return work.map(({ what, change, details }) => ({ what, change, details }));
}

function workOf(programme: ProgrammeFile, stored: StoredProgramme | undefined): readonly Work[] {
  return [
    ...programmeWork(programme, stored?.row),
    ...programme.tasks.flatMap((task) => taskWork(task, stored)),
    ...programme.tasks.flatMap((task) => dependencyWork(task, stored)),
    ...leftWork(programme, stored),
    ...recordWork(programme, stored),
  ];
}

function programmeWork(programme: ProgrammeFile, row: Programme | undefined): readonly Work[] {
  const { name, starts, ends } = programme;
  const details = programmeDetails(programme);
  const draft = { startsOn: starts, ...(ends === undefined ? {} : { endsOn: ends }), details };
  const what = `programme ${name}`;
  if (row === undefined) {
    const run = async (target: Target): Promise<void> => {
      const { createProgramme } = await import("../../state/programmes.ts");
      target.programme = await createProgramme(target.state, target.actor, { name, ...draft });
    };
    return [{ what, change: "added", details: `from ${starts}`, run }];
  }
  const before = { starts: row.startsOn ?? null, ends: row.endsOn ?? null, ...row.details };
  const changed = differences(before, { starts, ends: ends ?? null, ...details });
  const run = async ({ state, actor }: Target): Promise<void> => {
    const { changeProgramme } = await import("../../state/programmes.ts");
    await changeProgramme(state, actor, { id: row.id, version: row.version, ...draft });
  };
  return changed === "" ? [] : [{ what, change: "changed", details: changed, run }];
}

function taskWork(task: ProgrammeTask, stored: StoredProgramme | undefined): readonly Work[] {
  const what = `task ${task.id}`;
  const row = stored?.tasks.get(task.id);
  const draft = taskDraft(task);
  if (row === undefined) {
    const { recommendation } = task;
    const run = async (target: Target): Promise<void> => {
      const { addTask } = await import("../../state/tasks.ts");
      const own = { ...draft, ...(recommendation === undefined ? {} : { recommendation }) };
      target.ids.set(task.id, await addTask(target.state, target.actor, target.programme, own));
    };
    return [{ what, change: "added", details: task.title, run }];
  }
  const known = stored?.programme.tasks.find(({ id }) => id === task.id);
  const { after: _before, recommendation: _from, ...before } = known ?? task;
  const { after: _after, recommendation: _to, ...after } = task;
  const changed = differences(before, after);
  const change: Work = {
    what,
    change: "changed",
    details: changed,
    run: async ({ state, actor }) => {
      const { changeTask } = await import("../../state/tasks.ts");
      await changeTask(state, actor, { id: row.id, version: row.version, ...draft });
    },
  };
  const isBack = row.status === "cancelled" && stored?.facts.get(task.id)?.reason === LEFT_THE_FILE;
  const reopen: Work = {
    what,
    change: "reopened",
    details: "it is in the file again",
    run: ({ state, actor }) => moveNow(state, actor, row.id, { status: "todo", reason: "in the file again" }),
  };
  return [...(changed === "" ? [] : [change]), ...(isBack ? [reopen] : [])];
}

function dependencyWork(
  { id, after = [] }: ProgrammeTask,
  stored: StoredProgramme | undefined,
): readonly Work[] {
  const before = stored?.programme.tasks.find((task) => task.id === id)?.after ?? [];
  if (before.toSorted().join() === after.toSorted().join()) return [];
  const run = async ({ state, actor, ids }: Target): Promise<void> => {
    const { setDependencies } = await import("../../state/task-order.ts");
    const { taskId, version } = await versionNow(state, ids.get(id) ?? "");
    const dependsOn = after.flatMap((key) => ids.get(key) ?? []);
    await setDependencies(state, actor, { id: taskId, version, dependsOn });
  };
  if (stored?.tasks.get(id) === undefined)
    return [{ what: `task ${id}`, change: "changed", details: `waits for ${after.join(", ")}`, run }];
  const details = `waits for ${after.join(", ") || "nothing"} instead of ${before.join(", ") || "nothing"}`;
  return [{ what: `task ${id}`, change: "changed", details, run }];
}

function leftWork(programme: ProgrammeFile, stored: StoredProgramme | undefined): readonly Work[] {
  const ids = new Set(programme.tasks.map(({ id }) => id));
  return [...(stored?.tasks ?? [])].flatMap(([key, row]): Work[] => {
    // What is done stays done, whether or not a file still tells of it.
    if (ids.has(key) || row.status === "cancelled" || row.status === "done") return [];
    const run = ({ state, actor }: Target) =>
      moveNow(state, actor, row.id, { status: "cancelled", reason: LEFT_THE_FILE });
    return [{ what: `task ${key}`, change: "cancelled", details: LEFT_THE_FILE, run }];
  });
}

function recordWork(programme: ProgrammeFile, stored: StoredProgramme | undefined): readonly Work[] {
  return fileRecords(programme).flatMap(({ kind, isClosed, body }): Work[] => {
    const what = `${kind} ${body.title}`;
    const row = stored?.records.find((own) => own.kind === kind && own.body.title === body.title);
    const status = isClosed ? "closed" : "open";
    if (row === undefined) {
      const run = async ({ state, actor, programme: id }: Target): Promise<void> => {
        const { addRecord, changeRecord } = await import("../../state/programme-records.ts");
        const added = await addRecord(state, actor, id, { kind, body });
        if (isClosed) await changeRecord(state, actor, { id: added, version: 1, kind, status, body });
      };
      return [{ what, change: "added", details: body.title, run }];
    }
    const changed = differences({ status: row.status, ...row.body }, { status, ...body });
    const run = async ({ state, actor }: Target): Promise<void> => {
      const { changeRecord } = await import("../../state/programme-records.ts");
      await changeRecord(state, actor, { id: row.id, version: row.version, kind, status, body });
    };
    return changed === "" ? [] : [{ what, change: "changed", details: changed, run }];
  });
}

async function orderAsInFile({ state, actor, ids, programme }: Target, file: ProgrammeFile): Promise<void> {
  const { listTasks } = await import("../../state/tasks.ts");
  const { orderTasks } = await import("../../state/task-order.ts");
  const now = (await listTasks(state, programme)).map(({ id }) => id);
  const wanted = file.tasks.flatMap(({ id }) => ids.get(id) ?? []);
  const order = [...wanted, ...now.filter((id) => !wanted.includes(id))];
  if (order.join() !== now.join()) await orderTasks(state, actor, programme, order);
}

async function versionNow(state: State, id: string) {
  const { readTask } = await import("../../state/tasks.ts");
  const { version } = await readTask(state, id);
  return { taskId: id, version };
}

async function moveNow(
  state: State,
  actor: string,
  id: string,
  move: { readonly status: "todo" | "cancelled"; readonly reason: string },
): Promise<void> {
  const { moveTask } = await import("../../state/tasks.ts");
  const { version } = await versionNow(state, id);
  await moveTask(state, actor, { id, version, ...move });
}

/** What differs between two objects, key by key; empty: nothing. */
function differences(before: object, after: object): string {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  const changed = keys.filter((key) => shown(old.get(key)) !== shown(now.get(key)));
  return changed.map((key) => `${key}: ${shown(old.get(key))} → ${shown(now.get(key))}`).join("; ");
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return "none";
  return typeof value === "string" ? value : canonicalJson(value);
}

import { addDays, type Day, day, dayOf, instantOf } from "@trimtab/domain";
import { readBaseline } from "../../ledger/programme/baseline.ts";
import { scheduleOf, waterfallOf } from "../../ledger/programme/board.ts";
import { remarksOn, weeksOf } from "../../ledger/programme/outlook.ts";
import { acceptedProgramme } from "../../loop/programme/accepted-programme.ts";
import { importProgramme } from "../../loop/programme/import-programme.ts";
import { baselineOrReason, loadProgramme, openStored } from "../../loop/programme/load-board.ts";
import { loadStatus } from "../../loop/programme/load-status.ts";
import { moveTaskBy } from "../../loop/programme/move-task.ts";
import { judgeProgramme, tickTasks } from "../../loop/programme/tick-tasks.ts";
import { listProgrammes, type Programme } from "../../state/programmes.ts";
import type { State } from "../../state/state.ts";
import { changeTask, listTasks, type Task, type TaskDraft } from "../../state/tasks.ts";
import type { Caller } from "../access/caller.ts";
import type { RouteHandlers, RouteInput } from "../contract.ts";
import type { programmeContracts } from "../contracts/programmes.ts";
import { tell } from "../contracts/told.ts";
import { serverErrors } from "../errors.ts";
import type { WorkParts } from "../work/work-parts.ts";

export const programmeHandlers = (parts: WorkParts): RouteHandlers<typeof programmeContracts> => {
  const { state } = parts;
  const load = async (caller: Caller, name: string, signal: AbortSignal) => {
    const work = await parts.workFor(caller, signal);
    return { work, loaded: await loadProgramme(work, { name }) };
  };
  return {
    listProgrammes: async () => {
      const items = [];
      for (const row of await listProgrammes(state)) items.push(await headOf(state, row));
      return { items };
    },
    createProgramme: async ({ body, caller }) => {
      const starts = addDays(dayOf(instantOf(parts.clock())), 1);
      const programme = await acceptedProgramme(state, body.name, starts);
      await importProgramme(state, caller.actor, programme, { isDryRun: false });
      const row = (await listProgrammes(state)).find(({ name }) => name === body.name);
      if (row === undefined) throw new TypeError("A programme that was just made is not there");
      return await headOf(state, row);
    },
    getProgramme: async ({ params, caller, signal }) => {
      const { board, source, stored } = (await load(caller, params.id, signal)).loaded;
      if (stored === undefined) throw new TypeError("A programme of the state database has a row");
      const costs = await baselineOrReason(board.programme, source);
      const schedule = scheduleOf(board, dayOf(instantOf(parts.clock())));
      const isPriced = !("reason" in costs);
      const titles = [...board.recommendations].map(([id, { recommendation }]) => [id, recommendation.title]);
      return {
        head: await headOf(state, stored.row),
        programme: tell(board.programme),
        facts: tell(Object.fromEntries(board.facts)),
        schedule: tell(schedule),
        weeks: tell(weeksOf(board, schedule, isPriced ? costs : undefined)),
        costs: isPriced ? tell(costs) : null,
        costsReason: isPriced ? null : costs.reason,
        remarks: remarksOn(board, schedule),
        titles: Object.fromEntries(titles),
      };
    },
    getWaterfall: async ({ params, query, caller, signal }) => {
      const { board, source } = (await load(caller, params.id, signal)).loaded;
      const costs = await readBaseline(board.programme, source);
      const at = query.at === undefined ? addDays(scheduleOf(board).finish, 1) : day(query.at);
      return { waterfall: tell(waterfallOf(board, costs, at)), costs: tell(costs) };
    },
    getProgrammeStatus: async ({ params, query, caller, signal }) => {
      const { work, loaded } = await load(caller, params.id, signal);
      return tell(await loadStatus(work, loaded, query.cadence));
    },
    checkProgramme: async ({ params, caller, signal }) => {
      const { work, loaded } = await load(caller, params.id, signal);
      const judged = await judgeProgramme(work, loaded);
      await tickTasks(work, loaded, judged);
      return { tasks: tell(judged) };
    },
    moveTask: async ({ params, body, caller, signal }) =>
      await moveTaskBy(await parts.workFor(caller, signal), {
        programme: params.id,
        task: params.task,
        call: body.call,
        ...(body.reason === undefined ? {} : { reason: body.reason }),
      }),
    changeTask: async ({ params, body, caller, signal }) => {
      const { services } = await parts.workFor(caller, signal);
      const { stored } = await openStored(services, params.id);
      const task = stored.tasks.get(params.task);
      if (task === undefined)
        throw serverErrors.create("SERVER_NOT_FOUND", { what: "task", id: params.task });
      const { id, version } = task;
      await changeTask(state, caller.actor, { id, version, ...changedDraft(task, body) });
      return null;
    },
  };
};

type TaskChange = RouteInput<typeof programmeContracts.changeTask>["body"];

/** Null takes a value away; absent leaves it. */
const changedDraft = (task: Task, change: TaskChange): TaskDraft => {
  const owner = change.owner === undefined ? task.owner : change.owner;
  const startsOn = dayOrNone(change.startsOn, task.startsOn);
  const dueOn = dayOrNone(change.dueOn, task.dueOn);
  return {
    title: task.title,
    details: task.details,
    ...(owner ? { owner } : {}),
    ...(startsOn === undefined ? {} : { startsOn }),
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(task.effortHours === undefined ? {} : { effortHours: task.effortHours }),
  };
};

const dayOrNone = (change: string | null | undefined, before: Day | undefined): Day | undefined => {
  if (change === undefined) return before;
  return change === null ? undefined : day(change);
};

const headOf = async (state: State, row: Programme) => {
  const tasks = (await listTasks(state, row.id)).filter(({ status }) => status !== "cancelled");
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    startsOn: row.startsOn ?? null,
    endsOn: row.endsOn ?? null,
    tasks: tasks.length,
    done: tasks.filter(({ status }) => status === "done").length,
  };
};

import type { Json } from "@trimtab/domain";
import { z } from "zod";
import type { ScheduleRun } from "../../state/schedule-runs.ts";
import type { Schedule } from "../../state/schedules.ts";
import type { Caller } from "../access/caller.ts";
import type { RouteHandlers } from "../contract.ts";
import type { scheduleContracts } from "../contracts/schedules.ts";
import type { DeliveryParts, DeliveryService } from "../delivery/delivery-parts.ts";
import { addSchedule, editSchedule } from "../delivery/schedule-changes.ts";
import { serverScheduleErrors } from "../delivery/schedule-errors.ts";
import { readCursor, toCursor } from "../page-cursor.ts";

type Contracts = typeof scheduleContracts;
type RunAnswer = z.input<Contracts["runSchedule"]["response"]>;
type ScheduleAnswer = z.input<Contracts["getSchedule"]["response"]>;

const runAnswer = ({ startedAt, endedAt, runner: _, causedBy, ...run }: ScheduleRun): RunAnswer => ({
  ...run,
  trigger: causedBy,
  ...(startedAt === null ? {} : { startedAt }),
  ...(endedAt === null ? {} : { endedAt }),
});

const scheduleAnswer = (schedule: Schedule, lastRun?: ScheduleRun): ScheduleAnswer => {
  const { kind, settings, nextRunAt, ownerId, recipients, ...rest } = schedule;
  return {
    ...rest,
    job: { kind, settings: settings as Record<string, z.core.util.JSONType> },
    recipients: recipients.map((recipient) => ({ ...recipient })),
    ...(nextRunAt === null || !schedule.enabled ? {} : { nextRunAt }),
    ...(ownerId === null ? {} : { ownerId }),
    ...(lastRun === undefined ? {} : { lastRun: runAnswer(lastRun) }),
  };
};

/** Who sees only some charges sees only what is theirs: a schedule's name may tell of others'. */
const maySee = ({ scope, personId }: Caller, schedule: Schedule): boolean =>
  scope === "unrestricted" || schedule.ownerId === personId;

const readFor = async ({ state }: DeliveryParts, caller: Caller, id: string): Promise<Schedule> => {
  const { readSchedule } = await import("../../state/schedules.ts");
  const schedule = await readSchedule(state, id);
  if (maySee(caller, schedule)) return schedule;
  // As if it were not there.
  const { stateErrors } = await import("../../state/errors.ts");
  throw stateErrors.create("STATE_NOT_FOUND", { kind: "schedule", id });
};

/** What speaks of the whole lake is not for those who see some of it. @throws SCHEDULE_JOB_NOT_ALLOWED */
const requireAllowed = ({ jobs }: DeliveryParts, { scope }: Caller, kind: string): void => {
  if (scope === "unrestricted" || jobs[kind]?.isForWholeLake !== true) return;
  throw serverScheduleErrors.create("SCHEDULE_JOB_NOT_ALLOWED", { kind });
};

/** @throws SCHEDULE_NOT_YOURS */
const requireOwn = ({ personId, permissions }: Caller, { ownerId }: Schedule): void => {
  if (ownerId === personId || permissions.has("administer")) return;
  throw serverScheduleErrors.create("SCHEDULE_NOT_YOURS");
};

/** Schedules, their runs, and what can be scheduled. */
export const scheduleHandlers = (parts: DeliveryService): RouteHandlers<Contracts> => ({
  listJobKinds: async () => ({
    items: Object.values(parts.jobs).map(({ kind, title, description, delivers, settings }) => ({
      ...{ kind, title, description, delivers },
      settings: JSON.parse(JSON.stringify(z.toJSONSchema(settings, { io: "input" }))),
    })),
  }),
  previewSchedule: async ({ body: { cron, timeZone, count } }) => {
    const { nextTimes } = await import("../../notify/scheduler/cron-times.ts");
    const times = nextTimes({ cron, timeZone }, parts.state.clock(), count);
    return { times: times.map((time) => time.toISOString()), timeZone };
  },
  listSchedules: async ({ caller }) => {
    const { listSchedules } = await import("../../state/schedules.ts");
    const { lastRuns } = await import("../../state/schedule-runs.ts");
    const runs = await lastRuns(parts.state);
    const seen = (await listSchedules(parts.state)).filter((schedule) => maySee(caller, schedule));
    return { items: seen.map((schedule) => scheduleAnswer(schedule, runs.get(schedule.id))) };
  },
  createSchedule: async ({ body, caller }) => {
    requireAllowed(parts, caller, body.job.kind);
    const { readSchedule } = await import("../../state/schedules.ts");
    const id = await addSchedule(parts, caller.actor, withJson(body), caller.personId);
    return scheduleAnswer(await readSchedule(parts.state, id));
  },
  getSchedule: async ({ params, caller }) => {
    const { lastRuns } = await import("../../state/schedule-runs.ts");
    const schedule = await readFor(parts, caller, params.id);
    return scheduleAnswer(schedule, (await lastRuns(parts.state)).get(schedule.id));
  },
  updateSchedule: async ({ params, body, caller }) => {
    const there = await readFor(parts, caller, params.id);
    requireAllowed(parts, caller, body.job?.kind ?? there.kind);
    if (body.job !== undefined || body.recipients !== undefined) requireOwn(caller, there);
    const { job, ...changes } = body;
    await editSchedule(parts, caller.actor, {
      id: params.id,
      ...changes,
      ...(job === undefined ? {} : { job: withJson({ job }).job }),
    });
    return scheduleAnswer(await readFor(parts, caller, params.id));
  },
  deleteSchedule: async ({ params, caller }) => {
    await readFor(parts, caller, params.id);
    const { removeSchedule } = await import("../../state/schedules.ts");
    await removeSchedule(parts.state, caller.actor, params.id);
    return undefined;
  },
  runSchedule: async ({ params, caller }) => {
    await readFor(parts, caller, params.id);
    const { requestRun } = await import("../../state/schedule-runs.ts");
    const run = await requestRun(parts.state, caller.actor, params.id);
    parts.wake();
    return runAnswer(run);
  },
  listRuns: async ({ params, query, caller }) => {
    await readFor(parts, caller, params.id);
    const { listRuns } = await import("../../state/schedule-runs.ts");
    const after = readCursor(query.cursor);
    const found = await listRuns(parts.state, {
      scheduleId: params.id,
      limit: query.limit + 1,
      ...(after === undefined ? {} : { after: { dueAt: after[0], id: after[1] } }),
    });
    const items = found.slice(0, query.limit);
    const last = found.length > query.limit ? items.at(-1) : undefined;
    return {
      items: items.map(runAnswer),
      ...(last === undefined ? {} : { nextCursor: toCursor(last.dueAt, last.id) }),
    };
  },
});

/** What zod read as JSON, in the words of the domain. */
const withJson = <T extends { readonly job: { readonly kind: string; readonly settings: unknown } }>(
  body: T,
) => ({
  ...body,
  job: { kind: body.job.kind, settings: body.job.settings as { readonly [key: string]: Json } },
});

import { randomUUID } from "node:crypto";
import { type Instant, instantOf } from "@trimtab/domain";
import type { ScheduleRunTable } from "./delivery-tables.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import type { State, StateWriter } from "./state.ts";

/** One time that a schedule was due, and what came of it. */
export type ScheduleRun = Omit<ScheduleRunTable, "leaseToken" | "leaseUntil">;

const RUN_COLUMNS = [
  "id",
  "scheduleId",
  "dueAt",
  "causedBy",
  "status",
  "takes",
  "runner",
  "startedAt",
  "endedAt",
  "summary",
] as const;

/** Newest first. */
export const listRuns = (
  state: State,
  {
    scheduleId,
    limit,
    after,
  }: {
    readonly scheduleId: string;
    readonly limit: number;
    readonly after?: { readonly dueAt: string; readonly id: string } | undefined;
  },
): Promise<readonly ScheduleRun[]> =>
  state.read((db) => {
    let query = db.selectFrom("scheduleRuns").select(RUN_COLUMNS).where("scheduleId", "=", scheduleId);
    if (after !== undefined)
      query = query.where((where) =>
        where.or([
          where("dueAt", "<", after.dueAt as Instant),
          where.and([where("dueAt", "=", after.dueAt as Instant), where("id", "<", after.id)]),
        ]),
      );
    return query.orderBy("dueAt", "desc").orderBy("id", "desc").limit(limit).execute();
  });

/** The newest of each schedule, by its id. */
export const lastRuns = async (state: State): Promise<ReadonlyMap<string, ScheduleRun>> => {
  const rows = await state.read((db) =>
    db
      .selectFrom("scheduleRuns as run")
      .select(RUN_COLUMNS)
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom("scheduleRuns as later")
              .select("later.id")
              .whereRef("later.scheduleId", "=", "run.scheduleId")
              .whereRef("later.dueAt", ">", "run.dueAt"),
          ),
        ),
      )
      .execute(),
  );
  return new Map(rows.map((row) => [row.scheduleId, row]));
};

export interface DueRun {
  readonly dueAt: Instant;
  readonly causedBy: "cron" | "late";
  /** `skipped`: only for the history. */
  readonly status: "waiting" | "skipped";
  readonly summary: string;
}

/**
 * Moves a schedule on from the time that was read, with the run that was due, if one was. Of several processes one does.
 * @returns whether this one did
 */
export const advanceSchedule = (
  state: State,
  actor: string,
  step: {
    readonly scheduleId: string;
    readonly from: Instant | null;
    readonly to: Instant | null;
    readonly run?: DueRun | undefined;
  },
): Promise<boolean> =>
  state.write(actor, async (writer) => {
    const { db, at } = writer;
    const { scheduleId, from, to, run } = step;
    const { numUpdatedRows } = await db
      .updateTable("schedules")
      .set({ nextRunAt: to })
      .where("id", "=", scheduleId)
      .where("enabled", "=", 1)
      .where("nextRunAt", from === null ? "is" : "=", from)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    if (run !== undefined)
      await insertRun(writer, {
        ...{ scheduleId, dueAt: run.dueAt, causedBy: run.causedBy, status: run.status, summary: run.summary },
        endedAt: run.status === "skipped" ? at : null,
      });
    return true;
  });

/** What was run at a time does not run again for it: a clock that was set back changes nothing. */
const insertRun = async (
  { db }: StateWriter,
  run: Pick<ScheduleRunTable, "scheduleId" | "dueAt" | "causedBy" | "status" | "summary" | "endedAt">,
): Promise<string | undefined> => {
  const there = await db
    .selectFrom("scheduleRuns")
    .select("id")
    .where("scheduleId", "=", run.scheduleId)
    .where("dueAt", "=", run.dueAt)
    .where("causedBy", run.causedBy === "manual" ? "=" : "!=", "manual")
    .executeTakeFirst();
  if (there !== undefined) return undefined;
  const id = newId("run");
  await db
    .insertInto("scheduleRuns")
    .values({ ...run, id, takes: 0, runner: null, leaseToken: null, leaseUntil: null, startedAt: null })
    .execute();
  return id;
};

/** Asks for a run now, whatever the time. @throws STATE_NOT_FOUND */
export const requestRun = (state: State, actor: string, scheduleId: string): Promise<ScheduleRun> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const schedule = await db
      .selectFrom("schedules")
      .select("id")
      .where("id", "=", scheduleId)
      .executeTakeFirst();
    if (schedule === undefined)
      throw stateErrors.create("STATE_NOT_FOUND", { kind: "schedule", id: scheduleId });
    const summary = `asked for by ${actor}`;
    const due = {
      scheduleId,
      dueAt: at,
      causedBy: "manual",
      status: "waiting",
      summary,
      endedAt: null,
    } as const;
    const id = await insertRun(writer, due);
    if (id !== undefined) note({ action: "schedule.run-asked-for", subject: `schedule ${scheduleId}` });
    return await db
      .selectFrom("scheduleRuns")
      .select(RUN_COLUMNS)
      .where("scheduleId", "=", scheduleId)
      .where("dueAt", "=", at)
      .where("causedBy", "=", "manual")
      .executeTakeFirstOrThrow();
  });

/** The hold that one process has on a run. */
export interface RunClaim {
  readonly id: string;
  readonly token: string;
  readonly scheduleId: string;
  readonly dueAt: Instant;
  readonly causedBy: ScheduleRunTable["causedBy"];
  /** The first is 1. */
  readonly take: number;
}

const shifted = (at: Instant, ms: number): Instant => instantOf(new Date(Date.parse(at) + ms));

/**
 * Takes hold of the oldest run that waits, or whose process died; never of two of one schedule at the same time.
 * A run that died `mostTakes` times has failed.
 */
export const claimRun = (
  state: State,
  actor: string,
  { leaseMs, mostTakes }: { readonly leaseMs: number; readonly mostTakes: number },
): Promise<RunClaim | undefined> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const open = await db
      .selectFrom("scheduleRuns")
      .selectAll()
      .where("status", "in", ["waiting", "running"])
      .orderBy("dueAt")
      .orderBy("id")
      .execute();
    const isAlive = ({ status, leaseUntil }: ScheduleRunTable): boolean =>
      status === "running" &&
      leaseUntil !== null &&
      leaseUntil > at &&
      leaseUntil <= shifted(at, 2 * leaseMs);
    const busy = new Set(open.filter(isAlive).map(({ scheduleId }) => scheduleId));
    for (const run of open) {
      if (busy.has(run.scheduleId)) continue;
      if (run.takes >= mostTakes) {
        const summary = `the process that ran it died ${run.takes} times`;
        const failed = {
          status: "failed" as const,
          leaseToken: null,
          leaseUntil: null,
          endedAt: at,
          summary,
        };
        await db.updateTable("scheduleRuns").set(failed).where("id", "=", run.id).execute();
        note({
          action: "schedule.run-failed",
          subject: `schedule ${run.scheduleId}`,
          details: { run: run.id, summary },
        });
        continue;
      }
      const token = randomUUID();
      const held = { runner: actor, leaseToken: token, leaseUntil: shifted(at, leaseMs), startedAt: at };
      await db
        .updateTable("scheduleRuns")
        .set({ ...held, status: "running", takes: run.takes + 1 })
        .where("id", "=", run.id)
        .execute();
      const { id, scheduleId, dueAt, causedBy } = run;
      return { id, token, scheduleId, dueAt, causedBy, take: run.takes + 1 };
    }
    return undefined;
  });

/** Whether a run waits, or one's process has died. */
export const isAnyRunOpen = (state: State): Promise<boolean> =>
  state.read(async (db) => {
    const at = instantOf(state.clock());
    const open = await db
      .selectFrom("scheduleRuns")
      .select("id")
      .where((where) =>
        where.or([
          where("status", "=", "waiting"),
          where.and([where("status", "=", "running"), where("leaseUntil", "<=", at)]),
        ]),
      )
      .limit(1)
      .executeTakeFirst();
    return open !== undefined;
  });

/** Says that the runner is alive. @returns false where another has taken the run over */
export const renewRun = (
  state: State,
  actor: string,
  { id, token }: Pick<RunClaim, "id" | "token">,
  leaseMs: number,
): Promise<boolean> =>
  state.write(actor, async ({ db, at }) => {
    const { numUpdatedRows } = await db
      .updateTable("scheduleRuns")
      .set({ leaseUntil: shifted(at, leaseMs) })
      .where("id", "=", id)
      .where("leaseToken", "=", token)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  });

/** Keeps how a run ended. @returns false where another has taken it over */
export const endRun = (
  state: State,
  actor: string,
  { id, token, scheduleId }: Pick<RunClaim, "id" | "token" | "scheduleId">,
  { status, summary }: { readonly status: "succeeded" | "failed"; readonly summary: string },
): Promise<boolean> =>
  state.write(actor, async ({ db, at, note }) => {
    const { numUpdatedRows } = await db
      .updateTable("scheduleRuns")
      .set({ status, summary, endedAt: at, leaseToken: null, leaseUntil: null })
      .where("id", "=", id)
      .where("leaseToken", "=", token)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const action = `schedule.run-${status}`;
    note({ action, subject: `schedule ${scheduleId}`, details: { run: id, summary } });
    return true;
  });

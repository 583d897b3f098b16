import type { Instant, Json } from "@trimtab/domain";
import { z } from "zod";
import { checkText } from "./check-text.ts";
import type { ScheduleTable } from "./delivery-tables.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { jsonObject, readJson, toJson } from "./json-column.ts";
import type { State } from "./state.ts";

/** Who gets what a run makes. */
export interface ScheduleRecipient {
  readonly channelId: string;
  readonly personId?: string | undefined;
  readonly address?: string | undefined;
  readonly asOwner?: boolean | undefined;
}

/** Something that runs at set times. */
export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly settings: { readonly [key: string]: Json };
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: ScheduleTable["missed"];
  readonly recipients: readonly ScheduleRecipient[];
  readonly enabled: boolean;
  readonly nextRunAt: Instant | null;
  readonly ownerId: string | null;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type ScheduleDraft = Omit<Schedule, "id" | "version" | "createdBy" | "createdAt" | "updatedAt">;

const recipientsSchema: z.ZodType<readonly ScheduleRecipient[]> = z.array(
  z.strictObject({
    channelId: z.string(),
    personId: z.string().optional(),
    address: z.string().optional(),
    asOwner: z.boolean().optional(),
  }),
);

const scheduleOf = ({ settings, recipients, enabled, ...row }: ScheduleTable): Schedule => ({
  ...row,
  settings: readJson(jsonObject, settings, `schedule ${row.id}`),
  recipients: readJson(recipientsSchema, recipients, `schedule ${row.id}`),
  enabled: enabled === 1,
});

/** By name. @throws STATE_RECORD_INVALID */
export const listSchedules = async (state: State): Promise<readonly Schedule[]> => {
  const rows = await state.read((db) =>
    db.selectFrom("schedules").selectAll().orderBy("name").orderBy("id").execute(),
  );
  return rows.map(scheduleOf);
};

/** @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export const readSchedule = async (state: State, id: string): Promise<Schedule> => {
  const row = await state.read((db) =>
    db.selectFrom("schedules").selectAll().where("id", "=", id).executeTakeFirst(),
  );
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "schedule", id });
  return scheduleOf(row);
};

const valuesOf = ({ settings, recipients, enabled, ...draft }: ScheduleDraft) => ({
  ...draft,
  settings: toJson(settings),
  recipients: toJson(
    recipients.map(({ channelId, personId, address, asOwner }) =>
      plain({ channelId, personId, address, asOwner }),
    ),
  ),
  enabled: enabled ? (1 as const) : (0 as const),
});

const plain = (
  recipient: Readonly<Record<string, string | boolean | undefined>>,
): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries(recipient).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const factsOf = ({ name, kind, cron, timeZone, enabled, recipients }: ScheduleDraft): Json => ({
  ...{ name, kind, cron, timeZone, enabled },
  recipients: recipients.length,
});

/** @returns its id @throws STATE_INPUT_INVALID */
export const createSchedule = (state: State, actor: string, draft: ScheduleDraft): Promise<string> =>
  state.write(actor, async ({ db, at, note }) => {
    const id = newId("schedule");
    checkText("schedule", "name", draft.name);
    await db
      .insertInto("schedules")
      .values({ ...valuesOf(draft), id, version: 1, createdBy: actor, createdAt: at, updatedAt: at })
      .execute();
    note({ action: "schedule.added", subject: `schedule ${id}`, details: factsOf(draft) });
    return id;
  });

/** Sets what was read at `version`. @throws STATE_CONFLICT, STATE_INPUT_INVALID */
export const changeSchedule = (
  state: State,
  actor: string,
  { id, version, ...draft }: ScheduleDraft & { readonly id: string; readonly version: number },
): Promise<void> =>
  state.write(actor, async ({ db, at, note }) => {
    checkText("schedule", "name", draft.name);
    const { numUpdatedRows } = await db
      .updateTable("schedules")
      .set({ ...valuesOf(draft), version: version + 1, updatedAt: at })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw stateErrors.create("STATE_CONFLICT", { subject: `schedule ${id}` });
    note({ action: "schedule.changed", subject: `schedule ${id}`, details: factsOf(draft) });
  });

/** With its history. @throws STATE_NOT_FOUND */
export const removeSchedule = (state: State, actor: string, id: string): Promise<void> =>
  state.write(actor, async ({ db, note }) => {
    await db.deleteFrom("scheduleRuns").where("scheduleId", "=", id).execute();
    const { numDeletedRows } = await db.deleteFrom("schedules").where("id", "=", id).executeTakeFirst();
    if (numDeletedRows === 0n) throw stateErrors.create("STATE_NOT_FOUND", { kind: "schedule", id });
    note({ action: "schedule.removed", subject: `schedule ${id}` });
  });

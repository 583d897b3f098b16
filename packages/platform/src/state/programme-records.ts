import type { Day, Instant, Json } from "@trimtab/domain";
import { z } from "zod";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { checkJson, readJson, toJson } from "./json-column.ts";
import type { State } from "./state.ts";
import type { ProgrammeRecordTable } from "./tables.ts";

const text = z.string().trim().min(1).max(4000);
/** Named as a type of its own: a package's declarations can't spell what makes it one. */
const day: z.ZodType<Day, string> = z.iso.date().transform((value) => value as Day);
const level = z.enum(["low", "medium", "high"]);
const amount = z.string().regex(/^-?\d+(\.\d+)?$/, "not a decimal number");
const currency = z.string().regex(/^[A-Z]{3}$/, "not an ISO 4217 code");

/** What is written of a programme besides its tasks, by kind. */
export const RECORD_SCHEMAS = {
  risk: z.strictObject({
    title: text,
    impact: level,
    probability: level,
    trend: z.enum(["rising", "steady", "falling"]),
    mitigation: text,
  }),
  blocker: z.strictObject({
    title: text,
    workaround: text.optional(),
    tasks: z.array(z.string()).optional(),
  }),
  incident: z.strictObject({
    title: text,
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    effect: text,
  }),
  milestone: z.strictObject({ title: text, dueOn: day, tasks: z.array(z.string()).optional() }),
  "sign-off": z.strictObject({ title: text, by: text, role: text.optional(), statement: text }),
  lesson: z.strictObject({ title: text, lesson: text }),
  budget: z.strictObject({
    title: text,
    allocated: amount,
    spent: amount,
    currency,
    people: z.number().int().nonnegative().optional(),
  }),
} as const;

export type RecordKind = keyof typeof RECORD_SCHEMAS;
export type RecordBody<K extends RecordKind> = z.output<(typeof RECORD_SCHEMAS)[K]>;

export interface ProgrammeRecord<K extends RecordKind = RecordKind> {
  readonly id: string;
  readonly programmeId: string;
  readonly kind: K;
  readonly status: ProgrammeRecordTable["status"];
  readonly body: RecordBody<K>;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

const schemaOf = <K extends RecordKind>(kind: K) =>
  RECORD_SCHEMAS[kind] as unknown as z.ZodType<RecordBody<K> & Json>;

/** @returns its id @throws STATE_INPUT_INVALID, STATE_NOT_FOUND */
export const addRecord = <K extends RecordKind>(
  state: State,
  actor: string,
  programmeId: string,
  { kind, body }: { readonly kind: K; readonly body: RecordBody<K> },
): Promise<string> =>
  state.write(actor, async ({ db, at, note }) => {
    const checked = checkJson(schemaOf(kind), body, kind);
    const there = await db
      .selectFrom("programmes")
      .select("id")
      .where("id", "=", programmeId)
      .executeTakeFirst();
    if (there === undefined)
      throw stateErrors.create("STATE_NOT_FOUND", { kind: "programme", id: programmeId });
    const id = newId("record");
    const values = { id, programmeId, kind, status: "open" as const, body: toJson(checked), version: 1 };
    await db
      .insertInto("programmeRecords")
      .values({ ...values, createdBy: actor, createdAt: at, updatedAt: at })
      .execute();
    note({
      action: `${kind}.added`,
      subject: `record ${id}`,
      details: { programme: programmeId, body: checked },
    });
    return id;
  });

/** Of one kind, oldest first. @throws STATE_RECORD_INVALID */
export const listRecords = async <K extends RecordKind>(
  state: State,
  programmeId: string,
  kind: K,
): Promise<readonly ProgrammeRecord<K>[]> => {
  const rows = await state.read((db) =>
    db
      .selectFrom("programmeRecords")
      .selectAll()
      .where("programmeId", "=", programmeId)
      .where("kind", "=", kind)
      .orderBy("createdAt")
      .orderBy("id")
      .execute(),
  );
  return rows.map((row) => ({ ...row, kind, body: readJson(schemaOf(kind), row.body, `record ${row.id}`) }));
};

/** Sets what a record says and whether it is over; the audit log keeps what it said. @throws STATE_CONFLICT, STATE_NOT_FOUND, STATE_INPUT_INVALID */
export const changeRecord = <K extends RecordKind>(
  state: State,
  actor: string,
  change: {
    readonly id: string;
    readonly version: number;
    readonly kind: K;
    readonly status: ProgrammeRecord["status"];
    readonly body: RecordBody<K>;
  },
): Promise<void> =>
  state.write(actor, async ({ db, at, note }) => {
    const { id, version, kind, status, body } = change;
    const checked = checkJson(schemaOf(kind), body, kind);
    const row = await db
      .selectFrom("programmeRecords")
      .select(["version", "kind"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (row?.kind !== kind) throw stateErrors.create("STATE_NOT_FOUND", { kind, id });
    if (row.version !== version) throw stateErrors.create("STATE_CONFLICT", { subject: `record ${id}` });
    await db
      .updateTable("programmeRecords")
      .set({ status, body: toJson(checked), version: version + 1, updatedAt: at })
      .where("id", "=", id)
      .execute();
    note({ action: `${kind}.changed`, subject: `record ${id}`, details: { status, body: checked } });
  });

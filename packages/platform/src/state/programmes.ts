import type { Day, Instant, Json } from "@trimtab/domain";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { jsonObject, readJson, toJson } from "./json-column.ts";
import type { State, StateWriter } from "./state.ts";
import type { ProgrammeTable } from "./tables.ts";

type Details = { readonly [key: string]: Json };

/** A programme of work: the tasks that bring today's spend to the target. */
export interface Programme {
  readonly id: string;
  readonly name: string;
  readonly status: ProgrammeTable["status"];
  readonly startsOn?: Day;
  readonly endsOn?: Day;
  /** Target, people, policies: what its makers say of it. */
  readonly details: Details;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface ProgrammeDraft {
  readonly name: string;
  readonly startsOn?: Day;
  readonly endsOn?: Day;
  readonly details?: Details;
}

const STATUS_MOVES: Readonly<Record<Programme["status"], readonly Programme["status"][]>> = {
  draft: ["active", "closed"],
  active: ["closed"],
  closed: ["active"],
};

const toProgramme = ({ startsOn, endsOn, details, ...row }: ProgrammeTable): Programme => ({
  ...row,
  ...(startsOn === null ? {} : { startsOn }),
  ...(endsOn === null ? {} : { endsOn }),
  details: readJson(jsonObject, details, `programme ${row.id}`),
});

/** @returns its id @throws STATE_INPUT_INVALID, STATE_EXISTS */
export const createProgramme = (state: State, actor: string, draft: ProgrammeDraft): Promise<string> =>
  state.write(actor, async ({ db, at, note }) => {
    const { name, startsOn = null, endsOn = null, details = {} } = draft;
    checkText("programme", "name", name);
    const id = newId("programme");
    const added = await db
      .insertInto("programmes")
      .values({
        id,
        name,
        status: "draft",
        startsOn,
        endsOn,
        details: toJson(details),
        version: 1,
        createdBy: actor,
        createdAt: at,
        updatedAt: at,
      })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added === undefined) throw stateErrors.create("STATE_EXISTS", { subject: `a programme ${name}` });
    note({ action: "programme.created", subject: `programme ${id}`, details: { name } });
    return id;
  });

/** @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export const readProgramme = async (state: State, id: string): Promise<Programme> => {
  const row = await state.read((db) =>
    db.selectFrom("programmes").selectAll().where("id", "=", id).executeTakeFirst(),
  );
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "programme", id });
  return toProgramme(row);
};

export const listProgrammes = async (state: State): Promise<readonly Programme[]> => {
  const rows = await state.read((db) => db.selectFrom("programmes").selectAll().orderBy("name").execute());
  return rows.map(toProgramme);
};

/** Sets all that can be said of a programme but its name. @throws STATE_NOT_FOUND, STATE_CONFLICT */
export const changeProgramme = (
  state: State,
  actor: string,
  change: Omit<ProgrammeDraft, "name"> & { readonly id: string; readonly version: number },
): Promise<void> =>
  state.write(actor, async (writer) => {
    const { id, version, startsOn = null, endsOn = null, details = {} } = change;
    await programmeAt(writer, id, version);
    await writer.db
      .updateTable("programmes")
      .set({ startsOn, endsOn, details: toJson(details), version: version + 1, updatedAt: writer.at })
      .where("id", "=", id)
      .execute();
    writer.note({ action: "programme.changed", subject: `programme ${id}`, details: { startsOn, endsOn } });
  });

/** @throws STATE_NOT_FOUND, STATE_CONFLICT, STATE_MOVE_REFUSED */
export const moveProgramme = (
  state: State,
  actor: string,
  {
    id,
    version,
    status,
  }: { readonly id: string; readonly version: number; readonly status: Programme["status"] },
): Promise<void> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const subject = `programme ${id}`;
    const row = await programmeAt(writer, id, version);
    if (!STATUS_MOVES[row.status].includes(status))
      throw stateErrors.create("STATE_MOVE_REFUSED", { subject, status, reason: `it is ${row.status}` });
    await db
      .updateTable("programmes")
      .set({ status, version: version + 1, updatedAt: at })
      .where("id", "=", id)
      .execute();
    note({ action: `programme.${status}`, subject, details: { from: row.status } });
  });

/** The programme, if nobody has changed it since. @throws STATE_NOT_FOUND, STATE_CONFLICT */
const programmeAt = async ({ db }: StateWriter, id: string, version: number): Promise<ProgrammeTable> => {
  const row = await db.selectFrom("programmes").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "programme", id });
  if (row.version !== version) throw stateErrors.create("STATE_CONFLICT", { subject: `programme ${id}` });
  return row;
};

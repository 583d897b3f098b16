import type { Instant } from "@trimtab/domain";
import type { Transaction } from "kysely";
import type { Flag, PersonTable } from "./account-tables.ts";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import type { State, StateWriter } from "./state.ts";
import type { StateTables } from "./tables.ts";
import { putIntoTeamsWithin, type TeamName, teamsOfPeople } from "./team-members.ts";

/** Whether somebody can sign in; `invited`: not yet, the link was not used. */
export type PersonStatus = "invited" | "active" | "off";

/** Somebody who may sign in. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly status: PersonStatus;
  readonly teams: readonly TeamName[];
  readonly createdAt: Instant;
  readonly lastSignInAt: Instant | null;
  readonly version: number;
}

export const listPeople = (state: State): Promise<readonly Person[]> => state.read((db) => peopleWithin(db));

/** @throws STATE_NOT_FOUND */
export const readPerson = (state: State, id: string): Promise<Person> =>
  state.read((db) => personWithin(db, id));

/** @throws STATE_NOT_FOUND */
export const personWithin = async (db: Transaction<StateTables>, id: string): Promise<Person> => {
  const [person] = await peopleWithin(db, id);
  if (person === undefined)
    throw stateErrors.create("STATE_NOT_FOUND", { kind: "person", id: id.slice(0, 100) });
  return person;
};

/** Undefined where nobody has that address. */
export const findPersonByEmail = (state: State, email: string): Promise<Person | undefined> =>
  state.read(async (db) => {
    const row = await db
      .selectFrom("people")
      .select("id")
      .where("email", "=", email.toLowerCase())
      .executeTakeFirst();
    return row === undefined ? undefined : await personWithin(db, row.id);
  });

const peopleWithin = async (db: Transaction<StateTables>, id?: string): Promise<readonly Person[]> => {
  let query = db
    .selectFrom("people")
    .select(["id", "email", "name", "role", "isActive", "createdAt", "lastSignInAt", "version"])
    .select((row) =>
      row
        .exists(row.selectFrom("credentials").select("credentials.id").whereRef("personId", "=", "people.id"))
        .as("canSignIn"),
    )
    .orderBy("email");
  if (id !== undefined) query = query.where("people.id", "=", id);
  const rows = await query.execute();
  const teams = await teamsOfPeople(db, id);
  return rows.map(({ isActive, canSignIn, ...row }) => ({
    ...row,
    status: isActive === 0 ? "off" : canSignIn ? "active" : "invited",
    teams: teams.get(row.id) ?? [],
  }));
};

export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly teamIds: readonly string[];
}

/** Somebody who can't sign in before a link is used. @throws STATE_EXISTS, STATE_NOT_FOUND for a team */
export const addPersonWithin = async (
  writer: StateWriter,
  { email, name, role, teamIds }: Invitation,
): Promise<string> => {
  const { db, at, note } = writer;
  const lower = checkText("person", "email", email).toLowerCase();
  const id = newId("person");
  const added = await db
    .insertInto("people")
    .values({
      id,
      email: lower,
      emailVerified: 0,
      name: checkText("person", "name", name),
      image: null,
      role,
      isActive: 1,
      lastSignInAt: null,
      version: 1,
      createdAt: at,
      updatedAt: at,
    })
    .onConflict((conflict) => conflict.column("email").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (added === undefined) throw stateErrors.create("STATE_EXISTS", { subject: `a person ${lower}` });
  note({ action: "person.invited", subject: `person ${id}`, details: { email: lower, name, role } });
  await putIntoTeamsWithin(writer, id, teamIds);
  return id;
};

export interface PersonChange {
  readonly id: string;
  readonly version: number;
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly isActive?: boolean | undefined;
}

/**
 * Changes what somebody is; a person who is turned off has no session left.
 * @throws STATE_NOT_FOUND, STATE_CONFLICT, STATE_MOVE_REFUSED for the last admin
 */
export const changePerson = (state: State, actor: string, change: PersonChange): Promise<Person> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const before = await personWithin(db, change.id);
    const subject = `person ${before.id}`;
    if (before.version !== change.version) throw stateErrors.create("STATE_CONFLICT", { subject });
    const isActive = change.isActive ?? before.status !== "off";
    const role = change.role ?? before.role;
    const isAdminNow = before.role === "admin" && before.status === "active";
    if (isAdminNow && (role !== "admin" || !isActive)) await requireAnotherAdmin(db, before);
    const changed: Partial<PersonTable> = {
      name: change.name === undefined ? before.name : checkText(subject, "name", change.name),
      role,
      isActive: Number(isActive) as Flag,
      version: before.version + 1,
      updatedAt: at,
    };
    await db.updateTable("people").set(changed).where("id", "=", before.id).execute();
    if (role !== before.role)
      note({
        action: "person.role-changed",
        subject,
        details: { email: before.email, from: before.role, to: role },
      });
    if (change.name !== undefined && change.name !== before.name)
      note({ action: "person.renamed", subject, details: { from: before.name, to: change.name } });
    if (isActive !== (before.status !== "off"))
      note({
        action: isActive ? "person.turned-on" : "person.turned-off",
        subject,
        details: { email: before.email },
      });
    if (!isActive) await db.deleteFrom("sessions").where("personId", "=", before.id).execute();
    return await personWithin(db, before.id);
  });

/** Else nobody could let anybody in again. */
const requireAnotherAdmin = async (db: Transaction<StateTables>, { id, email }: Person): Promise<void> => {
  const others = await db
    .selectFrom("people")
    .innerJoin("credentials", "credentials.personId", "people.id")
    .select("people.id")
    .where("role", "=", "admin")
    .where("isActive", "=", 1)
    .where("people.id", "!=", id)
    .limit(1)
    .execute();
  if (others.length > 0) return;
  throw stateErrors.create("STATE_MOVE_REFUSED", {
    subject: `person ${email}`,
    status: "less than an admin",
    reason: "there is no other admin who can sign in",
  });
};

/** Puts down that somebody signed in, and from where. */
export const noteSignIn = (state: State, { id, email }: Person, address: string): Promise<void> =>
  state.write(email, async ({ db, at, note }) => {
    await db.updateTable("people").set({ lastSignInAt: at }).where("id", "=", id).execute();
    note({ action: "person.signed-in", subject: `person ${id}`, details: { address } });
  });

/** What a request needs to know of who makes it; undefined: nobody of that id may do anything. */
export const readAccess = (state: State, personId: string): Promise<PersonAccess | undefined> =>
  state.read((db) => accessWithin(db, personId));

export interface PersonAccess {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  /** Of the teams, by name; null: a team that sees all charges. */
  readonly teams: readonly { readonly id: string; readonly name: string; readonly scope: string | null }[];
}

export const accessWithin = async (
  db: Transaction<StateTables>,
  personId: string,
): Promise<PersonAccess | undefined> => {
  const person = await db
    .selectFrom("people")
    .select(["id", "email", "name", "role"])
    .where("id", "=", personId)
    .where("isActive", "=", 1)
    .executeTakeFirst();
  if (person === undefined) return undefined;
  const teams = await db
    .selectFrom("teamMembers")
    .innerJoin("teams", "teams.id", "teamMembers.teamId")
    .select(["teams.id", "teams.name", "teams.scope"])
    .where("personId", "=", personId)
    .orderBy("teams.id")
    .execute();
  return { ...person, teams };
};

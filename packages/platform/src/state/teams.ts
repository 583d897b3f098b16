import type { Instant, Json } from "@trimtab/domain";
import type { Transaction } from "kysely";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { toJson } from "./json-column.ts";
import { personWithin } from "./people.ts";
import type { State, StateWriter } from "./state.ts";
import type { JsonText, StateTables } from "./tables.ts";
import { putIntoTeamsWithin } from "./team-members.ts";

/** People who see the same charges. */
export interface Team {
  readonly id: string;
  readonly name: string;
  /** A filter in JSON, for who knows what one is; null: all charges. */
  readonly scope: JsonText | null;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly updatedAt: Instant;
  readonly version: number;
}

export const listTeams = (state: State): Promise<readonly Team[]> => state.read((db) => teamsWithin(db));

const teamsWithin = async (db: Transaction<StateTables>, id?: string): Promise<readonly Team[]> => {
  let query = db.selectFrom("teams").select(["id", "name", "scope", "updatedAt", "version"]).orderBy("name");
  if (id !== undefined) query = query.where("id", "=", id);
  const rows = await query.execute();
  const members = await db
    .selectFrom("teamMembers")
    .innerJoin("people", "people.id", "teamMembers.personId")
    .select(["teamMembers.teamId", "people.id", "people.name"])
    .orderBy("people.name")
    .execute();
  const byTeam = Map.groupBy(members, ({ teamId }) => teamId);
  return rows.map((row) => ({
    ...row,
    members: (byTeam.get(row.id) ?? []).map((member) => ({ id: member.id, name: member.name })),
  }));
};

const teamWithin = async (db: Transaction<StateTables>, id: string): Promise<Team> => {
  const [team] = await teamsWithin(db, id);
  if (team === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "team", id: id.slice(0, 100) });
  return team;
};

/** Scopes of teams by name, for callers that are told their teams' names by somebody else. */
export const readTeamScopes = (
  state: State,
  names: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string; readonly scope: string | null }[]> =>
  state.read((db) =>
    names.length === 0
      ? Promise.resolve([])
      : db
          .selectFrom("teams")
          .select(["id", "name", "scope"])
          .where("name", "in", names)
          .orderBy("id")
          .execute(),
  );

export interface TeamDraft {
  readonly name: string;
  readonly scope: Json | null;
}

/** @throws STATE_EXISTS, STATE_INPUT_INVALID */
export const createTeam = (state: State, actor: string, draft: TeamDraft): Promise<Team> =>
  state.write(actor, async (writer) => await teamWithin(writer.db, await addTeamWithin(writer, draft)));

/** @returns its id @throws STATE_EXISTS, STATE_INPUT_INVALID */
export const addTeamWithin = async (writer: StateWriter, { name, scope }: TeamDraft): Promise<string> => {
  const { db, at, actor, note } = writer;
  const id = newId("team");
  const values = {
    name: checkText("team", "name", name),
    scope: scope === null ? null : toJson(scope),
    version: 1,
    updatedBy: actor,
    createdAt: at,
    updatedAt: at,
  };
  await requireFreeName(db, name);
  await db
    .insertInto("teams")
    .values({ id, ...values })
    .execute();
  note({ action: "team.created", subject: `team ${id}`, details: { name, scope } });
  return id;
};

/** Writers come one after the other, so that nobody takes the name in between. */
const requireFreeName = async (db: Transaction<StateTables>, name: string, id?: string): Promise<void> => {
  const found = await db.selectFrom("teams").select("id").where("name", "=", name).executeTakeFirst();
  if (found !== undefined && found.id !== id)
    throw stateErrors.create("STATE_EXISTS", { subject: `a team ${name}` });
};

export interface TeamChange {
  readonly id: string;
  readonly version: number;
  readonly name?: string | undefined;
  /** Undefined: as it was. */
  readonly scope?: Json | null | undefined;
}

/** @throws STATE_NOT_FOUND, STATE_CONFLICT, STATE_EXISTS */
export const changeTeam = (state: State, actor: string, change: TeamChange): Promise<Team> =>
  state.write(actor, async ({ db, at, note }) => {
    const before = await teamWithin(db, change.id);
    const subject = `team ${before.id}`;
    if (before.version !== change.version) throw stateErrors.create("STATE_CONFLICT", { subject });
    const name = change.name === undefined ? before.name : checkText(subject, "name", change.name);
    await requireFreeName(db, name, before.id);
    const given = change.scope;
    const scope = given === undefined ? before.scope : given === null ? null : toJson(given);
    const values = { name, scope, version: before.version + 1, updatedBy: actor, updatedAt: at };
    await db.updateTable("teams").set(values).where("id", "=", before.id).execute();
    const details = { from: described(before), to: described({ name, scope }) };
    note({ action: "team.changed", subject, details });
    return await teamWithin(db, before.id);
  });

const described = ({ name, scope }: Pick<Team, "name" | "scope">): Json => ({
  name,
  scope: scope === null ? null : (JSON.parse(scope) as Json),
});

/** @throws STATE_NOT_FOUND */
export const removeTeam = (state: State, actor: string, id: string): Promise<void> =>
  state.write(actor, async ({ db, note }) => {
    const before = await teamWithin(db, id);
    await db.deleteFrom("teamMembers").where("teamId", "=", id).execute();
    await db.deleteFrom("teams").where("id", "=", id).execute();
    const members = before.members.map((member) => member.id);
    note({
      action: "team.removed",
      subject: `team ${id}`,
      details: { ...(described(before) as object), members },
    });
  });

interface Membership {
  readonly teamId: string;
  readonly personId: string;
}

/** @throws STATE_NOT_FOUND */
export const addTeamMember = (state: State, actor: string, { teamId, personId }: Membership): Promise<Team> =>
  state.write(actor, async (writer) => {
    await personWithin(writer.db, personId);
    await putIntoTeamsWithin(writer, personId, [teamId]);
    return await teamWithin(writer.db, teamId);
  });

/** @throws STATE_NOT_FOUND */
export const removeTeamMember = (
  state: State,
  actor: string,
  { teamId, personId }: Membership,
): Promise<Team> =>
  state.write(actor, async ({ db, note }) => {
    const { numDeletedRows } = await db
      .deleteFrom("teamMembers")
      .where("teamId", "=", teamId)
      .where("personId", "=", personId)
      .executeTakeFirst();
    const team = await teamWithin(db, teamId);
    if (numDeletedRows > 0n)
      note({ action: "team.member-removed", subject: `team ${teamId}`, details: { person: personId } });
    return team;
  });

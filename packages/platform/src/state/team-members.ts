import type { Transaction } from "kysely";
import { stateErrors } from "./errors.ts";
import type { StateWriter } from "./state.ts";
import type { StateTables } from "./tables.ts";

export interface TeamName {
  readonly id: string;
  readonly name: string;
}

/** The teams of each person, by name; of one person, or of all. */
export const teamsOfPeople = async (
  db: Transaction<StateTables>,
  personId?: string,
): Promise<ReadonlyMap<string, readonly TeamName[]>> => {
  let query = db
    .selectFrom("teamMembers")
    .innerJoin("teams", "teams.id", "teamMembers.teamId")
    .select(["teamMembers.personId", "teams.id", "teams.name"])
    .orderBy("teams.name");
  if (personId !== undefined) query = query.where("personId", "=", personId);
  const rows = await query.execute();
  const grouped = Map.groupBy(rows, (row) => row.personId);
  return new Map([...grouped].map(([person, own]) => [person, own.map(({ id, name }) => ({ id, name }))]));
};

/** @throws STATE_NOT_FOUND */
export const putIntoTeamsWithin = async (
  { db, note }: StateWriter,
  personId: string,
  teamIds: readonly string[],
): Promise<void> => {
  for (const teamId of new Set(teamIds)) {
    await requireTeam(db, teamId);
    const added = await db
      .insertInto("teamMembers")
      .values({ teamId, personId })
      .onConflict((conflict) => conflict.columns(["teamId", "personId"]).doNothing())
      .returning("teamId")
      .executeTakeFirst();
    if (added !== undefined)
      note({ action: "team.member-added", subject: `team ${teamId}`, details: { person: personId } });
  }
};

const requireTeam = async (db: Transaction<StateTables>, id: string): Promise<void> => {
  const found = await db.selectFrom("teams").select("id").where("id", "=", id).executeTakeFirst();
  if (found === undefined)
    throw stateErrors.create("STATE_NOT_FOUND", { kind: "team", id: id.slice(0, 100) });
};

import { type Instant, instantOf } from "@trimtab/domain";
import type { Transaction } from "kysely";
import type { OneTimeLinkTable } from "./account-tables.ts";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { addPersonWithin, type Invitation, type Person, personWithin } from "./people.ts";
import type { State, StateWriter } from "./state.ts";
import type { StateTables } from "./tables.ts";
import { addTeamWithin } from "./teams.ts";

/** A code that was made outside; only its SHA-256 comes here. */
export interface LinkDraft {
  readonly codeHash: string;
  readonly validMs: number;
}

/** What a link is for. */
export interface OneTimeLink {
  readonly kind: OneTimeLinkTable["kind"];
  readonly person: Person | undefined;
  readonly expiresAt: Instant;
}

const linkGone = () => stateErrors.create("STATE_LINK_GONE");

/** Whether anybody can sign in, or could: then there is no first set-up any more. */
export const hasPeople = (state: State): Promise<boolean> => state.read(hasPeopleWithin);

const hasPeopleWithin = async (db: Transaction<StateTables>): Promise<boolean> =>
  (await db.selectFrom("people").select("id").limit(1).executeTakeFirst()) !== undefined;

/** The link by which the first admin comes in; earlier ones end. Undefined where there is somebody already. */
export const makeSetupLink = (state: State, actor: string, draft: LinkDraft): Promise<Instant | undefined> =>
  state.write(actor, async (writer) => {
    if (await hasPeopleWithin(writer.db)) return undefined;
    await writer.db.deleteFrom("oneTimeLinks").where("kind", "=", "setup").execute();
    return await addLink(writer, "setup", null, draft);
  });

/** Somebody new, and the link by which they come in. @throws STATE_EXISTS, STATE_NOT_FOUND */
export const invitePerson = (
  state: State,
  actor: string,
  invitation: Invitation,
  draft: LinkDraft,
): Promise<{ readonly person: Person; readonly expiresAt: Instant }> =>
  state.write(actor, async (writer) => {
    const id = await addPersonWithin(writer, invitation);
    const expiresAt = await addLink(writer, "invite", id, draft);
    return { person: await personWithin(writer.db, id), expiresAt };
  });

/** The invitation again, or a link that sets a new password; earlier ones end. @throws STATE_NOT_FOUND, STATE_MOVE_REFUSED */
export const makePersonLink = (
  state: State,
  actor: string,
  personId: string,
  draft: LinkDraft,
): Promise<Instant> =>
  state.write(actor, async (writer) => {
    const { email, status } = await personWithin(writer.db, personId);
    if (status === "off") {
      const reason = "the account is turned off";
      throw stateErrors.create("STATE_MOVE_REFUSED", {
        subject: `person ${email}`,
        status: "invited again",
        reason,
      });
    }
    await writer.db.deleteFrom("oneTimeLinks").where("personId", "=", personId).execute();
    return await addLink(writer, status === "invited" ? "invite" : "reset", personId, draft);
  });

const addLink = async (
  { db, at, actor, note }: StateWriter,
  kind: OneTimeLinkTable["kind"],
  personId: string | null,
  { codeHash, validMs }: LinkDraft,
): Promise<Instant> => {
  const expiresAt = instantOf(new Date(Date.parse(at) + validMs));
  await db
    .insertInto("oneTimeLinks")
    .values({ codeHash, kind, personId, createdBy: actor, createdAt: at, expiresAt })
    .execute();
  const subject = personId === null ? "set-up" : `person ${personId}`;
  note({ action: "link.created", subject, details: { kind, expiresAt } });
  return expiresAt;
};

/** @throws STATE_LINK_GONE for one that is unknown, was used or expired: which, is not told */
export const readOneTimeLink = (state: State, codeHash: string): Promise<OneTimeLink> =>
  state.read((db) => linkWithin(db, codeHash, instantOf(state.clock())));

const linkWithin = async (
  db: Transaction<StateTables>,
  codeHash: string,
  now: Instant,
): Promise<OneTimeLink> => {
  const row = await db
    .selectFrom("oneTimeLinks")
    .selectAll()
    .where("codeHash", "=", codeHash)
    .where("expiresAt", ">", now)
    .executeTakeFirst();
  if (row === undefined) throw linkGone();
  const { kind, expiresAt, personId } = row;
  if (personId === null && (await hasPeopleWithin(db))) throw linkGone();
  const person = personId === null ? undefined : await personWithin(db, personId);
  if (person?.status === "off") throw linkGone();
  return { kind, person, expiresAt };
};

export interface LinkUse {
  readonly codeHash: string;
  readonly passwordHash: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/**
 * Uses a link up: the first admin and a team that sees everything, an invited person's account, or a new password, after
 * which the person is signed in nowhere.
 * @returns the email address to sign in with
 * @throws STATE_LINK_GONE, STATE_INPUT_INVALID
 */
export const useOneTimeLink = (state: State, { codeHash, ...use }: LinkUse): Promise<string> =>
  state.write("one-time link", async (writer) => {
    const { db, at, note } = writer;
    const { kind, person } = await linkWithin(db, codeHash, at);
    const personId = person?.id ?? (await addFirstAdmin(writer, use));
    const { email, name } = await personWithin(db, personId);
    await db.deleteFrom("oneTimeLinks").where("codeHash", "=", codeHash).execute();
    if (kind === "invite" && use.name !== undefined && use.name !== name) {
      const chosen = checkText("person", "name", use.name);
      await db.updateTable("people").set({ name: chosen }).where("id", "=", personId).execute();
    }
    await db.deleteFrom("sessions").where("personId", "=", personId).execute();
    await db.deleteFrom("credentials").where("personId", "=", personId).execute();
    await db
      .insertInto("credentials")
      .values(credentialOf(personId, use.passwordHash, at))
      .execute();
    const action = kind === "reset" ? "person.password-reset" : "person.joined";
    note({ action, subject: `person ${personId}`, details: { email, kind } });
    return email;
  });

const addFirstAdmin = async (
  writer: StateWriter,
  { name, email }: Omit<LinkUse, "codeHash">,
): Promise<string> => {
  const field = name === undefined ? "name" : "email";
  if (name === undefined || email === undefined)
    throw stateErrors.create("STATE_INPUT_INVALID", {
      subject: "the first account",
      field,
      reason: "it is missing",
    });
  const teamId = await addTeamWithin(writer, { name: "Whole company", scope: null });
  return await addPersonWithin(writer, { name, email, role: "admin", teamIds: [teamId] });
};

const credentialOf = (personId: string, password: string, at: Instant) => ({
  id: `credential-${personId}`,
  accountId: personId,
  providerId: "credential",
  personId,
  password,
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
  scope: null,
  createdAt: at,
  updatedAt: at,
});

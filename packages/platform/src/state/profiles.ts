import type { State } from "./state.ts";

/** How a person reads numbers and moments; null: as their browser says. */
export interface Profile {
  readonly locale: string | null;
  readonly timeZone: string | null;
}

export const NO_PROFILE: Profile = { locale: null, timeZone: null };

/** Of somebody who never chose anything: nothing. */
export const readProfile = (state: State, personId: string): Promise<Profile> =>
  state.read(
    async (db) =>
      (await db
        .selectFrom("profiles")
        .select(["locale", "timeZone"])
        .where("personId", "=", personId)
        .executeTakeFirst()) ?? NO_PROFILE,
  );

export const writeProfile = (
  state: State,
  actor: string,
  { personId, locale, timeZone }: Profile & { readonly personId: string },
): Promise<Profile> =>
  state.write(actor, async ({ db, at, note }) => {
    const values = { locale, timeZone, updatedAt: at };
    await db
      .insertInto("profiles")
      .values({ personId, ...values })
      .onConflict((conflict) => conflict.column("personId").doUpdateSet(values))
      .execute();
    note({ action: "person.profile-changed", subject: `person ${personId}`, details: { locale, timeZone } });
    return { locale, timeZone };
  });

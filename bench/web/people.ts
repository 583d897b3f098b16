import { createHmac, randomBytes } from "node:crypto";
import { instantOf } from "@trimtab/domain";
import { cookieSecret } from "../../packages/platform/src/server/access/sign-in.ts";
import { invitePerson } from "../../packages/platform/src/state/one-time-links.ts";
import type { State } from "../../packages/platform/src/state/state.ts";
import { createTeam } from "../../packages/platform/src/state/teams.ts";

const DAY_MS = 24 * 3600_000;

/**
 * People of one team who see all charges, each signed in as the sign-in library would have done it: typing a password takes
 * a tenth of a second of hashing, on purpose. @returns a cookie for each
 */
export const signInPeople = async (state: State, count: number): Promise<readonly string[]> => {
  const secret = await cookieSecret(state);
  const team = await createTeam(state, "bench", { name: "Everybody", scope: null });
  const cookies: string[] = [];
  for (let number = 1; number <= count; number++) {
    const email = `person-${number}@example.com`;
    const { person } = await invitePerson(
      state,
      "bench",
      { email, name: `Person ${number}`, role: "analyst", teamIds: [team.id] },
      { codeHash: randomBytes(32).toString("hex"), validMs: DAY_MS },
    );
    const token = randomBytes(24).toString("base64url");
    await keepSession(state, person.id, token);
    const signature = createHmac("sha256", secret).update(token).digest("base64");
    cookies.push(`trimtab.session_token=${encodeURIComponent(`${token}.${signature}`)}`);
  }
  return cookies;
};

const keepSession = (state: State, personId: string, token: string): Promise<unknown> => {
  const now = state.clock();
  const at = instantOf(now);
  return state.db
    .insertInto("sessions")
    .values({
      id: randomBytes(16).toString("hex"),
      token,
      personId,
      ipAddress: null,
      userAgent: "bench",
      expiresAt: instantOf(new Date(now.getTime() + DAY_MS)),
      createdAt: at,
      updatedAt: at,
    })
    .execute();
};

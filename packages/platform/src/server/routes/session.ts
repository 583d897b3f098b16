import { hasPeople, readOneTimeLink, useOneTimeLink } from "../../state/one-time-links.ts";
import { readAccess } from "../../state/people.ts";
import { NO_PROFILE, readProfile, writeProfile } from "../../state/profiles.ts";
import { endSession, listSessions } from "../../state/sessions.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";
import { hashPassword } from "../access/passwords.ts";
import { PERMISSIONS, ROLES } from "../access/permissions.ts";
import { NOTHING, scopeText } from "../access/row-scope.ts";
import { hashCode } from "../access/secret-codes.ts";
import { PASSWORD_MIN_LENGTH } from "../access/sign-in.ts";
import type { RouteHandlers } from "../contract.ts";
import type { sessionContracts } from "../contracts/session.ts";

const whoIs = async (state: State, { kind, personId, actor }: Caller) => {
  const person = kind === "service" ? undefined : await readAccess(state, personId);
  return {
    name: person?.name ?? actor,
    ...(person === undefined ? {} : { email: person.email }),
    teams: (person?.teams ?? []).map(({ id, name }) => ({ id, name })),
    profile: person === undefined ? NO_PROFILE : await readProfile(state, personId),
  };
};

export const sessionHandlers = (state: State): RouteHandlers<typeof sessionContracts> => ({
  getMe: async ({ caller }) => {
    const { kind, personId, role, permissions, scope } = caller;
    return {
      kind,
      id: personId,
      ...(await whoIs(state, caller)),
      role,
      permissions: PERMISSIONS.filter((known) => permissions.has(known)),
      scope: {
        kind:
          scope === "unrestricted"
            ? ("all" as const)
            : scope === NOTHING
              ? ("none" as const)
              : ("some" as const),
        text: scopeText(scope),
      },
    };
  },
  setProfile: async ({ caller, body }) =>
    await writeProfile(state, caller.actor, { personId: caller.personId, ...body }),
  listSessions: async ({ caller }) => ({
    items: (await listSessions(state, caller.personId)).map((one) => ({
      ...one,
      isThis: one.id === caller.sessionId,
    })),
  }),
  endSession: async ({ caller, params }) => {
    await endSession(state, caller.actor, { id: params.id, personId: caller.personId });
    return null;
  },
  getSetup: async () => ({ needsSetup: !(await hasPeople(state)), passwordMinLength: PASSWORD_MIN_LENGTH }),
  readLink: async ({ body }) => {
    const { kind, person, expiresAt } = await readOneTimeLink(state, hashCode(body.code));
    const role = kind === "setup" ? "admin" : (ROLES.find((known) => known === person?.role) ?? "viewer");
    return {
      kind,
      ...(person === undefined ? {} : { email: person.email, name: person.name }),
      role,
      expiresAt,
    };
  },
  useLink: async ({ body }) => {
    const codeHash = hashCode(body.code);
    // A wrong code costs no password hash.
    await readOneTimeLink(state, codeHash);
    const passwordHash = await hashPassword(body.password);
    const { name, email } = body;
    return { email: await useOneTimeLink(state, { codeHash, passwordHash, name, email }) };
  },
});

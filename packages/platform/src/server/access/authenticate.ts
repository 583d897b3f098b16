import { instantOf } from "@trimtab/domain";
import { readTokenAccess } from "../../state/api-tokens.ts";
import { type PersonAccess, readAccess } from "../../state/people.ts";
import type { State } from "../../state/state.ts";
import { readTeamScopes } from "../../state/teams.ts";
import type { Caller } from "./caller.ts";
import { accessErrors } from "./errors.ts";
import { requireOwnOrigin } from "./own-origin.ts";
import { type Permission, ROLE_PERMISSIONS, ROLES, type Role } from "./permissions.ts";
import { type AccessRequest, headerOf } from "./request.ts";
import { scopeOf } from "./row-scope.ts";
import { hashCode, TOKEN_PREFIX } from "./secret-codes.ts";
import type { ServiceTokens } from "./service-tokens.ts";
import type { SignIn } from "./sign-in.ts";

const LONGEST_TOKEN = 8192;

export interface AuthenticateParts {
  readonly state: State;
  readonly signIn: Pick<SignIn, "sessionOf">;
  readonly services: ServiceTokens | undefined;
  readonly publicUrl: string | undefined;
}

/**
 * Who makes a request; undefined: nobody who is known. Role, teams and scope are read anew each time, so that what an
 * admin changes holds from the next request on. A header that names a token is never passed over for a cookie.
 * @throws ACCESS_CREDENTIALS_REFUSED, ACCESS_ORIGIN_REFUSED
 */
export const authenticate = async (
  parts: AuthenticateParts,
  request: AccessRequest,
): Promise<Caller | undefined> => {
  if (request.headers.authorization !== undefined) return await tokenCaller(parts, request);
  const cookie = headerOf(request, "cookie");
  if (cookie === undefined) return undefined;
  const session = await parts.signIn.sessionOf(cookie);
  if (session === undefined) return undefined;
  requireOwnOrigin(request, parts.publicUrl);
  const access = await readAccess(parts.state, session.personId);
  return access === undefined ? undefined : { ...personCaller(access), sessionId: session.sessionId };
};

const refused = () => accessErrors.create("ACCESS_CREDENTIALS_REFUSED");

const tokenCaller = async (
  { state, services }: AuthenticateParts,
  request: AccessRequest,
): Promise<Caller> => {
  const authorization = headerOf(request, "authorization") ?? "";
  const [, token = ""] = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization) ?? [];
  if (token === "" || token.length > LONGEST_TOKEN) throw refused();
  const now = state.clock();
  if (token.startsWith(TOKEN_PREFIX)) {
    const found = await readTokenAccess(state, hashCode(token), instantOf(now));
    if (found === undefined) throw refused();
    const owner = personCaller(found.owner);
    const permissions = new Set([...owner.permissions].filter((one) => found.permissions.includes(one)));
    return { ...owner, kind: "token", actor: `${owner.actor} (token ${found.name})`, permissions };
  }
  const service = await services?.verify(token, now);
  if (service === undefined) throw refused();
  const { role, permissions: some, teams } = service.grant;
  const permissions = new Set(
    ROLE_PERMISSIONS[role].filter((one) => some === undefined || some.includes(one)),
  );
  const scope = scopeOf(role, await readTeamScopes(state, teams));
  const name = `service:${service.name}`;
  return { kind: "service", personId: name, actor: name, role, permissions, scope };
};

/** A role that this version does not know has no permission and sees nothing. */
const personCaller = ({ id, email, role: text, teams }: PersonAccess): Caller => {
  const known = ROLES.find((role) => role === text);
  const role: Role = known ?? "viewer";
  const permissions = new Set<Permission>(known === undefined ? [] : ROLE_PERMISSIONS[known]);
  const scope = scopeOf(role, known === undefined ? [] : teams);
  return { kind: "person", personId: id, actor: email, role, permissions, scope };
};

/** The caller that a person is at this moment, for what is made for them while they are away: reports, alerts. */
export const callerOfPerson = async (state: State, personId: string): Promise<Caller | undefined> => {
  const access = await readAccess(state, personId);
  return access === undefined ? undefined : personCaller(access);
};

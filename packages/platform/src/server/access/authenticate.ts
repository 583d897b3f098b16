import { instantOf } from "@trimtab/domain";
import { readTokenAccess } from "../../state/api-tokens.ts";
import { type KeptReads, keepReads } from "../../state/kept-reads.ts";
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
  readonly callers: KeptCallers;
}

/** Who is behind a session or a token, and until when. */
interface KnownCaller {
  readonly caller: Caller;
  /** Whether the session or the token has run out. */
  isOver(): boolean;
}

/** Callers by what they show, until the state database changes. */
export type KeptCallers = KeptReads<KnownCaller | undefined>;

/** Nobody is never kept: whoever tries keys would push out everybody else. */
export const keepCallers = (state: State): KeptCallers =>
  keepReads(state, { isOver: (known) => known === undefined || known.isOver() });

/**
 * Who makes a request; undefined: nobody who is known. Role, teams and scope are kept until the state database changes, so
 * that what an admin changes holds from the next request on. A header that names a token is never passed over for a cookie.
 * @throws ACCESS_CREDENTIALS_REFUSED, ACCESS_ORIGIN_REFUSED
 */
export const authenticate = async (
  parts: AuthenticateParts,
  request: AccessRequest,
): Promise<Caller | undefined> => {
  if (request.headers.authorization !== undefined) return await tokenCaller(parts, request);
  const cookie = headerOf(request, "cookie");
  if (cookie === undefined) return undefined;
  const known = await parts.callers.get(`session ${hashCode(cookie)}`, () => sessionCaller(parts, cookie));
  if (known === undefined) return undefined;
  requireOwnOrigin(request, parts.publicUrl);
  return known.caller;
};

const sessionCaller = async (
  { state, signIn }: AuthenticateParts,
  cookie: string,
): Promise<KnownCaller | undefined> => {
  const session = await signIn.sessionOf(cookie);
  if (session === undefined) return undefined;
  const { personId, sessionId, expiresAt } = session;
  const access = await readAccess(state, personId);
  if (access === undefined) return undefined;
  // The library's sessions end by the machine's clock.
  return { caller: { ...personCaller(access), sessionId }, isOver: () => Date.now() >= expiresAt.getTime() };
};

const refused = () => accessErrors.create("ACCESS_CREDENTIALS_REFUSED");

const tokenCaller = async (parts: AuthenticateParts, request: AccessRequest): Promise<Caller> => {
  const { state, services, callers } = parts;
  const authorization = headerOf(request, "authorization") ?? "";
  const [, token = ""] = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization) ?? [];
  if (token === "" || token.length > LONGEST_TOKEN) throw refused();
  const now = state.clock();
  if (token.startsWith(TOKEN_PREFIX)) {
    const hash = hashCode(token);
    const known = await callers.get(`token ${hash}`, () => apiTokenCaller(state, hash));
    if (known === undefined) throw refused();
    return known.caller;
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

const apiTokenCaller = async (state: State, hash: string): Promise<KnownCaller | undefined> => {
  const found = await readTokenAccess(state, hash, instantOf(state.clock()));
  if (found === undefined) return undefined;
  const owner = personCaller(found.owner);
  const permissions = new Set([...owner.permissions].filter((one) => found.permissions.includes(one)));
  return {
    caller: { ...owner, kind: "token", actor: `${owner.actor} (token ${found.name})`, permissions },
    isOver: () => state.clock().getTime() >= Date.parse(found.expiresAt),
  };
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

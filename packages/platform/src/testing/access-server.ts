import Fastify, { type FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import { type Access, openAccess } from "../server/access/access.ts";
import { hashPassword } from "../server/access/passwords.ts";
import { hashCode, newLinkCode } from "../server/access/secret-codes.ts";
import { invitePerson, useOneTimeLink } from "../state/one-time-links.ts";
import { findPersonByEmail, type Person } from "../state/people.ts";
import type { State } from "../state/state.ts";

export const PASSWORD = "correct horse battery";
export const HOST = "costs.example.com";
export const OWN = { host: HOST, origin: `http://${HOST}` };

/** A server that tells whoever asks who they are. */
export interface AccessServer {
  readonly state: State;
  readonly access: Access;
  readonly app: FastifyInstance;
  /** Moves the clock, which stands still otherwise; the sign-in library has the machine's own. */
  wait(ms: number): void;
}

/** Signing in and `/whoami`, over a state database of the test. */
export const serverOn = async (
  open: (options: { now: () => Date }) => Promise<State>,
  publicUrl?: string,
): Promise<AccessServer> => {
  const begunAt = Date.now();
  let offset = 0;
  const state = await open({ now: () => new Date(begunAt + offset) });
  const access = await openAccess({ state, publicUrl });
  const app = Fastify({ trustProxy: false });
  app.setErrorHandler((error, _request, reply) => {
    const { code, status, message } = error as Error & { code?: string; status?: number };
    return reply.status(status ?? 500).send({ code, message });
  });
  access.addRoutes(app);
  app.all("/whoami", async (request) => {
    const caller = await access.authenticate(request);
    return caller === undefined ? { nobody: true } : { ...caller, permissions: [...caller.permissions] };
  });
  onTestFinished(() => app.close());
  const wait = (ms: number): void => {
    offset += ms;
  };
  return { state, access, app, wait };
};

/** The first admin, by the link that the server prints. */
export const setUp = async ({ state, access }: AccessServer, email = "anna@example.com"): Promise<Person> => {
  const path = (await access.setupPath()) ?? "";
  const codeHash = hashCode(path.replace("/welcome#", ""));
  await useOneTimeLink(state, { codeHash, passwordHash: await hashPassword(PASSWORD), name: "Anna", email });
  return (await findPersonByEmail(state, email)) as Person;
};

export const invite = async (
  state: State,
  email: string,
  role = "viewer",
  teamIds: readonly string[] = [],
): Promise<Person> => {
  const { code, hash } = newLinkCode();
  await invitePerson(
    state,
    "anna@example.com",
    { email, name: email, role, teamIds },
    { codeHash: hash, validMs: 60_000 },
  );
  await useOneTimeLink(state, { codeHash: hashCode(code), passwordHash: await hashPassword(PASSWORD) });
  return (await findPersonByEmail(state, email)) as Person;
};

export const signIn = ({ app }: AccessServer, email: string, password = PASSWORD, extra: object = {}) =>
  app.inject({
    method: "POST",
    url: "/api/auth/sign-in/email",
    headers: { ...OWN, ...(extra as Record<string, string>) },
    payload: { email, password },
  });

export const cookieOf = (answer: { readonly cookies: readonly { name: string; value: string }[] }): string =>
  answer.cookies
    .filter(({ value }) => value !== "")
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join("; ");

export const whoAmI = async (
  { app }: AccessServer,
  headers: Record<string, string>,
  method: "GET" | "POST" = "GET",
) => app.inject({ method, url: "/whoami", headers: { host: HOST, ...headers } });

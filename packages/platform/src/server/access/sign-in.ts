import { hkdfSync, randomUUID } from "node:crypto";
import type { State } from "../../state/state.ts";
import { originOf } from "./own-origin.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import type { AccessRequest } from "./request.ts";

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 200;
const SESSION_DAYS = 7;
const DAY_S = 86_400;
/** Carries the client's address to the library; what a client sends under this name never reaches it. */
const ADDRESS_HEADER = "x-trimtab-client";

/** A person, and the session that shows it. */
export interface SignedIn {
  readonly personId: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

/** What this server uses of its sign-in library. */
export interface SignIn {
  /** Passes a call of the library's own on; undefined body: none. */
  call(request: AccessRequest, path: string, body?: Readonly<Record<string, unknown>>): Promise<Response>;
  /** Who is signed in by the request's cookie, by which session, and until when. */
  sessionOf(cookie: string): Promise<SignedIn | undefined>;
}

export interface SignInOptions {
  readonly state: State;
  /** Origin that people use, if it is configured. */
  readonly publicUrl?: string | undefined;
}

/** Signs cookies; of nothing else, and it changes with the key for secrets. */
export const cookieSecret = async ({ keys }: Pick<State, "keys">): Promise<string> => {
  const { bytes } = await keys.current();
  return Buffer.from(hkdfSync("sha256", bytes, "", "trimtab sessions", 32)).toString("base64");
};

/**
 * Sessions and passwords by `better-auth`, on tables that our own migration made. Accounts come from invitations only:
 * there is no signing up, and no other call of the library is reachable than those that `routes` names.
 */
export const openSignIn = async ({ state, publicUrl }: SignInOptions): Promise<SignIn> => {
  const { betterAuth } = await import("better-auth");
  const auth = betterAuth({
    appName: "Trimtab",
    secret: await cookieSecret(state),
    basePath: "/api/auth",
    ...(publicUrl === undefined ? {} : { baseURL: publicUrl }),
    // Moments as texts and flags as 0 and 1 suit both databases, whichever it is.
    database: { db: state.db, type: "sqlite", transaction: true },
    user: { modelName: "people" },
    session: {
      modelName: "sessions",
      fields: { userId: "personId" },
      expiresIn: SESSION_DAYS * DAY_S,
      updateAge: DAY_S,
    },
    account: { modelName: "credentials", fields: { userId: "personId" } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: PASSWORD_MAX_LENGTH,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    // Counted by ourselves, by address and by account, in the database: see sign-in-limits.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: "trimtab",
      useSecureCookies: publicUrl?.startsWith("https://") ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => randomUUID(), validateSchema: false },
    },
  });
  return {
    call: (request, path, body) => auth.handler(libraryRequest(request, publicUrl, path, body)),
    sessionOf: async (cookie) => {
      const headers = new Headers({ cookie });
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
      if (found === null) return undefined;
      const { id, expiresAt } = found.session;
      return { personId: found.user.id, sessionId: id, expiresAt: new Date(expiresAt) };
    },
  };
};

/** Only what the library is to know of a request; that it comes from our own pages was checked before. */
const libraryRequest = (
  request: AccessRequest,
  publicUrl: string | undefined,
  path: string,
  body: Readonly<Record<string, unknown>> | undefined,
): Request => {
  const origin = originOf(request, publicUrl);
  const headers = new Headers({ origin, [ADDRESS_HEADER]: request.ip });
  for (const name of ["cookie", "user-agent"]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const url = `${origin}/api/auth${path}`;
  if (body === undefined) return new Request(url, { headers });
  headers.set("content-type", "application/json");
  return new Request(url, { method: "POST", headers, body: JSON.stringify(body) });
};

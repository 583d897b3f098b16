import type { FastifyInstance, FastifyRequest } from "fastify";
import { makeSetupLink } from "../../state/one-time-links.ts";
import type { State } from "../../state/state.ts";
import { accessRequestOf, addAuthRoutes } from "./auth-routes.ts";
import { authenticate, type KeptCallers, keepCallers } from "./authenticate.ts";
import type { Caller } from "./caller.ts";
import { readPublicUrl } from "./own-origin.ts";
import { linkPath, newLinkCode } from "./secret-codes.ts";
import { openServiceTokens } from "./service-tokens.ts";
import { readServicesFile } from "./services-file.ts";
import { openSignIn, type SignIn } from "./sign-in.ts";

/** How long the first admin has to use the link that the server prints when it starts. */
const SETUP_VALID_MS = 24 * 3600_000;

export interface AccessOptions {
  readonly state: State;
  /** The address that people use, where it is not what requests say: behind a proxy that ends TLS. */
  readonly publicUrl?: string | undefined;
  /** File of services that may call with tokens of their own issuers. */
  readonly servicesFile?: string | undefined;
}

/** Who may, as the server uses it. */
export interface Access {
  /** Who makes a request; undefined: nobody who is known. @throws ACCESS_CREDENTIALS_REFUSED, ACCESS_ORIGIN_REFUSED */
  authenticate(request: FastifyRequest): Promise<Caller | undefined>;
  /** Signing in and out. */
  addRoutes(app: FastifyInstance): void;
  /** Path of a link for the first admin, as long as there is nobody; each call ends the link of the one before. */
  setupPath(): Promise<string | undefined>;
}

/** @throws ACCESS_URL_INVALID, ACCESS_SERVICES_INVALID, STATE_KEY_* */
export const openAccess = async (options: AccessOptions): Promise<Access> => {
  const { state, servicesFile } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : readPublicUrl(options.publicUrl);
  const callers = keepCallers(state);
  const signIn = forgetting(await openSignIn({ state, publicUrl }), callers);
  const services =
    servicesFile === undefined ? undefined : await openServiceTokens(await readServicesFile(servicesFile));
  const parts = { state, signIn, services, publicUrl, callers };
  return {
    authenticate: (request) => authenticate(parts, accessRequestOf(request)),
    addRoutes: (app) => addAuthRoutes(app, parts),
    setupPath: async () => {
      const { code, hash } = newLinkCode();
      const draft = { codeHash: hash, validMs: SETUP_VALID_MS };
      const expiresAt = await makeSetupLink(state, "server start", draft);
      return expiresAt === undefined ? undefined : linkPath(code);
    },
  };
};

/** The library writes by itself: whoever signs out, or ends other sessions, must be nobody from then on. */
const forgetting = (signIn: SignIn, callers: KeptCallers): SignIn => ({
  ...signIn,
  call: async (...given) => {
    try {
      return await signIn.call(...given);
    } finally {
      callers.forget();
    }
  },
});

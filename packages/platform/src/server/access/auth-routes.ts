import { TrimtabError } from "@trimtab/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { recordNote } from "../../state/audit.ts";
import { findPersonByEmail, noteSignIn } from "../../state/people.ts";
import { serverErrors } from "../errors.ts";
import { type AuthenticateParts, authenticate } from "./authenticate.ts";
import type { Caller } from "./caller.ts";
import { accessErrors } from "./errors.ts";
import { requireOwnOrigin } from "./own-origin.ts";
import type { AccessRequest } from "./request.ts";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, type SignIn } from "./sign-in.ts";
import { countSignIn, signedIn } from "./sign-in-limits.ts";

export interface AuthRoutesParts extends AuthenticateParts {
  readonly signIn: SignIn;
}

const password = z.string().min(1).max(PASSWORD_MAX_LENGTH);
const signInBody = z.strictObject({
  email: z.email().max(254),
  password,
  /** False: the cookie ends with the browser. */
  rememberMe: z.boolean().default(true),
});
const newPasswordBody = z.strictObject({ currentPassword: password, newPassword: z.string() });

/** Nobody's address, which takes as long to refuse as anybody's. */
const NOBODY = "nobody@invalid.example";

/**
 * The few calls about one's own session, which set cookies: `POST /api/auth/sign-in/email`, `/sign-out`, `/sign-out-elsewhere`,
 * `/password`, and `GET /api/auth/session`, which keeps a session that is used from running out. Each answers
 * `{"ok": true}`: nothing of a session is ever in a body.
 */
export const addAuthRoutes = (app: FastifyInstance, parts: AuthRoutesParts): void => {
  const answers: readonly (readonly ["GET" | "POST", string, Answer])[] = [
    ["POST", "sign-in/email", answerSignIn],
    ["POST", "sign-out", answerSignOut],
    ["POST", "sign-out-elsewhere", answerSignOutElsewhere],
    ["POST", "password", answerPassword],
    ["GET", "session", answerSession],
  ];
  for (const [method, name, answer] of answers)
    app.route({
      method,
      url: `/api/auth/${name}`,
      bodyLimit: 16_384,
      handler: async (request, reply) => {
        const asked = accessRequestOf(request);
        // Also where nobody is signed in yet: else another site could sign a visitor in as somebody else.
        requireOwnOrigin(asked, parts.publicUrl);
        passOn(await answer(parts, asked, request.body).catch((error) => sayWhen(error, reply)), reply);
        return { ok: true };
      },
    });
};

type Answer = (parts: AuthRoutesParts, request: AccessRequest, body: unknown) => Promise<Response>;

/** What of Fastify's request decides who makes it. */
export const accessRequestOf = ({ method, headers, host, protocol, ip }: FastifyRequest): AccessRequest => ({
  method,
  headers,
  host,
  protocol,
  ip,
});

/** Who has to wait is told how long by the header, too. */
const sayWhen = (error: unknown, reply: FastifyReply): never => {
  if (error instanceof TrimtabError && error.code === "ACCESS_TOO_MANY_ATTEMPTS")
    reply.header("retry-after", String(error.details.seconds));
  throw error;
};

const passOn = (answer: Response, reply: FastifyReply): void => {
  reply.header("cache-control", "no-store");
  for (const cookie of answer.headers.getSetCookie()) reply.header("set-cookie", cookie);
};

const answerSignIn: Answer = async (parts, request, given) => {
  const { state, signIn } = parts;
  const body = signInBody.safeParse(given);
  if (!body.success) throw accessErrors.create("ACCESS_SIGN_IN_FAILED");
  const email = body.data.email.toLowerCase();
  await countSignIn(state, email, request.ip);
  const person = await findPersonByEmail(state, email);
  const isActive = person?.status === "active";
  const answer = await signIn.call(request, "/sign-in/email", {
    ...body.data,
    email: isActive ? email : NOBODY,
  });
  if (person === undefined || !isActive || !answer.ok) {
    // What was typed is not kept: it may be a password in the wrong field.
    const subject = person === undefined ? "an unknown account" : `person ${person.id}`;
    const details = { address: request.ip };
    await recordNote(state, "nobody", { action: "sign-in.failed", subject, details });
    throw accessErrors.create("ACCESS_SIGN_IN_FAILED");
  }
  await signedIn(state, email);
  await noteSignIn(state, person, request.ip);
  return answer;
};

const answerSignOut: Answer = async (parts, request) => {
  const caller = await authenticate(parts, request);
  if (caller?.kind === "person") await note(parts, caller, "person.signed-out");
  return await parts.signIn.call(request, "/sign-out", {});
};

const answerSignOutElsewhere: Answer = async (parts, request) => {
  const caller = await requirePerson(parts, request);
  const answer = await parts.signIn.call(request, "/revoke-other-sessions", {});
  await note(parts, caller, "person.signed-out-elsewhere");
  return answer;
};

/** Every other session of the person ends, and this one gets a new cookie. */
const answerPassword: Answer = async (parts, request, given) => {
  const { state, signIn } = parts;
  const caller = await requirePerson(parts, request);
  const body = newPasswordBody.safeParse(given);
  if (!body.success) throw accessErrors.create("ACCESS_SIGN_IN_FAILED");
  const { length } = body.data.newPassword;
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH)
    throw accessErrors.create("ACCESS_PASSWORD_REFUSED", {
      min: PASSWORD_MIN_LENGTH,
      max: PASSWORD_MAX_LENGTH,
    });
  await countSignIn(state, caller.actor, request.ip);
  const answer = await signIn.call(request, "/change-password", { ...body.data, revokeOtherSessions: true });
  if (!answer.ok) throw accessErrors.create("ACCESS_SIGN_IN_FAILED");
  await signedIn(state, caller.actor);
  await note(parts, caller, "person.password-changed");
  return answer;
};

const answerSession: Answer = async (parts, request) => {
  await requirePerson(parts, request);
  return await parts.signIn.call(request, "/get-session");
};

const requirePerson = async (parts: AuthRoutesParts, request: AccessRequest): Promise<Caller> => {
  const caller = await authenticate(parts, request);
  if (caller === undefined) throw serverErrors.create("SERVER_NOT_SIGNED_IN");
  if (caller.kind !== "person") throw accessErrors.create("ACCESS_PERSONS_ONLY");
  return caller;
};

const note = ({ state }: AuthRoutesParts, { actor, personId }: Caller, action: string): Promise<void> =>
  recordNote(state, actor, { action, subject: `person ${personId}` });

import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import {
  email,
  id,
  instant,
  label,
  linkCode,
  named,
  newPassword,
  permission,
  role,
} from "./access-shapes.ts";

const me = z.strictObject({
  kind: z.enum(["person", "token", "service"]),
  id,
  name: z.string(),
  email: email.optional(),
  role,
  permissions: z.array(permission),
  teams: z.array(named),
  /** Whether all charges are seen, some or none, and which, in words. */
  scope: z.strictObject({ kind: z.enum(["all", "some", "none"]), text: z.string() }),
  profile: z.strictObject({ locale: z.string().nullable(), timeZone: z.string().nullable() }),
});

const isLocale = (text: string): boolean => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(text).length > 0;
  } catch {
    return false;
  }
};

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

/** Null: as the browser says. */
const profile = z.strictObject({
  locale: z.string().max(35).refine(isLocale, "a language and region such as en-GB").nullable(),
  timeZone: z.string().max(60).refine(isTimeZone, "a time zone such as Europe/Berlin").nullable(),
});

/** A browser that one is signed in with; nothing in it lets anybody sign in. */
const session = z.strictObject({
  id,
  address: z.string().nullable(),
  /** As the browser names itself. */
  browser: z.string().nullable(),
  since: instant,
  expiresAt: instant,
  isThis: z.boolean(),
});

/** Signing in and out, passwords and sessions are answered by `/api/auth/*`: see docs/guides/access.md. */
export const sessionContracts = defineRoutes({
  getMe: {
    method: "GET",
    path: "/api/v1/me",
    summary: "Who is asking, what they may do and which charges they see",
    tag: "Access",
    access: "read",
    scope: "none",
    response: me,
  },
  setProfile: {
    method: "PUT",
    path: "/api/v1/me/profile",
    summary: "Language and time zone in which one reads numbers and moments",
    tag: "Access",
    access: "read",
    scope: "none",
    personsOnly: true,
    body: profile,
    response: profile,
  },
  listSessions: {
    method: "GET",
    path: "/api/v1/me/sessions",
    summary: "The browsers that one is signed in with, the newest first",
    tag: "Access",
    access: "read",
    scope: "none",
    personsOnly: true,
    response: z.strictObject({ items: z.array(session) }),
  },
  endSession: {
    method: "DELETE",
    path: "/api/v1/me/sessions/:id",
    summary: "Signs one of one's own browsers out",
    tag: "Access",
    access: "read",
    scope: "none",
    personsOnly: true,
    params: z.object({ id }),
    response: z.null(),
    status: 204,
  },
  getSetup: {
    method: "GET",
    path: "/api/v1/setup",
    summary: "Whether anybody can sign in yet, or the one-time link has to be used first",
    tag: "Access",
    access: "public",
    scope: "none",
    response: z.strictObject({ needsSetup: z.boolean(), passwordMinLength: z.int() }),
  },
  readLink: {
    method: "POST",
    path: "/api/v1/links/read",
    summary: "What a one-time link is for; it stays usable",
    tag: "Access",
    access: "public",
    scope: "none",
    body: z.strictObject({ code: linkCode }),
    response: z.strictObject({
      kind: z.enum(["setup", "invite", "reset"]),
      /** Whom it was made for; absent: the first person chooses it. */
      email: email.optional(),
      name: z.string().optional(),
      role,
      expiresAt: instant,
    }),
  },
  useLink: {
    method: "POST",
    path: "/api/v1/links/use",
    summary: "Makes the account, or sets the new password, that a one-time link is for; then sign in",
    tag: "Access",
    access: "public",
    scope: "none",
    body: z.strictObject({
      code: linkCode,
      password: newPassword,
      /** Of a new account. */
      name: label.optional(),
      /** Of the first account; others have the one that they were invited by. */
      email: email.optional(),
    }),
    response: z.strictObject({ email }),
  },
});

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

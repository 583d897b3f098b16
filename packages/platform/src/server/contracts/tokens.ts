import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { id, instant, label, named, permission } from "./access-shapes.ts";

const token = z.strictObject({
  id,
  name: z.string(),
  owner: named,
  /** Its first characters, to tell it by. */
  prefix: z.string(),
  /** What it was made for; what it may do is never more than its owner may at that moment. */
  permissions: z.array(permission),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

export const tokensContracts = defineRoutes({
  listTokens: {
    method: "GET",
    path: "/api/v1/tokens",
    summary: "One's own tokens; with `all`, those of everybody, which needs the permission `administer`",
    tag: "Tokens",
    access: "read",
    scope: "none",
    query: z.object({ all: z.stringbool().optional() }),
    response: z.strictObject({ items: z.array(token) }),
  },
  createToken: {
    method: "POST",
    path: "/api/v1/tokens",
    summary: "A token for a program that acts for the person who makes it; shown once",
    tag: "Tokens",
    access: "read",
    scope: "none",
    personsOnly: true,
    body: z.strictObject({
      name: label,
      permissions: z.array(permission).min(1),
      /** At most a year ahead. */
      expiresAt: instant,
    }),
    response: z.strictObject({ token, secret: z.string() }),
    status: 201,
  },
  revokeToken: {
    method: "DELETE",
    path: "/api/v1/tokens/:id",
    summary: "Ends a token at once: one's own, or with `administer` anybody's",
    tag: "Tokens",
    access: "read",
    scope: "none",
    personsOnly: true,
    params: z.object({ id }),
    response: z.null(),
    status: 204,
  },
});

// The page of who may do what: one row a route, from the API's contracts.
import { ROLE_PERMISSIONS, ROLES } from "../packages/platform/src/server/access/permissions.ts";
import { api } from "../packages/platform/src/server/api.ts";
import type { RouteContract } from "../packages/platform/src/server/contract.ts";

export const ACCESS_HEADER: readonly string[] = ["Route", "Permission", ...ROLES, "Tokens", "Row scope"];

/** Paragraphs and tables by tag of the API. */
export const accessSections = (
  table: (header: readonly string[], rows: readonly (readonly string[])[]) => string,
): readonly string[] => [
  "Which role may call which route, read from the API's contracts; a test calls every route as every role, as a token and as a service, with and without a row scope, and compares. What roles, scopes and tokens are is told in [Who may do what](../guides/access.md).",
  "**Tokens**: `no` where only somebody who is signed in may; else a token or a service needs the permission, too. **Row scope**: `sees its rows` where whoever has a row scope is answered within it, `refused` where the answer speaks of all charges, `not asked` where it speaks of none.",
  ...[...Map.groupBy(Object.values<RouteContract>(api), ({ tag }) => tag)].flatMap(([tag, routes]) => [
    `## ${tag}`,
    table(ACCESS_HEADER, routes.map(rowOf)),
  ]),
];

const SCOPES = {
  query: "sees its rows",
  rows: "sees its rows",
  unrestricted: "refused",
  none: "not asked",
} as const;

const rowOf = ({ method, path, access, scope, personsOnly }: RouteContract): readonly string[] => [
  `\`${method} ${path}\``,
  access === "public" ? "none, without signing in" : access,
  ...ROLES.map((role) => (access === "public" || ROLE_PERMISSIONS[role].includes(access) ? "yes" : "no")),
  personsOnly === true ? "no" : "yes",
  SCOPES[scope],
];

import { readFileSync } from "node:fs";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "../../packages/platform/src/query/types.ts";
import type { Caller } from "../../packages/platform/src/server/access/caller.ts";
import {
  PERMISSIONS,
  type Permission,
  ROLE_PERMISSIONS,
  ROLES,
  type Role,
} from "../../packages/platform/src/server/access/permissions.ts";
import { NOTHING } from "../../packages/platform/src/server/access/row-scope.ts";
import { api } from "../../packages/platform/src/server/api.ts";
import type { RouteContract, RouteContracts } from "../../packages/platform/src/server/contract.ts";
import { toProblem } from "../../packages/platform/src/server/problem.ts";
import { registerRoutes } from "../../packages/platform/src/server/register-routes.ts";

/**
 * The whole matrix: every route of the API, called as every role, as a person, a token and a service, with and without a
 * row scope, against the table in the repository. Handlers only say that they were reached.
 */

interface Row {
  readonly permission: string;
  readonly roles: ReadonlySet<string>;
  readonly tokens: boolean;
  readonly rowScope: string;
}

const page = readFileSync(join(import.meta.dirname, "../../docs/reference/access.md"), "utf8");
const rows: ReadonlyMap<string, Row> = new Map(
  page
    .split("\n")
    .filter((line) => /^\| `(GET|POST|PUT|PATCH|DELETE) /.test(line))
    .map((line): [string, Row] => {
      const [route = "", permission = "", ...cells] = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      const roles = new Set(ROLES.filter((_, index) => cells[index] === "yes"));
      const [tokens, rowScope = ""] = cells.slice(ROLES.length);
      return [route.replaceAll("`", ""), { permission, roles, tokens: tokens === "yes", rowScope }];
    }),
);

const SOME: Scope = { dimension: "SubAccountId", op: "=", value: "acme" };
const SCOPES = { unrestricted: "unrestricted", some: SOME, nothing: NOTHING } as const;
const KINDS = ["person", "token", "service"] as const;

let app: FastifyInstance;
let current: Caller | undefined;
beforeAll(async () => {
  app = Fastify();
  app.decorateRequest("caller", undefined);
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.id);
    return reply.code(problem.status).send(problem);
  });
  const reached = async () => ({ reached: true });
  const handlers = Object.fromEntries(Object.keys(api).map((name) => [name, reached]));
  registerRoutes(app, api as RouteContracts, handlers, {
    authenticate: async () => current,
    checkAnswers: false,
  });
  await app.ready();
});
afterAll(() => app.close());

/** Whether a call got past who may; what it then says of its input does not matter here. */
const statusFor = async ({ method, path }: RouteContract, caller: Caller | undefined): Promise<number> => {
  current = caller;
  const url = path.replace(/:\w+/g, "x");
  const answer = await app.inject({ method, url, ...(method === "GET" ? {} : { payload: {} }) });
  return answer.statusCode;
};

const callerOf = (
  role: Role,
  kind: Caller["kind"],
  scope: Scope,
  permissions: readonly Permission[] = ROLE_PERMISSIONS[role],
): Caller => ({
  kind,
  personId: "p",
  actor: "p@example.com",
  role,
  permissions: new Set(permissions),
  scope,
});

const routes = Object.values<RouteContract>(api).map(
  (route) => [`${route.method} ${route.path}`, route] as const,
);

describe("who may do what", () => {
  it("the table has every route of the API, and no other", () => {
    expect([...rows.keys()].toSorted()).toEqual(routes.map(([name]) => name).toSorted());
    expect(new Set(routes.map(([name]) => name)).size).toBe(routes.length);
  });

  it.each(routes)("%s", async (name, route) => {
    const row = rows.get(name) as Row;
    const isPublic = row.permission.startsWith("none");
    const nobody = await statusFor(route, undefined);
    if (isPublic) expect([401, 403]).not.toContain(nobody);
    else expect(nobody).toBe(401);
    for (const role of ROLES)
      for (const kind of KINDS)
        for (const [scopeName, scope] of Object.entries(SCOPES)) {
          const isAllowed =
            isPublic ||
            (row.roles.has(role) &&
              (kind === "person" || row.tokens) &&
              (scopeName === "unrestricted" || row.rowScope !== "refused"));
          const status = await statusFor(route, callerOf(role, kind, scope));
          const who = `${role}, ${kind}, ${scopeName}`;
          if (isAllowed) expect([401, 403], who).not.toContain(status);
          else expect(status, who).toBe(403);
        }
    // A token has fewer permissions than its owner's role: each one alone opens only what asks for it.
    for (const permission of PERMISSIONS) {
      const status = await statusFor(route, callerOf("admin", "token", "unrestricted", [permission]));
      const isAllowed = isPublic || (row.permission === permission && row.tokens);
      expect([401, 403].includes(status), `token for ${permission}`).toBe(!isAllowed);
    }
  });

  it("what gives out access, or tells who did what, is for admins who see everything, and not for tokens", () => {
    for (const [name, route] of routes) {
      if (route.access !== "administer" || !/people|teams|audit/.test(route.path)) continue;
      expect(route.scope, name).toBe("unrestricted");
      if (route.method !== "GET" && /people|teams/.test(route.path))
        expect(route.personsOnly, name).toBe(true);
    }
  });

  it("no route that is public changes anything but by a one-time link, or tells of charges: of the server, its name and colours", () => {
    const open = routes.filter(([, { access }]) => access === "public").map(([name]) => name);
    expect(open.toSorted()).toEqual([
      "GET /api/v1/branding",
      "GET /api/v1/health",
      "GET /api/v1/openapi.json",
      "GET /api/v1/ready",
      "GET /api/v1/setup",
      "POST /api/v1/links/read",
      "POST /api/v1/links/use",
    ]);
  });
});

import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { openTestServer } from "../testing/test-server.ts";
import { api } from "./api.ts";

/** What of a JSON Schema names another place. */
const refsOf = (value: unknown): readonly string[] => {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "$ref" && typeof item === "string" ? [item] : refsOf(item),
  );
};

describe("OpenAPI", () => {
  it("names every route that is served, and the server serves every route that it names", async () => {
    const { app } = await openTestServer();
    const { openapi, paths } = (await app.inject({ method: "GET", url: "/api/v1/openapi.json" })).json();
    expect(openapi).toBe("3.1.0");
    const named = Object.entries(paths as Record<string, object>)
      .flatMap(([path, operations]) =>
        Object.keys(operations).map(
          (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`,
        ),
      )
      .toSorted();
    const contracts = Object.values(api);
    expect(named).toEqual(contracts.map(({ method, path }) => `${method} ${path}`).toSorted());
    for (const { method, path } of contracts) expect(app.hasRoute({ method, url: path })).toBe(true);
  });

  it("is valid as OpenAPI's own schema judges", async () => {
    const { app } = await openTestServer();
    const { body } = await app.inject({ method: "GET", url: "/api/v1/openapi.json" });
    const { valid, errors } = await new Validator().validate(JSON.parse(body));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it("says of every operation who may, what it takes and what it answers", async () => {
    const { app } = await openTestServer();
    const document = (await app.inject({ method: "GET", url: "/api/v1/openapi.json" })).json();
    for (const [path, operations] of Object.entries<Record<string, never>>(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const [method, operation] of Object.entries<OperationObject>(operations)) {
        const where = `${method} ${path}`;
        expect(operation.operationId, where).toMatch(/^[a-z]\w+$/);
        expect(operation.summary, where).toMatch(/^[A-Z]/);
        expect(operation["x-permission"], where).toEqual(expect.any(String));
        const parameters = operation.parameters ?? [];
        expect(
          parameters.filter((one) => one.in === "path").map(({ name }) => name),
          where,
        ).toEqual(inPath);
        expect(Object.keys(operation.responses).length, where).toBeGreaterThan(1);
      }
    }
    for (const ref of refsOf(document)) expect(resolves(document, ref), ref).toBe(true);
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(["Filter", "Problem"]));
  });
});

interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly "x-permission": string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: object;
}

const resolves = (document: unknown, ref: string): boolean => {
  let at: unknown = document;
  for (const step of ref.slice(2).split("/"))
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return at !== undefined;
};

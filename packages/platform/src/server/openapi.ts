import { createHash } from "node:crypto";
import { z } from "zod";
import type { RouteContract, RouteContracts } from "./contract.ts";
import { problemSchema } from "./contracts/common.ts";

type Json = { readonly [key: string]: unknown };

/** OpenAPI 3.1 of the contracts; JSON Schema is zod's own, which is the 2020-12 that OpenAPI 3.1 takes. */
export const openApiOf = (
  contracts: RouteContracts,
  version: string,
): Json & { readonly openapi: string } => {
  const schemas: Record<string, Json> = {};
  const schemaOf: SchemaOf = (schema, io) => hoisted(jsonSchemaOf(schema, io), schemas);
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, contract] of Object.entries(contracts)) {
    const path = contract.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operationOf(name, contract, schemaOf) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Trimtab",
      version,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description:
        "Amounts are decimal texts with their currency, instants UTC in ISO 8601. Errors are problem details (RFC 9457) with a permanent `code`.",
    },
    servers: [{ url: "/" }],
    tags: [...new Set(Object.values(contracts).map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "session",
          description: "Of a browser that is signed in; its name differs with the server's address.",
        },
        token: { type: "http", scheme: "bearer", description: "An API token, or a service's JWT." },
      },
      schemas: { ...schemas, Problem: schemaOf(problemSchema, "output") },
    },
  };
};

type SchemaOf = (schema: z.ZodType, io: "input" | "output") => Json;

const operationOf = (name: string, contract: RouteContract, schemaOf: SchemaOf): Json => {
  const { summary, tag, access, scope, body, upload, params, query, status = 200 } = contract;
  const isPublic = access === "public";
  return {
    operationId: name,
    summary,
    tags: [tag],
    ...(isPublic ? { security: [] } : { security: [{ session: [] }, { token: [] }] }),
    "x-permission": access,
    "x-scope": scope,
    ...parametersOf(params, query, schemaOf),
    ...(body === undefined ? {} : { requestBody: jsonBody(body, schemaOf) }),
    ...(upload === true
      ? { requestBody: { required: true, content: { "application/octet-stream": { schema: {} } } } }
      : {}),
    responses: {
      [String(status)]: answerOf(contract, status, schemaOf),
      default: {
        description: "What went wrong, and what to do",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
};

const parametersOf = (
  params: z.ZodObject | undefined,
  query: z.ZodObject | undefined,
  schemaOf: SchemaOf,
): Json => {
  const parameters = [...parametersIn("path", params, schemaOf), ...parametersIn("query", query, schemaOf)];
  return parameters.length === 0 ? {} : { parameters };
};

const parametersIn = (
  place: "path" | "query",
  schema: z.ZodObject | undefined,
  schemaOf: SchemaOf,
): readonly Json[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, own]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: own,
  }));
};

const jsonBody = (body: z.ZodType, schemaOf: SchemaOf): Json => ({
  required: true,
  content: { "application/json": { schema: schemaOf(body, "input") } },
});

const answerOf = ({ response, produces }: RouteContract, status: number, schemaOf: SchemaOf): Json => {
  const description = "As asked";
  if (status === 204) return { description };
  const types = produces ?? ["application/json"];
  const content = types.map((type) => [type, isJson(type) ? { schema: schemaOf(response, "output") } : {}]);
  return { description, content: Object.fromEntries(content) };
};

const isJson = (type: string): boolean => /\bjson$/.test(type);

/** A custom schema has no JSON Schema of its own: anything, where it stands. */
const jsonSchemaOf: SchemaOf = (schema, io) => {
  const { $schema: _, ...own } = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // `readonly` is of TypeScript, and in OpenAPI means something else.
      delete jsonSchema.readOnly;
    },
  });
  return own;
};

/** Definitions stand with the document's components, as their names would lead nowhere from inside an operation. */
const hoisted = ({ $defs, ...own }: Json, schemas: Record<string, Json>): Json => {
  const definitions = Object.entries(($defs ?? {}) as Record<string, Json>);
  const names = new Map(definitions.map(([name, definition]) => [name, componentName(name, definition)]));
  for (const [name, definition] of definitions)
    schemas[names.get(name) ?? name] = renamed(definition, names) as Json;
  return renamed(own, names) as Json;
};

/** What nobody named is numbered within its own schema only: here it is named by what it says. */
const componentName = (name: string, definition: Json): string =>
  name.startsWith("__")
    ? `Shape-${createHash("sha256").update(JSON.stringify(definition)).digest("hex").slice(0, 8)}`
    : name;

const renamed = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "$ref" && typeof item === "string"
        ? item.replace(/^#\/\$defs\/(.+)$/, (_, name) => `#/components/schemas/${names.get(name) ?? name}`)
        : renamed(item, names),
    ]),
  );
};

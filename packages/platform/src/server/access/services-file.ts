import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { accessErrors } from "./errors.ts";
import { PERMISSIONS, ROLES } from "./permissions.ts";

/** Signatures by a key pair only: with a shared secret, whoever can check a token can make one. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;

const text = z.string().min(1).max(1000);

const grantSchema = z.strictObject({
  /** Every claim named has this value, or is a list that holds it. At least one: an issuer serves many. */
  when: z
    .record(text, z.union([text, z.boolean(), z.number()]))
    .refine((when) => Object.keys(when).length > 0, "it is empty"),
  role: z.enum(ROLES),
  /** Fewer than the role has. */
  permissions: z.array(z.enum(PERMISSIONS)).min(1).optional(),
  /** Names of teams, whose charges are seen. None: no charges, unless the role is admin. */
  teams: z.array(text).default([]),
});

const serviceSchema = z.strictObject({
  /** How the audit log calls it. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, "lower case letters, digits and hyphens"),
  issuer: text,
  audience: text,
  algorithms: z.array(z.enum(ALGORITHMS)).min(1),
  /** The issuer's public keys: a file beside this one, or an https address. */
  jwks: text,
  /** The first that fits counts. */
  grants: z.array(grantSchema).min(1),
});

const fileSchema = z.strictObject({ services: z.array(serviceSchema).min(1) });

/** Programs that identify themselves by a token of their own issuer. */
export type Service = z.output<typeof serviceSchema>;
export type Grant = z.output<typeof grantSchema>;

/**
 * Which services may call, as whoever runs the server wrote it: no request can change whom this server believes.
 * @throws ACCESS_SERVICES_INVALID
 */
export const readServicesFile = async (file: string): Promise<readonly Service[]> => {
  const refuse = (reason: string, cause?: unknown) =>
    accessErrors.create("ACCESS_SERVICES_INVALID", { file, reason }, { cause });
  const read = await readFile(file, "utf8").catch((error: Error) => {
    throw refuse(error.message, error);
  });
  const { services } = parseServices(read, refuse);
  const names = services.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(`${twice} is there twice`);
  return services.map((service) => ({ ...service, jwks: placeOf(service.jwks, file, refuse) }));
};

type Refuse = (reason: string, cause?: unknown) => Error;

const parseServices = (read: string, refuse: Refuse): z.output<typeof fileSchema> => {
  const parsed = fileSchema.safeParse(parseYaml(read, refuse));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.map(String).join(".") || "its top level"}: ${issue?.message ?? "unreadable"}`);
};

const parseYaml = (read: string, refuse: Refuse): unknown => {
  try {
    return parse(read, { maxAliasCount: 0 });
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
};

const placeOf = (jwks: string, file: string, refuse: Refuse): string => {
  if (jwks.startsWith("https://") && URL.canParse(jwks)) return jwks;
  if (/^[a-z][a-z0-9+.-]*:/i.test(jwks)) throw refuse("jwks is neither a file nor an https address");
  return resolve(dirname(file), jwks);
};

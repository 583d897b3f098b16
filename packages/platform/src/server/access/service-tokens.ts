import { readFile } from "node:fs/promises";
import type { JWTPayload, JWTVerifyGetKey } from "jose";
import { accessErrors } from "./errors.ts";
import type { Grant, Service } from "./services-file.ts";

const LONGEST_LIFE_S = 24 * 3600;
const CLOCK_TOLERANCE_S = 30;

/** What the token of a service gives. */
export interface ServiceIdentity {
  /** `name/subject`, for the audit log. */
  readonly name: string;
  readonly grant: Grant;
}

/** Tells services by their tokens. */
export interface ServiceTokens {
  /** Undefined for a token that no service stands behind. */
  verify(token: string, now: Date): Promise<ServiceIdentity | undefined>;
}

interface KnownService {
  readonly service: Service;
  readonly keys: JWTVerifyGetKey;
}

/** @throws ACCESS_SERVICES_INVALID where a file of keys is none */
export const openServiceTokens = async (services: readonly Service[]): Promise<ServiceTokens> => {
  const known = await Promise.all(
    services.map(async (service) => ({ service, keys: await keysOf(service) })),
  );
  return {
    verify: async (token, now) => {
      for (const candidate of known) {
        const found = await verifyFor(candidate, token, now);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
};

const keysOf = async ({ name, jwks }: Service): Promise<JWTVerifyGetKey> => {
  const { createLocalJWKSet, createRemoteJWKSet } = await import("jose");
  if (jwks.startsWith("https://")) return createRemoteJWKSet(new URL(jwks), { timeoutDuration: 5000 });
  try {
    return createLocalJWKSet(JSON.parse(await readFile(jwks, "utf8")));
  } catch (error) {
    const reason = `the keys of ${name}: ${error instanceof Error ? error.message : String(error)}`;
    throw accessErrors.create("ACCESS_SERVICES_INVALID", { file: jwks, reason }, { cause: error });
  }
};

/** Issuer, audience and algorithms are the configured ones, whatever the token says; it names its end, and that is near. */
const verifyFor = async (
  { service, keys }: KnownService,
  token: string,
  now: Date,
): Promise<ServiceIdentity | undefined> => {
  const { jwtVerify } = await import("jose");
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: service.issuer,
      audience: service.audience,
      algorithms: [...service.algorithms],
      requiredClaims: ["exp", "iat", "sub"],
      maxTokenAge: LONGEST_LIFE_S,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: now,
    });
    const grant = service.grants.find((candidate) => fits(candidate, payload));
    return grant === undefined ? undefined : { name: `${service.name}/${subjectOf(payload)}`, grant };
  } catch {
    // Why a token is refused helps only who forges it.
    return undefined;
  }
};

const subjectOf = ({ sub = "" }: JWTPayload): string => sub.replace(/[^\w.@:/-]/g, "_").slice(0, 200);

const fits = ({ when }: Grant, payload: JWTPayload): boolean =>
  Object.entries(when).every(([claim, wanted]) => {
    const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
    return Array.isArray(value) ? value.includes(wanted) : value === wanted;
  });

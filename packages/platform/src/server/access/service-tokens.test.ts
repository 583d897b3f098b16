import { createHmac, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { createTeam } from "../../state/teams.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { authenticate, keepCallers } from "./authenticate.ts";
import { NOTHING } from "./row-scope.ts";
import { openServiceTokens } from "./service-tokens.ts";
import { readServicesFile } from "./services-file.ts";

const ISSUER = "https://issuer.example";
const AUDIENCE = "trimtab";
const now = new Date("2026-07-01T12:00:00Z");
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });

const GRANTS = `
      - when: { repository: acme/infra, environment: production }
        role: operator
        teams: [Platform]
      - when: { groups: finance }
        role: analyst
        permissions: [read]
`;

const servicesFile = async (change: (text: string) => string = (text) => text): Promise<string> => {
  const folder = tempFolder();
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "RS256", use: "sig" };
  writeFileSync(join(folder, "keys.json"), JSON.stringify({ keys: [jwk] }));
  const text = `services:
  - name: ci
    issuer: ${ISSUER}
    audience: ${AUDIENCE}
    algorithms: [RS256]
    jwks: keys.json
    grants:${GRANTS}`;
  writeFileSync(join(folder, "services.yaml"), change(text));
  return join(folder, "services.yaml");
};

const claims = { repository: "acme/infra", environment: "production" };

interface TokenOptions {
  readonly issuer?: string;
  readonly audience?: string;
  readonly issuedAt?: number;
  readonly expires?: number;
  readonly key?: Parameters<SignJWT["sign"]>[0];
  readonly algorithm?: string;
}

const AT = Math.floor(now.getTime() / 1000);

const tokenOf = (given: object, options: TokenOptions = {}): Promise<string> =>
  new SignJWT({ ...given })
    .setProtectedHeader({ alg: options.algorithm ?? "RS256", kid: "one" })
    .setIssuer(options.issuer ?? ISSUER)
    .setAudience(options.audience ?? AUDIENCE)
    .setSubject("repo:acme/infra")
    .setIssuedAt(options.issuedAt ?? AT)
    .setExpirationTime(options.expires ?? AT + 600)
    .sign(options.key ?? privateKey);

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("tokens of services", () => {
  it("are taken for what their claims are granted", async () => {
    const tokens = await openServiceTokens(await readServicesFile(await servicesFile()));
    expect(await tokens.verify(await tokenOf(claims), now)).toMatchObject({
      name: "ci/repo:acme/infra",
      grant: { role: "operator", teams: ["Platform"] },
    });
    expect(await tokens.verify(await tokenOf({ groups: ["a", "finance"] }), now)).toMatchObject({
      grant: { role: "analyst", permissions: ["read"], teams: [] },
    });
    for (const others of [
      {},
      { repository: "acme/infra" },
      { ...claims, environment: "test" },
      { groups: "financeX" },
    ])
      expect(await tokens.verify(await tokenOf(others), now)).toBeUndefined();
  });

  it("are refused from anybody else, for anybody else, at another time", async () => {
    const tokens = await openServiceTokens(await readServicesFile(await servicesFile()));
    const refused: readonly TokenOptions[] = [
      { issuer: "https://other.example" },
      { audience: "another-program" },
      { expires: AT - 60 },
      { issuedAt: AT + 3600, expires: AT + 7200 },
      { issuedAt: AT - 2 * 86_400, expires: AT + 86_400 },
      { key: stranger.privateKey },
    ];
    for (const options of refused)
      expect(await tokens.verify(await tokenOf(claims, options), now)).toBeUndefined();
    const endless = await new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "one" })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject("x")
      .setIssuedAt(AT)
      .sign(privateKey);
    expect(await tokens.verify(endless, now)).toBeUndefined();
  });

  it("can't choose how they are checked", async () => {
    const tokens = await openServiceTokens(await readServicesFile(await servicesFile()));
    const payload = { ...claims, iss: ISSUER, aud: AUDIENCE, sub: "x", iat: AT, exp: AT + 600 };
    const unsigned = new UnsecuredJWT(payload).encode();
    // The public key as a shared secret: what a library does that believes the token's own algorithm.
    const pem = publicKey.export({ type: "spki", format: "pem" });
    const confused = ["HS256", "hs256"].map((alg) => {
      const signed = `${base64({ alg, kid: "one" })}.${base64(payload)}`;
      return `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
    });
    const jwk = { ...(await exportJWK(stranger.publicKey)), kid: "one" };
    const ownKey = await new SignJWT(payload)
      .setProtectedHeader({ alg: "RS256", kid: "one", jwk })
      .sign(stranger.privateKey);
    const otherAlgorithm = await tokenOf(claims, { algorithm: "PS256" });
    const [head = "", body = "", signature = ""] = (await tokenOf(claims)).split(".");
    const changed = `${head}.${base64({ ...payload, environment: "production", groups: "finance" })}.${signature}`;
    const cut = `${head}.${body}.`;
    for (const token of [unsigned, ...confused, ownKey, otherAlgorithm, changed, cut, "a.b.c", ""])
      expect(await tokens.verify(token, now)).toBeUndefined();
  });

  it.each([
    ["a shared secret", (text: string) => text.replace("[RS256]", "[HS256]"), "algorithms"],
    ["no signature", (text: string) => text.replace("[RS256]", "[none]"), "algorithms"],
    ["a grant for everybody", (text: string) => text.replace("{ groups: finance }", "{}"), "when"],
    [
      "keys without encryption",
      (text: string) => text.replace("keys.json", "http://issuer.example/keys"),
      "https",
    ],
    ["a role that there is not", (text: string) => text.replace("operator", "owner"), "role"],
    ["no YAML", () => "services: [", "services"],
  ])("%s is refused in their file", async (_, change, reason) => {
    const file = await servicesFile(change);
    await expect(readServicesFile(file)).rejects.toMatchObject({
      code: "ACCESS_SERVICES_INVALID",
      message: expect.stringContaining(reason),
    });
  });

  it("see what the teams that they are granted see", async () => {
    const [sqlite] = STATE_ENGINES;
    const state = await (await (sqlite as (typeof STATE_ENGINES)[number]).home()).open({ now: () => now });
    const scope = { dimension: "SubAccountId", op: "=", value: "infra" } as const;
    const services = await openServiceTokens(await readServicesFile(await servicesFile()));
    const ask = async (given: object) => {
      const headers = { authorization: `Bearer ${await tokenOf(given)}` };
      const request = { method: "POST", headers, host: "x", protocol: "http", ip: "::1" };
      const signIn = { sessionOf: async () => undefined };
      const parts = { state, signIn, services, publicUrl: undefined, callers: keepCallers(state) };
      return await authenticate(parts, request);
    };
    // A team that is not there, or no team, shows nothing.
    expect(await ask(claims)).toMatchObject({ kind: "service", role: "operator", scope: NOTHING });
    await createTeam(state, "anna", { name: "Platform", scope });
    expect(await ask(claims)).toMatchObject({ actor: "service:ci/repo:acme/infra", scope });
    const finance = await ask({ groups: ["finance"] });
    expect(finance?.scope).toEqual(NOTHING);
    expect([...(finance?.permissions ?? [])]).toEqual(["read"]);
    await expect(ask({})).rejects.toMatchObject({ code: "ACCESS_CREDENTIALS_REFUSED" });
  });
});

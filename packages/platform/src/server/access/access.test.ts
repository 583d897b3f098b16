import { describe, expect, it } from "vitest";
import { revokeApiToken } from "../../state/api-tokens.ts";
import { readAudit, verifyChain } from "../../state/audit.ts";
import { makePersonLink, readOneTimeLink, useOneTimeLink } from "../../state/one-time-links.ts";
import { changePerson, findPersonByEmail, listPeople, type Person } from "../../state/people.ts";
import { addTeamMember, changeTeam, createTeam, listTeams, removeTeamMember } from "../../state/teams.ts";
import {
  cookieOf,
  HOST,
  invite,
  OWN,
  PASSWORD,
  type AccessServer as Server,
  serverOn,
  setUp,
  signIn,
  whoAmI,
} from "../../testing/access-server.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import { tokensHandlers } from "../routes/tokens.ts";
import { openAccess } from "./access.ts";
import { callerOfPerson } from "./authenticate.ts";
import type { Caller } from "./caller.ts";
import { hashPassword } from "./passwords.ts";
import { NOTHING } from "./row-scope.ts";
import { hashCode, newLinkCode } from "./secret-codes.ts";
import { network } from "./sign-in-limits.ts";

const there = STATE_ENGINES.filter(({ isThere }) => isThere);

describe.each(there)("signing in $name", ({ home }) => {
  const start = async () => serverOn((await home()).open);

  it("begins with a link that works once, and never again", async () => {
    const server = await start();
    const first = await server.access.setupPath();
    const second = (await server.access.setupPath()) ?? "";
    expect(first).toMatch(/^\/welcome#[\w-]{43}$/);
    // The link of a server that was started before is no longer good.
    await expect(readOneTimeLink(server.state, hashCode((first ?? "").slice(9)))).rejects.toMatchObject({
      code: "STATE_LINK_GONE",
    });
    const use = async (email: string) =>
      useOneTimeLink(server.state, {
        codeHash: hashCode(second.replace("/welcome#", "")),
        passwordHash: await hashPassword(PASSWORD),
        name: "Anna",
        email,
      });
    const both = await Promise.allSettled([use("anna@example.com"), use("eve@example.com")]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await listPeople(server.state)).toHaveLength(1);
    expect(await server.access.setupPath()).toBeUndefined();
    expect((await listTeams(server.state)).map(({ name, scope }) => [name, scope])).toEqual([
      ["Whole company", null],
    ]);
    expect(JSON.stringify(await readAudit(server.state))).not.toContain(second.replace("/welcome#", ""));
  });

  it("gives a cookie that scripts can't read and that another session does not get", async () => {
    const server = await start();
    await setUp(server);
    const planted = "trimtab.session_token=planted.by-an-attacker";
    const answer = await signIn(server, "Anna@Example.com", PASSWORD, { cookie: planted });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ ok: true });
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(cookie?.value).not.toContain("planted");
    const me = await whoAmI(server, { cookie: cookieOf(answer) });
    expect(me.json()).toMatchObject({
      kind: "person",
      actor: "anna@example.com",
      role: "admin",
      scope: "unrestricted",
    });
    expect((await whoAmI(server, { cookie: planted })).json()).toEqual({ nobody: true });
    const again = await signIn(server, "anna@example.com", PASSWORD, { cookie: cookieOf(answer) });
    expect(cookieOf(again)).not.toBe(cookieOf(answer));
    expect((await findPersonByEmail(server.state, "anna@example.com"))?.lastSignInAt).not.toBeNull();
  });

  it("keeps to the address that people use, where it is said", async () => {
    const server = await serverOn((await home()).open, `https://${HOST}/`);
    await setUp(server);
    // The proxy speaks plain HTTP to the server; the browser says where it is.
    const answer = await signIn(server, "anna@example.com", PASSWORD, { origin: `https://${HOST}` });
    expect(answer.cookies[0]).toMatchObject({
      name: "__Secure-trimtab.session_token",
      secure: true,
      httpOnly: true,
    });
    expect((await whoAmI(server, { cookie: cookieOf(answer) })).json()).toMatchObject({ role: "admin" });
    const plain = await signIn(server, "anna@example.com");
    expect(plain.json().code).toBe("ACCESS_ORIGIN_REFUSED");
    await expect(
      openAccess({ state: server.state, publicUrl: `https://${HOST}/costs` }),
    ).rejects.toMatchObject({
      code: "ACCESS_URL_INVALID",
    });
  });

  it("answers a wrong password, an unknown account and one that is off alike", async () => {
    const server = await start();
    await setUp(server);
    const off = await invite(server.state, "off@example.com");
    await changePerson(server.state, "anna@example.com", {
      id: off.id,
      version: off.version,
      isActive: false,
    });
    const answers = [
      await signIn(server, "anna@example.com", "wrong password"),
      await signIn(server, "nobody@example.com"),
      await signIn(server, "off@example.com"),
    ];
    expect(
      new Set(
        answers.map(({ statusCode, body, headers }) =>
          JSON.stringify([statusCode, body, headers["set-cookie"]]),
        ),
      ).size,
    ).toBe(1);
    expect(answers[0]?.json().code).toBe("ACCESS_SIGN_IN_FAILED");
    const failed = await readAudit(server.state, { action: "sign-in." });
    expect(failed.map(({ subject }) => subject)).toContain("an unknown account");
    expect(failed).toHaveLength(3);
    expect(JSON.stringify(failed)).not.toContain("wrong password");
  });

  it("makes who guesses wait longer and longer, a hundred at once too, whether the account exists or not", async () => {
    const server = await start();
    await setUp(server);
    for (const email of ["anna@example.com", "nobody@example.com"]) {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => signIn(server, email, "wrong password")),
      );
      const codes = answers.map((answer) => answer.json().code);
      expect(codes.filter((code) => code === "ACCESS_SIGN_IN_FAILED")).toHaveLength(5);
      expect(codes.filter((code) => code === "ACCESS_TOO_MANY_ATTEMPTS")).toHaveLength(25);
    }
    // Even the right password has to wait; then it ends the count.
    const early = await signIn(server, "anna@example.com");
    expect([early.statusCode, early.headers["retry-after"]]).toEqual([429, "1"]);
    server.wait(1100);
    expect((await signIn(server, "anna@example.com", "wrong password")).statusCode).toBe(401);
    server.wait(1100);
    expect((await signIn(server, "anna@example.com")).statusCode).toBe(429);
    server.wait(60_000);
    expect((await signIn(server, "anna@example.com")).statusCode).toBe(200);
    expect((await signIn(server, "anna@example.com", "wrong password")).statusCode).toBe(401);
  });

  it("counts what one address tries at many accounts", async () => {
    const server = await start();
    await setUp(server);
    const codes: string[] = [];
    for (let n = 0; n < 25; n++) codes.push((await signIn(server, `person-${n}@example.com`)).json().code);
    expect(codes.indexOf("ACCESS_TOO_MANY_ATTEMPTS")).toBe(20);
  });

  it.each([
    ["2001:db8::1", "2001:db8:0:0:ffff::9", true],
    ["2001:db8::1", "2001:db8:0:1::1", false],
    ["192.0.2.1", "::ffff:192.0.2.1", true],
    ["192.0.2.1", "192.0.2.2", false],
  ])("counts %s and %s as one: %s", (a, b, isOne) => {
    expect(network(a) === network(b)).toBe(isOne);
  });

  it("refuses what another site's page sends, with and without a session", async () => {
    const server = await start();
    await setUp(server);
    const cookie = cookieOf(await signIn(server, "anna@example.com"));
    const codeOf = async (headers: Record<string, string>) =>
      (await whoAmI(server, { cookie, ...headers }, "POST")).json().code;
    expect(await codeOf({ origin: "https://evil.example" })).toBe("ACCESS_ORIGIN_REFUSED");
    expect(await codeOf({ origin: "null" })).toBe("ACCESS_ORIGIN_REFUSED");
    expect(await codeOf({ origin: `http://${HOST}.evil.example` })).toBe("ACCESS_ORIGIN_REFUSED");
    expect(await codeOf({})).toBe("ACCESS_ORIGIN_REFUSED");
    expect(await codeOf({ origin: `http://${HOST}` })).toBeUndefined();
    expect(await codeOf({ "x-trimtab-request": "1" })).toBeUndefined();
    // Login CSRF: nobody is signed in as somebody else from outside.
    const foreign = await signIn(server, "anna@example.com", PASSWORD, { origin: "https://evil.example" });
    expect(foreign.json().code).toBe("ACCESS_ORIGIN_REFUSED");
    expect(foreign.cookies).toEqual([]);
  });

  it("ends sessions when somebody signs out, changes the password or is turned off", async () => {
    const server = await start();
    await setUp(server);
    const post = (name: string, cookie: string, payload: object = {}) =>
      server.app.inject({ method: "POST", url: `/api/auth/${name}`, headers: { ...OWN, cookie }, payload });
    const isSomebody = async (cookie: string) =>
      (await whoAmI(server, { cookie })).json().nobody === undefined;
    const [a, b, c] = [
      cookieOf(await signIn(server, "anna@example.com")),
      cookieOf(await signIn(server, "anna@example.com")),
      cookieOf(await signIn(server, "anna@example.com")),
    ];
    expect((await post("sign-out", a)).statusCode).toBe(200);
    expect(await isSomebody(a)).toBe(false);
    const wrong = { currentPassword: "wrong password", newPassword: "another long password" };
    expect((await post("password", b, wrong)).json().code).toBe("ACCESS_SIGN_IN_FAILED");
    const short = { currentPassword: PASSWORD, newPassword: "short" };
    expect((await post("password", b, short)).json().code).toBe("ACCESS_PASSWORD_REFUSED");
    const changed = await post("password", b, {
      currentPassword: PASSWORD,
      newPassword: "another long password",
    });
    expect(changed.statusCode).toBe(200);
    expect([await isSomebody(b), await isSomebody(c), await isSomebody(cookieOf(changed))]).toEqual([
      false,
      false,
      true,
    ]);
    expect((await signIn(server, "anna@example.com")).statusCode).toBe(401);
    const kept = await server.app.inject({
      url: "/api/auth/session",
      headers: { host: HOST, cookie: cookieOf(changed) },
    });
    expect(kept.json()).toEqual({ ok: true });
    const bob = await invite(server.state, "bob@example.com");
    const bobs = cookieOf(await signIn(server, "bob@example.com"));
    expect(await isSomebody(bobs)).toBe(true);
    await changePerson(server.state, "anna", { id: bob.id, version: bob.version, isActive: false });
    expect(await isSomebody(bobs)).toBe(false);
    const actions = (await readAudit(server.state, { limit: 100 })).map(({ action }) => action);
    for (const action of [
      "person.signed-in",
      "person.signed-out",
      "person.password-changed",
      "person.turned-off",
    ])
      expect(actions).toContain(action);
    expect(await verifyChain(server.state)).toMatchObject({ status: "whole" });
  });

  it("sets a new password by a link that ends every session", async () => {
    const server = await start();
    const anna = await setUp(server);
    const cookie = cookieOf(await signIn(server, "anna@example.com"));
    const { code, hash } = newLinkCode();
    await makePersonLink(server.state, "host", anna.id, { codeHash: hash, validMs: 1000 });
    const use = { codeHash: hashCode(code), passwordHash: await hashPassword("a very new password") };
    expect(await useOneTimeLink(server.state, use)).toBe("anna@example.com");
    await expect(useOneTimeLink(server.state, use)).rejects.toMatchObject({ code: "STATE_LINK_GONE" });
    expect((await whoAmI(server, { cookie })).json()).toEqual({ nobody: true });
    expect((await signIn(server, "anna@example.com", "a very new password")).statusCode).toBe(200);
    const late = newLinkCode();
    await makePersonLink(server.state, "host", anna.id, { codeHash: late.hash, validMs: 1000 });
    server.wait(1001);
    await expect(readOneTimeLink(server.state, late.hash)).rejects.toMatchObject({ code: "STATE_LINK_GONE" });
  });

  it("leaves an admin who can sign in", async () => {
    const server = await start();
    const anna = await setUp(server);
    const change = (person: Person, what: object) =>
      changePerson(server.state, "anna", { id: person.id, version: person.version, ...what });
    await expect(change(anna, { role: "viewer" })).rejects.toMatchObject({ code: "STATE_MOVE_REFUSED" });
    await expect(change(anna, { isActive: false })).rejects.toMatchObject({ code: "STATE_MOVE_REFUSED" });
    await invite(server.state, "bob@example.com", "admin");
    await expect(change(anna, { role: "viewer" })).resolves.toMatchObject({ role: "viewer" });
    await expect(change(anna, { role: "admin" })).rejects.toMatchObject({ code: "STATE_CONFLICT" });
  });
});

describe.each(there)("tokens and scopes $name", ({ home }) => {
  const start = async () => serverOn((await home()).open);
  const noStream = (async function* () {})();

  const makeToken = async ({ state }: Server, person: Person, permissions: readonly string[], days = 30) => {
    const caller = (await callerOfPerson(state, person.id)) as Caller;
    const body = {
      name: "ci",
      permissions: [...permissions] as ("read" | "decide")[],
      expiresAt: new Date(state.clock().getTime() + days * 86_400_000).toISOString(),
    };
    const input = {
      caller,
      body,
      params: undefined,
      query: undefined,
      signal: AbortSignal.timeout(60_000),
      stream: noStream,
      headers: {},
    };
    return (await tokensHandlers(state).createToken(input as never)) as {
      secret: string;
      token: { id: string };
    };
  };
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

  it("a token may what it was made for and its owner still may", async () => {
    const server = await start();
    await setUp(server);
    const bob = await invite(server.state, "bob@example.com", "analyst");
    const { secret, token } = await makeToken(server, bob, ["read", "decide"]);
    expect(secret).toMatch(/^tt_[\w-]{43}$/);
    expect((await whoAmI(server, bearer(secret), "POST")).json()).toMatchObject({
      kind: "token",
      actor: "bob@example.com (token ci)",
      permissions: ["read", "decide"],
    });
    const demoted = await changePerson(server.state, "anna", {
      id: bob.id,
      version: bob.version,
      role: "viewer",
    });
    expect((await whoAmI(server, bearer(secret))).json().permissions).toEqual(["read"]);
    await expect(makeToken(server, demoted, ["decide"])).rejects.toMatchObject({
      code: "ACCESS_TOKEN_REFUSED",
    });
    await expect(makeToken(server, demoted, ["read"], 400)).rejects.toMatchObject({
      code: "ACCESS_TOKEN_REFUSED",
    });
    await expect(makeToken(server, demoted, ["read"], -1)).rejects.toMatchObject({
      code: "ACCESS_TOKEN_REFUSED",
    });
    await revokeApiToken(server.state, "bob@example.com", { id: token.id, personId: bob.id });
    expect((await whoAmI(server, bearer(secret))).json().code).toBe("ACCESS_CREDENTIALS_REFUSED");
  });

  it("a token ends with its time and with its owner, and is never passed over for a cookie", async () => {
    const server = await start();
    const anna = await setUp(server);
    const cookie = cookieOf(await signIn(server, "anna@example.com"));
    const bob = await invite(server.state, "bob@example.com");
    const { secret } = await makeToken(server, bob, ["read"], 1);
    const other = await makeToken(server, anna, ["read"], 1);
    await changePerson(server.state, "anna", { id: bob.id, version: bob.version, isActive: false });
    const refusedFor = async (authorization: string) =>
      (await whoAmI(server, { cookie, authorization })).json().code === "ACCESS_CREDENTIALS_REFUSED";
    expect(await refusedFor(`Bearer ${secret}`)).toBe(true);
    expect(await refusedFor(`Bearer ${other.secret}`)).toBe(false);
    server.wait(86_400_001);
    expect(await refusedFor(`Bearer ${other.secret}`)).toBe(true);
    for (const odd of [
      "",
      "Bearer",
      "Bearer ",
      "Basic YTpi",
      `Bearer ${other.secret}x`,
      `Bearer tt_${"a".repeat(9000)}`,
      "Bearer a.b.c",
    ])
      expect(await refusedFor(odd)).toBe(true);
  });

  it("everybody sees what any of their teams sees, and without a team nothing", async () => {
    const server = await start();
    const anna = await setUp(server);
    const bob = await invite(server.state, "bob@example.com", "approver");
    const scopeOfBob = async () => (await callerOfPerson(server.state, bob.id))?.scope;
    expect(await scopeOfBob()).toEqual(NOTHING);
    const inSearch = { dimension: "SubAccountId", op: "=", value: "search" } as const;
    const inShop = { dimension: "tag:team", op: "in", values: ["shop"] } as const;
    const search = await createTeam(server.state, "anna", { name: "Search", scope: inSearch });
    const shop = await createTeam(server.state, "anna", { name: "Shop", scope: inShop });
    await addTeamMember(server.state, "anna", { teamId: search.id, personId: bob.id });
    expect(await scopeOfBob()).toEqual(inSearch);
    await addTeamMember(server.state, "anna", { teamId: shop.id, personId: bob.id });
    expect(await scopeOfBob()).toEqual({ or: [inSearch, inShop] });
    await changeTeam(server.state, "anna", { id: shop.id, version: shop.version, scope: null });
    expect(await scopeOfBob()).toBe("unrestricted");
    await removeTeamMember(server.state, "anna", { teamId: shop.id, personId: bob.id });
    expect(await scopeOfBob()).toEqual(inSearch);
    // What this version can't read shows nothing, rather than everything.
    await changeTeam(server.state, "anna", {
      id: search.id,
      version: search.version,
      scope: { planet: "Mars" },
    });
    expect(await scopeOfBob()).toEqual(NOTHING);
    expect((await callerOfPerson(server.state, anna.id))?.scope).toBe("unrestricted");
  });
});

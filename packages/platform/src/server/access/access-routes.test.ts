import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBillLake } from "../../testing/bill-lake.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { openTestServer } from "../../testing/test-server.ts";
import { createApp } from "../app.ts";
import { openAccess } from "./access.ts";

const CHARGES: readonly TestCharge[] = [
  { day: "2026-05-03", billed: "10.5", service: "Compute", account: "acme", tags: { team: "search" } },
  { day: "2026-05-04", billed: "4", service: "Secret storage", account: "beta", tags: { hidden: "yes" } },
];
const PASSWORD = "correct horse battery";
const HOST = { host: "costs.example.com" };
const OWN = { ...HOST, origin: "http://costs.example.com" };

/** The whole server with its real sign-in. */
const start = async () => {
  const bills = await openBillLake();
  writeFocusBill(join(bills.folder, "bill.csv"), CHARGES);
  await bills.load(["bill.csv"]);
  const { parts, state } = await openTestServer({ lake: bills.lake });
  const access = await openAccess({ state });
  const app = await createApp({ parts, access, checkAnswers: true });
  onTestFinished(() => app.close());
  const call = async (
    method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
    url: string,
    cookie = "",
    payload?: object,
  ) => {
    const headers = { ...OWN, ...(cookie === "" ? {} : { cookie }) };
    const answer = await app.inject({
      method,
      url: `/api/${url}`,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
    const isJson = String(answer.headers["content-type"]).includes("json");
    return {
      status: answer.statusCode,
      body: isJson ? answer.json() : undefined,
      headers: answer.headers,
      answer,
    };
  };
  const signIn = async (email: string) => {
    const { answer } = await call("POST", "auth/sign-in/email", "", { email, password: PASSWORD });
    return answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  };
  const join_ = (code: string, who: object) =>
    call("POST", "v1/links/use", "", { code, password: PASSWORD, ...who });
  return { app, state, access, call, signIn, join: join_ };
};

describe("the server with its own sign-in", () => {
  it("goes from the first link to two people who see different totals", async () => {
    const { access, call, signIn, join: useLink } = await start();
    expect((await call("GET", "v1/setup")).body).toMatchObject({ needsSetup: true });
    const code = ((await access.setupPath()) ?? "").replace("/welcome#", "");
    expect((await call("POST", "v1/links/read", "", { code })).body).toMatchObject({
      kind: "setup",
      role: "admin",
    });
    expect((await call("POST", "v1/links/use", "", { code, password: "short" })).status).toBe(400);
    expect((await useLink(code, { name: "Anna", email: "Anna@example.com" })).body).toEqual({
      email: "anna@example.com",
    });
    expect((await useLink(code, { name: "Eve", email: "eve@example.com" })).status).toBe(410);
    expect((await call("GET", "v1/setup")).body).toMatchObject({ needsSetup: false });
    const anna = await signIn("anna@example.com");
    expect((await call("GET", "v1/me", anna)).body).toMatchObject({
      name: "Anna",
      role: "admin",
      scope: { kind: "all", text: "all charges" },
      teams: [{ name: "Whole company" }],
    });
    const team = await call("POST", "v1/teams", anna, {
      name: "Search",
      scope: { and: [{ dimension: "tag:team", op: "=", value: "search" }] },
    });
    expect(team.body).toMatchObject({ scopeText: "tag:team = 'search'", members: [] });
    const invited = await call("POST", "v1/people", anna, {
      email: "bob@example.com",
      name: "Bob",
      role: "viewer",
      teamIds: [team.body.id],
    });
    expect(invited.body.person).toMatchObject({ status: "invited", teams: [{ name: "Search" }] });
    await useLink(invited.body.link.code, {});
    const bob = await signIn("bob@example.com");
    const ask = async (cookie: string) =>
      (await call("POST", "v1/query", cookie, { measures: ["billed"], by: ["ServiceName"] })).body;
    expect((await ask(anna)).total).toEqual([null, "14.5"]);
    expect((await ask(bob)).rows).toEqual([["Compute", "10.5"]]);
    const model = (await call("GET", "v1/model", bob)).body;
    expect(model.tagKeys).not.toContain("hidden");
    const values = (await call("GET", "v1/dimensions/ServiceName/values?search=e", bob)).body;
    expect(JSON.stringify(values)).not.toContain("Secret");
    expect((await call("GET", "v1/people", bob)).status).toBe(403);
    const named = (await call("GET", "v1/people/names", bob)).body;
    expect(named.items).toHaveLength(2);
    // Addresses are one's own, or for those who manage people.
    const addressed = named.items.filter(({ email }: { email?: string }) => email !== undefined);
    expect(addressed).toMatchObject([{ name: "Bob", email: "bob@example.com" }]);
    expect(JSON.stringify((await call("GET", "v1/people/names", anna)).body)).toContain("bob@example.com");
    // A wider team holds from the next request on, and what was answered before is nobody else's.
    const wide = await call("PATCH", `v1/teams/${team.body.id}`, anna, {
      version: team.body.version,
      scope: null,
    });
    expect(wide.status).toBe(200);
    expect((await ask(bob)).total).toEqual([null, "14.5"]);
    const out = await call("DELETE", `v1/teams/${team.body.id}/members/${invited.body.person.id}`, anna);
    expect(out.body.members).toEqual([]);
    expect((await ask(bob)).rows).toEqual([]);
    expect((await call("GET", "v1/me", bob)).body.scope).toEqual({ kind: "none", text: "no charges" });
    expect((await call("DELETE", `v1/teams/${team.body.id}`, anna)).status).toBe(204);
  });

  it("gives tokens that a person makes and a token can't", async () => {
    const { app, access, call, signIn, join: useLink } = await start();
    await useLink(((await access.setupPath()) ?? "").slice("/welcome#".length), {
      name: "Anna",
      email: "anna@example.com",
    });
    const anna = await signIn("anna@example.com");
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const made = await call("POST", "v1/tokens", anna, {
      name: "ci",
      permissions: ["read", "administer"],
      expiresAt,
    });
    expect(made.status).toBe(201);
    const asToken = async (method: "GET" | "POST", url: string, payload?: object) => {
      const headers = { ...HOST, authorization: `Bearer ${made.body.secret}` };
      const answer = await app.inject({
        method,
        url: `/api/${url}`,
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      return { status: answer.statusCode, body: answer.json() };
    };
    expect((await asToken("GET", "v1/me")).body).toMatchObject({
      kind: "token",
      permissions: ["read", "administer"],
    });
    expect((await asToken("GET", "v1/people")).status).toBe(200);
    expect(
      (await asToken("POST", "v1/tokens", { name: "more", permissions: ["read"], expiresAt })).body.code,
    ).toBe("ACCESS_PERSONS_ONLY");
    const someone = { email: "eve@example.com", name: "Eve", role: "admin" };
    expect((await asToken("POST", "v1/people", someone)).body.code).toBe("ACCESS_PERSONS_ONLY");
    const listed = (await call("GET", "v1/tokens", anna)).body;
    expect(JSON.stringify(listed)).not.toContain(made.body.secret);
    expect(listed.items[0]).toMatchObject({ prefix: made.body.secret.slice(0, 8), revokedAt: null });
    expect((await call("DELETE", `v1/tokens/${made.body.token.id}`, anna)).status).toBe(204);
    expect((await asToken("GET", "v1/me")).status).toBe(401);
    const audit = (await call("GET", "v1/audit?action=token.&limit=1", anna)).body;
    expect(audit.items.map(({ action }: { action: string }) => action)).toEqual(["token.revoked"]);
    const older = (await call("GET", `v1/audit?action=token.&limit=1&cursor=${audit.nextCursor}`, anna)).body;
    expect(older.items.map(({ action }: { action: string }) => action)).toEqual(["token.created"]);
    expect(JSON.stringify(older)).not.toContain(made.body.secret);
    expect((await call("GET", "v1/audit/verification", anna)).body).toMatchObject({ status: "whole" });
  });

  it("keeps how people read numbers, shows them their browsers, and signs one of those out at once", async () => {
    const { access, call, signIn, join: useLink } = await start();
    const link = async () => ((await access.setupPath()) ?? "").slice("/welcome#".length);
    await useLink(await link(), { name: "Anna", email: "anna@example.com" });
    const [laptop, phone] = [await signIn("anna@example.com"), await signIn("anna@example.com")];
    const me = async (cookie: string) => await call("GET", "v1/me", cookie);
    expect((await me(laptop)).body.profile).toEqual({ locale: null, timeZone: null });
    const profile = { locale: "de-DE", timeZone: "Europe/Berlin" };
    expect((await call("PUT", "v1/me/profile", laptop, profile)).body).toEqual(profile);
    expect((await me(phone)).body.profile).toEqual(profile);
    await call("PUT", "v1/me/profile", laptop, { locale: "de-DE", timeZone: null });
    expect((await me(phone)).body.profile).toEqual({ locale: "de-DE", timeZone: null });
    for (const wrong of [{ timeZone: "Mars/Olympus" }, { locale: "no such language" }])
      expect((await call("PUT", "v1/me/profile", laptop, { ...profile, ...wrong })).status).toBe(400);

    const shown = (await call("GET", "v1/me/sessions", laptop)).body.items;
    expect(shown.map(({ isThis }: { isThis: boolean }) => isThis).toSorted()).toEqual([false, true]);
    // What would let somebody sign in is in no answer.
    for (const cookie of [laptop, phone])
      for (const part of cookie.split(/[=;.%]/).filter(({ length }) => length > 20))
        expect(JSON.stringify(shown)).not.toContain(part);

    const code = await call("POST", "v1/people", laptop, {
      ...{ email: "bob@example.com", name: "Bob", role: "viewer", teamIds: [] },
    });
    await useLink(code.body.link.code, { name: "Bob" });
    const bob = await signIn("bob@example.com");
    const other = shown.find(({ isThis }: { isThis: boolean }) => !isThis);
    expect((await call("DELETE", `v1/me/sessions/${other.id}`, bob)).status).toBe(404);
    expect((await me(phone)).status).toBe(200);
    expect((await call("DELETE", `v1/me/sessions/${other.id}`, laptop)).status).toBe(204);
    expect((await me(phone)).status).toBe(401);
    expect((await me(laptop)).status).toBe(200);
    expect((await call("GET", "v1/me/sessions", laptop)).body.items).toHaveLength(1);
  });

  it("answers what people wrote as JSON that no browser takes for a page", async () => {
    const { access, call, signIn, join: useLink } = await start();
    await useLink(((await access.setupPath()) ?? "").slice("/welcome#".length), {
      name: "Anna",
      email: "anna@example.com",
    });
    const anna = await signIn("anna@example.com");
    const name = `<script>alert("x")</script>`;
    const made = await call("POST", "v1/teams", anna, { name, scope: null });
    expect(made.body.name).toBe(name);
    const listed = await call("GET", "v1/teams", anna);
    expect(listed.headers["content-type"]).toMatch(/^application\/json/);
    expect(listed.headers["x-content-type-options"]).toBe("nosniff");
    expect(String(listed.headers["content-security-policy"])).not.toMatch(/unsafe-inline|unsafe-eval/);
    for (const hostile of ["' OR 1=1 --", "a\u0000b", "'; DROP TABLE people; --"]) {
      const answer = await call("POST", "v1/teams", anna, {
        name: hostile,
        scope: { dimension: "ServiceName", op: "=", value: hostile },
      });
      expect([201, 422]).toContain(answer.status);
    }
    expect((await call("GET", "v1/people", anna)).body.items).toHaveLength(1);
    const unknown = await call("POST", "v1/teams", anna, {
      name: "x",
      scope: { dimension: "ServiceName", op: "matches", value: "(" },
    });
    expect(unknown.body).toMatchObject({ code: "ACCESS_SCOPE_INVALID", status: 422 });
  });

  it("refuses cookies of another server's key", async () => {
    const first = await start();
    const second = await start();
    for (const { access, join: useLink } of [first, second])
      await useLink(((await access.setupPath()) ?? "").slice("/welcome#".length), {
        name: "Anna",
        email: "anna@example.com",
      });
    const cookie = await first.signIn("anna@example.com");
    expect((await first.call("GET", "v1/me", cookie)).status).toBe(200);
    expect((await second.call("GET", "v1/me", cookie)).status).toBe(401);
  });
});

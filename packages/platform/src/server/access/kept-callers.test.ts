import { setTimeout as wait } from "node:timers/promises";
import { instantOf } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { addApiToken, revokeApiToken } from "../../state/api-tokens.ts";
import { changePerson } from "../../state/people.ts";
import type { State } from "../../state/state.ts";
import { addTeamMember, changeTeam, createTeam } from "../../state/teams.ts";
import {
  type AccessServer,
  cookieOf,
  invite,
  OWN,
  PASSWORD,
  serverOn,
  setUp,
  signIn,
  whoAmI,
} from "../../testing/access-server.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import { newToken } from "./secret-codes.ts";

const ANNA = "anna@example.com";
const BEN = "ben@example.com";

/** How long it may take until a change by another process holds. */
const seen = (state: State) => (state.tellsOthersChanges ? undefined : wait(2100));

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("callers that are kept $name", ({ home }) => {
  const start = async () => {
    const own = await home();
    let reads = 0;
    const server = await serverOn(async (options) => {
      const state = await own.open(options);
      const read: State["read"] = (work) => {
        reads += 1;
        return state.read(work);
      };
      return { ...state, read };
    });
    await setUp(server);
    const ben = await invite(server.state, BEN);
    const cookie = cookieOf(await signIn(server, BEN));
    const who = async (headers: Record<string, string> = { cookie }) =>
      (await whoAmI(server, headers)).json() as Record<string, unknown>;
    return { server, ben, cookie, who, other: () => own.open(), readsSoFar: () => reads };
  };
  const post = ({ app }: AccessServer, path: string, cookie: string, payload = {}) =>
    app.inject({ method: "POST", url: `/api/auth/${path}`, headers: { ...OWN, cookie }, payload });

  it("are read once, and no cookie is taken for another", async () => {
    const { server, cookie, who, readsSoFar } = await start();
    const annas = cookieOf(await signIn(server, ANNA));
    expect([await who(), await who({ cookie: annas })]).toMatchObject([{ actor: BEN }, { actor: ANNA }]);
    const before = readsSoFar();
    for (let time = 0; time < 3; time++) {
      expect(await who()).toMatchObject({ actor: BEN, role: "viewer" });
      expect(await who({ cookie: annas })).toMatchObject({ actor: ANNA, role: "admin" });
    }
    expect(readsSoFar()).toBe(before);
    expect(await who({ cookie: `${cookie.slice(0, -3)}abc` })).toEqual({ nobody: true });
    // That a session is known lets no other site's page use it.
    const foreign = await whoAmI(server, { cookie, origin: "http://evil.example" }, "POST");
    expect(foreign.json().code).toBe("ACCESS_ORIGIN_REFUSED");
  });

  it("are nobody once they have signed out, here or elsewhere", async () => {
    const { server, cookie, who } = await start();
    const elsewhere = cookieOf(await signIn(server, BEN));
    expect([await who(), await who({ cookie: elsewhere })]).toMatchObject([{ actor: BEN }, { actor: BEN }]);
    await post(server, "sign-out-elsewhere", cookie);
    expect(await who({ cookie: elsewhere })).toEqual({ nobody: true });
    expect(await who()).toMatchObject({ actor: BEN });
    await post(server, "sign-out", cookie);
    expect(await who()).toEqual({ nobody: true });
  });

  it("are nobody on other devices once the password is another", async () => {
    const { server, cookie, who } = await start();
    const elsewhere = cookieOf(await signIn(server, BEN));
    expect(await who({ cookie: elsewhere })).toMatchObject({ actor: BEN });
    const payload = { currentPassword: PASSWORD, newPassword: "another one, longer" };
    expect((await post(server, "password", cookie, payload)).statusCode).toBe(200);
    expect([await who({ cookie: elsewhere }), await who()]).toEqual([{ nobody: true }, { nobody: true }]);
  });

  it("see what their teams see from the next request on", async () => {
    const { server, ben, who } = await start();
    const { state } = server;
    const narrow = await who();
    const scope = { dimension: "SubAccountId", op: "=", value: "infra" } as const;
    const team = await createTeam(state, ANNA, { name: "Platform", scope });
    await addTeamMember(state, ANNA, { teamId: team.id, personId: ben.id });
    expect((await who()).scope).toEqual(scope);
    expect((await who()).scope).not.toEqual(narrow.scope);
    await changeTeam(state, ANNA, { id: team.id, version: team.version, scope: null });
    expect((await who()).scope).toBe("unrestricted");
  });

  it("are nobody once they are turned off, by this process or by another", async () => {
    const { server, ben, who, other } = await start();
    expect(await who()).toMatchObject({ actor: BEN, role: "viewer" });
    const elsewhere = await other();
    const { version } = await changePerson(elsewhere, ANNA, {
      id: ben.id,
      version: ben.version,
      role: "analyst",
    });
    await seen(server.state);
    expect(await who()).toMatchObject({ actor: BEN, role: "analyst" });
    await changePerson(elsewhere, ANNA, { id: ben.id, version, isActive: false });
    await seen(server.state);
    expect(await who()).toEqual({ nobody: true });
  });

  it("are nobody once their session or their token runs out, without anything being changed", async () => {
    const { server, ben, who } = await start();
    const { state } = server;
    const soon = instantOf(new Date(Date.now() + 1500));
    await state.db.updateTable("sessions").set({ expiresAt: soon }).where("personId", "=", ben.id).execute();
    const { code, hash, prefix } = newToken();
    const expiresAt = instantOf(new Date(state.clock().getTime() + 60_000));
    const draft = {
      personId: ben.id,
      name: "nightly",
      prefix,
      secretHash: hash,
      permissions: ["read"],
      expiresAt,
    };
    const id = await addApiToken(state, ANNA, draft);
    const bearer = { authorization: `Bearer ${code}` };
    expect([await who(), await who(bearer)]).toMatchObject([{ kind: "person" }, { kind: "token" }]);
    server.wait(61_000);
    expect(await who(bearer)).toMatchObject({ code: "ACCESS_CREDENTIALS_REFUSED" });
    await wait(1600);
    expect(await who()).toEqual({ nobody: true });
    server.wait(-61_000);
    expect(await who(bearer)).toMatchObject({ kind: "token" });
    await revokeApiToken(state, ANNA, { id });
    expect(await who(bearer)).toMatchObject({ code: "ACCESS_CREDENTIALS_REFUSED" });
  });
});

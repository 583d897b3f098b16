import { setTimeout } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { makeCloud } from "../../../../../test/reliability/file-cloud.ts";
import { parsePolicy } from "../../apply/policy/policy.ts";
import { openLake } from "../../lake/lake.ts";
import { addPersonWithin } from "../../state/people.ts";
import { recordRecommendations } from "../../state/record-recommendations.ts";
import type { State } from "../../state/state.ts";
import { service } from "../../testing/action-fixtures.ts";
import { recommendationBody } from "../../testing/plan-home.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { openTestServer, type TestServer, workOver } from "../../testing/test-server.ts";

vi.setConfig({ testTimeout: 300_000 });

const POLICY = `version: 1
watchSeconds: 0
canaryShares: [100]
`;

const record = (state: State) =>
  recordRecommendations(state, "test", {
    advisor: "test",
    settings: {},
    abstained: [],
    found: ["web", "api"].map((name) => {
      const change = { setting: "minInstances", from: 2, to: 1 };
      const body = recommendationBody("cloud-run", { resource: service(name), changes: [change] });
      return { key: body.key, title: body.title, body: body as never };
    }),
    lakeVersion: 0,
    programVersion: "test",
  });

const openLoop = async () => {
  const lake = await openLake({ root: tempFolder(), threads: 1, clock: () => new Date() });
  const state = await (await STATE_ENGINES[0]?.home())?.open({ now: () => new Date() });
  if (state === undefined) throw new Error("SQLite is always there");
  const cloud = makeCloud(tempFolder());
  const work = workOver(lake, state, { env: cloud.env, policy: parsePolicy(POLICY, "policy.yaml") });
  const server = await openTestServer({ lake, given: { state, work } });
  await record(state);
  return { ...server, state, cloud };
};

const ask = async (
  { app }: TestServer,
  headers: Record<string, string>,
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  payload?: object,
) => {
  const reply = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: reply.statusCode, body: reply.body === "" ? null : reply.json() };
};

const idsOf = ({
  body,
}: {
  readonly body: {
    readonly items: readonly { readonly id: string; readonly resource: { readonly name: string } }[];
  };
}) => Object.fromEntries(body.items.map(({ id, resource }) => [resource.name, id]));

describe("recommendations over HTTP", () => {
  it("are those that the scope shows, and of others nothing is told", async () => {
    const server = await openLoop();
    const everything = await ask(server, server.as("viewer"), "GET", "/recommendations");
    expect(everything.body).toMatchObject({
      count: 2,
      together: [{ currency: "USD", low: "160", mid: "200", high: "240" }],
    });
    const { web = "", api = "" } = idsOf(everything);
    const scoped = server.as(
      "analyst",
      { dimension: "ResourceId", op: "=", value: service("api").id },
      "scoped",
    );
    const own = await ask(server, scoped, "GET", "/recommendations");
    expect(own.body).toMatchObject({ count: 1, together: [{ mid: "100" }] });
    expect(own.body.items.map(({ id }: { id: string }) => id)).toEqual([api]);
    const { account, region } = everything.body.items[0].resource;
    expect(everything.body.narrowings).toEqual({
      advisors: ["test"],
      accounts: [account],
      regions: [region],
    });
    const narrowed = (query: string) => ask(server, server.as("viewer"), "GET", `/recommendations?${query}`);
    expect((await narrowed(`region=${region}&account=${account}`)).body.count).toBe(2);
    const nowhere = await narrowed("region=nowhere");
    expect(nowhere.body).toMatchObject({
      count: 0,
      items: [],
      together: [],
      narrowings: { regions: [region] },
    });
    for (const [method, url, body] of [
      ["GET", `/recommendations/${web}`, undefined],
      ["POST", `/recommendations/${web}/decision`, { version: 1, status: "accepted" }],
      ["PUT", `/recommendations/${web}/assignee`, { assignee: "a@example.com" }],
      ["GET", `/comments?subject=recommendation%20${web}`, undefined],
      ["POST", "/comments", { subject: `recommendation ${web}`, text: "seen" }],
    ] as const)
      expect(await ask(server, scoped, method, url, body)).toMatchObject({ status: 404 });
    // By a tag that no inventory tells, nothing is shown.
    const tagged = server.as("viewer", { dimension: "tag:team", op: "=", value: "x" }, "tagged");
    expect((await ask(server, tagged, "GET", "/recommendations")).body.count).toBe(0);
    expect(await ask(server, scoped, "GET", "/plans")).toMatchObject({ status: 403 });
    expect(await ask(server, scoped, "GET", "/programmes")).toMatchObject({ status: 403 });
  });

  it("are decided on as they were read, assigned and talked about", async () => {
    const server = await openLoop();
    const anna = server.as("analyst", "unrestricted", "anna");
    const bob = server.as("viewer", "unrestricted", "bob");
    await addPerson(server, "anna@example.com", "Anna");
    await addPerson(server, "another@example.com", "Bob");
    await setTimeout(5);
    const second = await addPerson(server, "bob@example.com", "Bob");
    const { web = "" } = idsOf(await ask(server, anna, "GET", "/recommendations"));
    const decide = (version: number, decision: object, who = anna) =>
      ask(server, who, "POST", `/recommendations/${web}/decision`, { version, ...decision });
    expect(await decide(1, { status: "accepted" }, bob)).toMatchObject({ status: 403 });
    expect(await decide(1, { status: "dismissed" })).toMatchObject({
      status: 422,
      body: { code: "STATE_MOVE_REFUSED" },
    });
    expect(await decide(1, { status: "accepted", reason: "sure" })).toMatchObject({
      status: 200,
      body: { status: "accepted", decidedBy: "Anna", version: 2 },
    });
    expect(await decide(1, { status: "open" })).toMatchObject({
      status: 409,
      body: { code: "STATE_CONFLICT" },
    });
    const assign = (assignee: string) =>
      ask(server, anna, "PUT", `/recommendations/${web}/assignee`, { assignee });
    expect(await assign("bob@example.com")).toMatchObject({ status: 404 });
    expect(await assign(second)).toMatchObject({ status: 200, body: { assignee: { id: second } } });
    const text = "Yours, @bob (2): <script>alert(1)</script>";
    const said = await ask(server, anna, "POST", "/comments", { subject: `recommendation ${web}`, text });
    const body = { author: "Anna", isOwn: true, text: text.replace("bob", "Bob"), mentions: ["Bob (2)"] };
    expect(said).toMatchObject({ status: 201, body });
    expect(
      (await ask(server, bob, "GET", `/comments?subject=recommendation%20${web}`)).body.items,
    ).toMatchObject([{ ...body, isOwn: false }]);
    expect((await ask(server, bob, "GET", "/mentions")).body).toMatchObject({ unread: 1 });
    await ask(server, bob, "POST", "/mentions/read", { until: "2999-01-01T00:00:00Z" });
    expect((await ask(server, bob, "GET", "/mentions")).body).toMatchObject({ unread: 0 });
    const page = await ask(server, bob, "GET", `/recommendations/${web}`);
    expect(page.body).toMatchObject({
      line: { assignee: { id: second, name: "Bob (2)" }, comments: 1, status: "accepted" },
      decisions: [{ toStatus: "accepted", actor: "Anna" }],
    });
    for (const answer of [page, said]) expect(JSON.stringify(answer.body)).not.toContain("@example.com");
  });

  it("become a programme", async () => {
    const server = await openLoop();
    const anna = server.as("analyst", "unrestricted", "anna");
    const { web = "", api = "" } = idsOf(await ask(server, anna, "GET", "/recommendations"));
    for (const id of [web, api])
      await ask(server, anna, "POST", `/recommendations/${id}/decision`, { version: 1, status: "accepted" });
    expect((await ask(server, anna, "GET", "/overview/programme")).body).toEqual({ status: "none" });
    const made = await ask(server, anna, "POST", "/programmes", { name: "Autumn" });
    expect(made).toMatchObject({ status: 201, body: { name: "Autumn", tasks: 2, status: "draft" } });
    const { id } = made.body;
    const page = await ask(server, anna, "GET", `/programmes/${id}`);
    expect(page).toMatchObject({ status: 200, body: { costs: null } });
    expect(page.body.schedule.tasks).toHaveLength(2);
    expect(
      await ask(server, anna, "PATCH", `/programmes/${id}/tasks/${web}`, {
        owner: "bob",
        dueOn: "2030-01-31",
      }),
    ).toMatchObject({ status: 204 });
    expect(
      await ask(server, anna, "POST", `/programmes/${id}/tasks/${web}/move`, { call: "start" }),
    ).toMatchObject({
      body: { from: "todo", to: "in-progress" },
    });
    const after = await ask(server, anna, "GET", `/programmes/${id}`);
    expect(after.body).toMatchObject({
      head: { status: "active" },
      facts: { [web]: { status: "in-progress" } },
    });
    const figures = await ask(server, anna, "GET", "/overview/programme");
    expect(figures).toMatchObject({
      status: 200,
      body: {
        status: "ready",
        programme: { id, name: "Autumn" },
        programmes: [{ id, name: "Autumn" }],
        costs: null,
        costsReason: expect.stringMatching(/baseline|month/),
        done: 0,
      },
    });
    const shown = figures.body.tasks.find((task: { id: string }) => task.id === web);
    expect(shown).toMatchObject({ status: "in-progress", owner: "bob", isLate: false });
    expect(await ask(server, anna, "GET", "/overview/programme?programme=none")).toMatchObject({
      status: 404,
    });
    expect(await ask(server, anna, "PATCH", `/programmes/${id}/tasks/none`, {})).toMatchObject({
      status: 404,
    });
    expect(await ask(server, anna, "GET", "/programmes/none")).toMatchObject({ status: 404 });
  });
});

const addPerson = ({ state }: TestServer, email: string, name: string): Promise<string> =>
  state.write("test", (writer) => addPersonWithin(writer, { email, name, role: "analyst", teamIds: [] }));

describe("a plan over HTTP", () => {
  it("is made, approved by another, carried out, watched and taken back", async () => {
    const server = await openLoop();
    const olga = server.as("operator", "unrestricted", "olga");
    const paul = server.as("approver", "unrestricted", "paul");
    for (const name of ["Olga", "Paul"]) await addPerson(server, `${name.toLowerCase()}@example.com`, name);
    const { web = "" } = idsOf(await ask(server, olga, "GET", "/recommendations"));
    expect(await ask(server, olga, "POST", "/plans", { recommendations: [web] })).toMatchObject({
      status: 409,
      body: { code: "PLAN_NOT_ACCEPTED" },
    });
    await ask(server, olga, "POST", `/recommendations/${web}/decision`, { version: 1, status: "accepted" });
    const made = await ask(server, olga, "POST", "/plans", { recommendations: [web] });
    expect(made).toMatchObject({
      status: 201,
      body: {
        ...{ status: "draft", requiredApprovals: 1, approvers: [], resources: ["web"], proof: null },
        saving: [{ currency: "USD", low: "80", mid: "100", high: "120" }],
      },
    });
    const { id, digest } = made.body;
    expect(await ask(server, olga, "POST", `/plans/${id}/approval`, { digest })).toMatchObject({
      status: 403,
    });
    expect(await ask(server, paul, "POST", `/plans/${id}/runs`, { mode: "execute" })).toMatchObject({
      status: 403,
    });
    const early = await ask(server, olga, "POST", `/plans/${id}/check`, {});
    expect(early.body.problems.join()).toContain("approv");
    const other = "0".repeat(64);
    expect(await ask(server, paul, "POST", `/plans/${id}/approval`, { digest: other })).toMatchObject({
      status: 409,
    });
    expect(await ask(server, paul, "POST", `/plans/${id}/approval`, { digest })).toMatchObject({
      body: { status: "approved", approvals: 1, approvers: ["Paul"] },
    });
    for (const [who, isOwn] of [
      [paul, true],
      [olga, false],
    ] as const)
      expect((await ask(server, who, "GET", `/plans/${id}`)).body).toMatchObject({
        line: { createdBy: "Olga" },
        approvals: [{ approver: "Paul", isOwn, isCounted: true }],
        rules: [{ needs: 1, approvers: [] }],
      });
    expect((await ask(server, olga, "POST", `/plans/${id}/check`, {})).body).toMatchObject({ problems: [] });

    const settled = async (mode: string) => {
      expect(await ask(server, olga, "POST", `/plans/${id}/runs`, { mode })).toMatchObject({ status: 202 });
      return await vi.waitFor(
        async () => {
          const { body } = await ask(server, olga, "GET", `/plans/${id}`);
          expect(body.run.status).toBe("ended");
          return body;
        },
        { timeout: 120_000, interval: 200 },
      );
    };
    const applied = await settled("execute");
    expect(applied.run.problem).toBeNull();
    expect(applied).toMatchObject({ line: { status: "applied" }, run: { report: { status: "applied" } } });
    expect(applied.run.lines.length).toBeGreaterThan(0);
    expect(applied.line.steps).toBe(applied.body.steps.length);
    expect(applied.journal.at(-1)).toMatchObject({ result: "succeeded", about: "done" });
    expect(applied.run.watching).toBeNull();
    expect(applied.shell).toContain("gcloud run services update web");
    expect(applied.run.startedBy).toBe("Olga");
    expect(applied.journal[0].runner).toMatch(/^Olga, server /);
    const { body: _frozen, ...told } = applied;
    expect(JSON.stringify(told)).not.toContain("@example.com");
    const back = await settled("roll-back");
    expect(back).toMatchObject({ line: { status: "rolled-back" } });
    expect(back.journal.map(({ direction }: { direction: string }) => direction)).toContain("roll-back");
  });
});

describe("branding", () => {
  it("is seen by all and set by admins", async () => {
    const server = await openLoop();
    const brand = { name: "Acme Cloud", logo: null, colour: { light: "#0f766e", dark: "#5eead4" } };
    expect(await ask(server, server.as("analyst"), "PUT", "/branding", brand)).toMatchObject({ status: 403 });
    expect(await ask(server, server.as("admin"), "PUT", "/branding", brand)).toMatchObject({ body: brand });
    expect(await ask(server, {}, "GET", "/branding")).toMatchObject({ body: brand });
    const script = { ...brand, logo: "data:image/svg+xml;base64,PHN2Zz4=" };
    expect(await ask(server, server.as("admin"), "PUT", "/branding", script)).toMatchObject({ status: 400 });
  });
});

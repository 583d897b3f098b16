import { describe, expect, it } from "vitest";
import { channelKinds } from "../../notify/channels/registry.ts";
import { verifyWebhook } from "../../notify/channels/webhook/sign-webhook.ts";
import { answering, httpTarget } from "../../testing/http-target.ts";
import { mailTarget } from "../../testing/mail-target.ts";
import { openTestServer, type TestServer } from "../../testing/test-server.ts";
import { sendMessage } from "../delivery/send-message.ts";
import { tick } from "../delivery/tick.ts";

const SECRET = "s3cr3t-0123456789";
const HOOK = { url: `https://example.com/${SECRET}`, signingSecret: SECRET };

const caller = ({ app, as }: TestServer, ...who: Parameters<TestServer["as"]>) => {
  const headers = as(...who);
  return async (method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE", path: string, body?: object) => {
    const reply = await app.inject({
      ...{ method, url: `/api/v1${path}`, headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: reply.statusCode, text: reply.body, json: reply.body === "" ? undefined : reply.json() };
  };
};

const allowLoopback = (call: ReturnType<typeof caller>) =>
  call("PUT", "/delivery-settings", {
    allowedNetworks: ["127.0.0.1"],
    maxAttempts: 2,
    keepDays: 30,
    version: 0,
  });

const tickOf = ({ parts }: TestServer) => {
  const { signal } = new AbortController();
  const problems: unknown[] = [];
  return tick({
    ...parts.delivery,
    ...{ actor: "test", signal, killSignal: signal },
    onProblem: (subject, error) => void problems.push([subject, error]),
  }).then((report) => ({ ...report, problems }));
};

describe("channels over HTTP", () => {
  it("are made, tried, changed and removed, and their secrets never come back", async () => {
    const server = await openTestServer();
    const admin = caller(server, "admin");
    const target = await httpTarget();
    const draft = {
      ...{ name: "intake", kind: "webhook", settings: {} },
      secrets: { url: `${target.url}/${SECRET}`, signingSecret: SECRET },
    };
    const made = await admin("POST", "/channels", draft);
    expect(made.status, made.text).toBe(201);
    const { id, version } = made.json;
    expect(made.json).toMatchObject({ target: new URL(target.url).host, secrets: ["signingSecret", "url"] });
    const refused = await admin("POST", `/channels/${id}/test`, {});
    expect(refused.json).toMatchObject({ outcome: "refused", detail: expect.stringContaining("127.0.0.1") });
    expect((await allowLoopback(admin)).status).toBe(200);
    expect((await admin("POST", `/channels/${id}/test`, {})).json).toMatchObject({ outcome: "delivered" });
    const [received] = target.received;
    const signature = String(received?.headers["trimtab-signature"]);
    expect(verifyWebhook(SECRET, received?.body ?? "", signature, new Date())).toBe(true);
    const changed = await admin("PATCH", `/channels/${id}`, { version, name: "other", enabled: false });
    expect(changed.json, changed.text).toMatchObject({
      name: "other",
      enabled: false,
      secrets: ["signingSecret", "url"],
    });
    expect((await admin("PATCH", `/channels/${id}`, { version, name: "late" })).status).toBe(409);
    const listed = await admin("GET", "/channels");
    const kinds = await admin("GET", "/channel-kinds");
    expect(kinds.json.items).toHaveLength(3);
    expect((await admin("DELETE", `/channels/${id}`)).status).toBe(204);
    expect((await admin("GET", `/channels/${id}`)).status).toBe(404);
    const audited = await server.state.read((db) => db.selectFrom("auditLog").selectAll().execute());
    const said = [made, refused, changed, listed, kinds].map(({ text }) => text).join();
    expect(`${said}${JSON.stringify(audited)}${JSON.stringify(server.logged)}`).not.toContain(SECRET);
  });

  it("refuse what can't be, field by field", async () => {
    const admin = caller(await openTestServer(), "admin");
    const wrong = await admin("POST", "/channels", {
      name: "x",
      kind: "webhook",
      secrets: { url: `file:///${SECRET}` },
    });
    expect(wrong).toMatchObject({ status: 422, json: { code: "NOTIFY_CHANNEL_INVALID" } });
    expect(wrong.text).not.toContain(SECRET);
    const network = { allowedNetworks: ["everything"], maxAttempts: 2, keepDays: 30, version: 0 };
    expect(await admin("PUT", "/delivery-settings", network)).toMatchObject({ status: 422 });
  });

  it("are the business of those who may: names to save, the rest to bring in, networks to administer", async () => {
    const server = await openTestServer();
    const [viewer, analyst, operator] = (["viewer", "analyst", "operator"] as const).map((role) =>
      caller(server, role),
    );
    expect((await viewer?.("GET", "/channels"))?.status).toBe(403);
    expect((await analyst?.("GET", "/channels"))?.status).toBe(200);
    expect((await analyst?.("GET", "/deliveries"))?.status).toBe(403);
    expect((await operator?.("GET", "/deliveries"))?.status).toBe(200);
    const settings = { allowedNetworks: [], maxAttempts: 2, keepDays: 30, version: 0 };
    expect((await operator?.("PUT", "/delivery-settings", settings))?.status).toBe(403);
    const scoped = caller(server, "operator", { dimension: "ServiceName", op: "=", value: "x" }, "scoped");
    expect((await scoped("GET", "/deliveries")).status).toBe(403);
  });
});

describe("the outbox over HTTP", () => {
  it("gives up after its tries, is looked at, replayed, and then it arrives", async () => {
    const server = await openTestServer();
    const admin = caller(server, "admin");
    await allowLoopback(admin);
    const target = await httpTarget(answering(404));
    const secrets = { url: target.url, signingSecret: SECRET };
    const { id: channelId } = (await admin("POST", "/channels", { name: "c", kind: "webhook", secrets }))
      .json;
    const id = await sendMessage(server.parts.delivery, "test", {
      recipient: { channelId },
      message: { title: "June" },
      key: "k",
    });
    expect(await tickOf(server)).toMatchObject({ outbox: { dead: 1 }, problems: [] });
    const dead = await admin("GET", "/deliveries?status=dead");
    expect(dead.json).toMatchObject({
      counts: { dead: 1 },
      items: [{ id, title: "June", lastError: "it answered 404" }],
    });
    target.behave(answering(200));
    expect((await admin("POST", `/deliveries/${id}/replay`)).json).toMatchObject({ status: "waiting" });
    expect(await tickOf(server)).toMatchObject({ outbox: { delivered: 1 } });
    const shown = await admin("GET", `/deliveries/${id}`);
    expect(shown.json.tries.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "refused",
      "delivered",
    ]);
    expect(new Set(target.received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect((await admin("POST", `/deliveries/${id}/cancel`)).status).toBe(422);
  });
});

const fakeReport = {
  kind: "report",
  title: "Report",
  description: "for tests",
  delivers: true,
  isForWholeLake: false,
};

describe("schedules over HTTP", () => {
  it("are made, run, sent to whom they are for, and keep their history", async () => {
    const { z } = await import("zod");
    const mail = await mailTarget();
    const server = await openTestServer({
      given: {
        delivery: {
          ...{ channelKinds, cwd: "/", runs: false },
          jobs: [
            {
              ...fakeReport,
              settings: z.strictObject({ title: z.string() }),
              run: async ({ recipients, deliver }, { title }) => {
                for (const recipient of recipients) await deliver(recipient, { title: String(title) });
                return { status: "succeeded", summary: `sent to ${recipients.length}` };
              },
            },
          ],
        },
      },
    });
    const admin = caller(server, "admin");
    await allowLoopback(admin);
    const settings = { host: "127.0.0.1", port: mail.port, security: "none", from: "costs@example.com" };
    const { id: channelId } = (await admin("POST", "/channels", { name: "mail", kind: "email", settings }))
      .json;
    const draft = {
      ...{ name: "monthly", cron: "0 8 1 * *", timeZone: "Europe/Berlin" },
      job: { kind: "report", settings: { title: "Spend" } },
      recipients: [
        { channelId, address: "anna@example.com" },
        { channelId, address: "ben@example.com" },
      ],
    };
    const made = await admin("POST", "/schedules", draft);
    expect(made.status, made.text).toBe(201);
    expect(made.json.nextRunAt).toMatch(/-01T0[67]:00:00/);
    const run = await admin("POST", `/schedules/${made.json.id}/run`);
    expect(run).toMatchObject({ status: 202, json: { status: "waiting", trigger: "manual" } });
    expect(await tickOf(server)).toMatchObject({
      runs: [{ status: "succeeded" }],
      outbox: { delivered: 2 },
      problems: [],
    });
    expect(mail.received.map(({ to }) => to[0]).toSorted()).toEqual(["anna@example.com", "ben@example.com"]);
    expect((await admin("GET", `/schedules/${made.json.id}/runs`)).json.items).toMatchObject([
      { status: "succeeded", summary: "sent to 2" },
    ]);
    expect((await admin("GET", "/schedules")).json.items[0]).toMatchObject({
      lastRun: { status: "succeeded" },
    });
    expect((await admin("DELETE", `/schedules/${made.json.id}`)).status).toBe(204);
  });

  it("are sent elsewhere by their owner or an admin only, and mail servers are named by admins", async () => {
    const server = await openTestServer();
    const [admin, operator] = [caller(server, "admin"), caller(server, "operator")];
    const scoped = caller(server, "operator", { dimension: "ServiceName", op: "=", value: "Compute" });
    const settings = { host: "mail.example.com", security: "tls", from: "costs@example.com" };
    const mail = { name: "mail", kind: "email", settings };
    const hook = { name: "hook", kind: "webhook", secrets: HOOK };
    expect((await operator("POST", "/channels", mail)).json.code).toBe("CHANNEL_NOT_ALLOWED");
    const { id, version } = (await admin("POST", "/channels", mail)).json;
    expect((await operator("PATCH", `/channels/${id}`, { version, settings })).json.code).toBe(
      "CHANNEL_NOT_ALLOWED",
    );
    const own = (await operator("POST", "/channels", hook)).json;
    const moved = { version: own.version, secrets: HOOK };
    expect((await scoped("PATCH", `/channels/${own.id}`, moved)).json.code).toBe("CHANNEL_NOT_ALLOWED");
    expect((await operator("PATCH", `/channels/${own.id}`, moved)).status).toBe(200);
    const draft = {
      ...{ name: "monthly", cron: "0 8 1 * *", timeZone: "UTC", recipients: [{ channelId: own.id }] },
      job: { kind: "report", settings: { report: "cost" } },
    };
    const made = (await admin("POST", "/schedules", draft)).json;
    const recipients = [{ channelId: own.id }, { channelId: id, address: "me@example.com" }];
    const changed = (ask: typeof admin, body: object) =>
      ask("PATCH", `/schedules/${made.id}`, { version: made.version, ...body });
    expect((await changed(operator, { recipients })).json.code).toBe("SCHEDULE_NOT_YOURS");
    expect((await changed(operator, { job: draft.job })).json.code).toBe("SCHEDULE_NOT_YOURS");
    expect((await changed(operator, { cron: "0 9 1 * *" })).status).toBe(200);
  });

  it.each([
    [{ cron: "61 * * * *" }, "SCHEDULE_CRON_INVALID"],
    [{ timeZone: "Mars/Base" }, "SCHEDULE_TIME_ZONE_INVALID"],
    [{ job: { kind: "launch", settings: {} } }, "SCHEDULE_JOB_UNKNOWN"],
    [{ job: { kind: "ingest", settings: {} } }, "SCHEDULE_SETTINGS_INVALID"],
    [{ recipients: [{ channelId: "channel-x" }] }, "SCHEDULE_RECIPIENT_INVALID"],
  ])("are refused: %j", async (change, code) => {
    const admin = caller(await openTestServer(), "admin");
    const draft = {
      name: "x",
      cron: "0 8 * * *",
      timeZone: "UTC",
      job: { kind: "ingest", settings: { places: ["/x"] } },
    };
    expect((await admin("POST", "/schedules", { ...draft, ...change })).json).toMatchObject({ code });
  });

  it("of the whole lake are not for those who see a part of it, nor are others' schedules", async () => {
    const server = await openTestServer();
    const admin = caller(server, "admin");
    const draft = { name: "x", cron: "0 8 * * *", timeZone: "UTC", job: { kind: "advise", settings: {} } };
    const { id } = (await admin("POST", "/schedules", draft)).json;
    const scoped = caller(server, "operator", { dimension: "ServiceName", op: "=", value: "x" }, "scoped");
    expect(await scoped("POST", "/schedules", draft)).toMatchObject({
      status: 403,
      json: { code: "SCHEDULE_JOB_NOT_ALLOWED" },
    });
    expect((await scoped("GET", "/schedules")).json.items).toEqual([]);
    for (const [method, path] of [
      ["GET", `/schedules/${id}`],
      ["GET", `/schedules/${id}/runs`],
      ["POST", `/schedules/${id}/run`],
      ["DELETE", `/schedules/${id}`],
    ] as const)
      expect((await scoped(method, path)).status, `${method} ${path}`).toBe(404);
  });

  it("say their next times before they are kept", async () => {
    const analyst = caller(await openTestServer(), "analyst");
    const preview = await analyst("POST", "/schedules/preview", {
      cron: "0 8 * * MON",
      timeZone: "Asia/Tokyo",
      count: 3,
    });
    expect(preview.json.times).toHaveLength(3);
    for (const time of preview.json.times) expect(time).toMatch(/T23:00:00/);
    expect((await analyst("GET", "/job-kinds")).json.items.map(({ kind }: { kind: string }) => kind)).toEqual(
      ["ingest", "advise", "report"],
    );
  });
});

import { describe, expect, it } from "vitest";
import { httpTarget } from "../../../testing/http-target.ts";
import { sampleMessage } from "../../../testing/sample-message.ts";
import { addressRules } from "../../guard/address-rules.ts";
import { systemResolve } from "../../guard/guarded-lookup.ts";
import { checkChannelValues } from "../check-channel.ts";
import { slackChannel } from "./slack-channel.ts";

const TOKEN = "xoxb-s3cr3t-0123456789";

/** What Slack's Web API answers to the methods that a bot uses. */
const slack = async (answers: Readonly<Record<string, unknown>> = {}) => {
  const target = await httpTarget();
  target.behave(({ path }, reply) => {
    const method = path.split("/").at(-1) ?? "";
    const usual: Readonly<Record<string, unknown>> = {
      "chat.postMessage": { ok: true, ts: "1.2", channel: "C1" },
      "files.getUploadURLExternal": { ok: true, upload_url: `${target.url}/upload`, file_id: "F1" },
      upload: { ok: true },
      "files.completeUploadExternal": { ok: true, files: [] },
    };
    reply.setHeader("content-type", "application/json");
    reply.end(JSON.stringify(answers[method] ?? usual[method]));
  });
  const send = () =>
    slackChannel.send({
      ...checkChannelValues(slackChannel, {
        settings: { conversation: "C1", apiUrl: `${target.url}/api` },
        secrets: { botToken: TOKEN },
      }),
      message: sampleMessage,
      idempotencyKey: "k",
      createdAt: "2026-07-01T00:00:00.000Z",
      now: new Date("2026-07-01T00:00:00Z"),
      network: { rules: addressRules(["127.0.0.1"]), resolve: systemResolve, timeoutMs: 2000 },
      signal: new AbortController().signal,
    });
  return {
    send,
    received: target.received,
    methods: () => target.received.map(({ path }) => path.split("/").at(-1)),
  };
};

describe("Slack by a bot's token", () => {
  it("posts the message, then its chart and file in the thread", async () => {
    const { send, received, methods } = await slack();
    expect(await send()).toEqual({ outcome: "delivered", detail: "Slack took it" });
    expect(methods()).toEqual([
      "chat.postMessage",
      ...["files.getUploadURLExternal", "upload", "files.getUploadURLExternal", "upload"],
      "files.completeUploadExternal",
    ]);
    expect(received[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    const posted = JSON.parse(received[0]?.body ?? "");
    expect(posted).toMatchObject({
      channel: "C1",
      text: "Spend in June",
      metadata: { event_payload: { idempotency_key: "k" } },
    });
    expect(received[4]?.body).toBe("service,cost\nStorage,1000.00\n");
    const completed = JSON.parse(received[5]?.body ?? "");
    expect(completed).toMatchObject({ channel_id: "C1", thread_ts: "1.2" });
    expect(completed.files.map(({ title }: { readonly title: string }) => title)).toEqual([
      "Trend",
      "june.csv",
    ]);
    // The token goes to Slack's API only, not to where files are put.
    expect(received[2]?.headers.authorization).toBeUndefined();
  });

  it("says which files are missing, and posts no second message for them", async () => {
    const { send, methods } = await slack({
      "files.completeUploadExternal": { ok: false, error: "internal_error" },
    });
    expect(await send()).toEqual({ outcome: "delivered", detail: "Slack took it, without 2 of 2 files" });
    expect(methods().filter((method) => method === "chat.postMessage")).toHaveLength(1);
  });

  it.each([
    ["ratelimited", "retry"],
    ["internal_error", "retry"],
    ["invalid_auth", "refused"],
    ["channel_not_found", "refused"],
  ])("reads Slack's %s as %s", async (error, outcome) => {
    const { send } = await slack({ "chat.postMessage": { ok: false, error } });
    expect(await send()).toEqual({ outcome, detail: `Slack says ${error}` });
  });

  it("repeats nothing that is no code of Slack's", async () => {
    const { send } = await slack({ "chat.postMessage": { ok: false, error: `no ${TOKEN}` } });
    expect(await send()).toEqual({ outcome: "refused", detail: "Slack says no" });
  });
});

import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { ChannelDefinition, SendOutcome } from "../../packages/platform/src/notify/channels/channel.ts";
import { checkChannelValues } from "../../packages/platform/src/notify/channels/check-channel.ts";
import { channelKinds } from "../../packages/platform/src/notify/channels/registry.ts";
import { addressRules } from "../../packages/platform/src/notify/guard/address-rules.ts";
import { systemResolve } from "../../packages/platform/src/notify/guard/guarded-lookup.ts";
import type { Message } from "../../packages/platform/src/notify/message.ts";
import { answering, cutting, httpTarget } from "../../packages/platform/src/testing/http-target.ts";
import { mailTarget } from "../../packages/platform/src/testing/mail-target.ts";
import { sampleMessage } from "../../packages/platform/src/testing/sample-message.ts";

const folder = resolve(import.meta.dirname, "../../packages/platform/src/notify/channels");
const SECRET = "s3cr3t-t0ken-0123456789";

type Fault = "none" | "down" | "silent" | "500" | "429" | "404" | "cut" | "redirect";

interface Stand {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
  /** What arrived, each with all that makes it the same message. */
  arrived(): readonly string[];
}

const STATUS = { "500": 500, "429": 429, "404": 404 } as const;

const httpStand = async (fault: Fault) => {
  const target = await httpTarget();
  if (fault in STATUS)
    target.behave(answering(STATUS[fault as keyof typeof STATUS], { "retry-after": "90" }, SECRET));
  if (fault === "redirect") target.behave(answering(307, { location: target.url }));
  if (fault === "silent") target.behave(() => undefined);
  if (fault === "cut") target.behave(cutting);
  if (fault === "down") await target.close();
  return target;
};

/** A receiver of each kind, with each fault. */
const STANDS: Readonly<Record<string, (fault: Fault) => Promise<Stand>>> = {
  webhook: async (fault) => {
    const { url, received } = await httpStand(fault);
    return {
      settings: { includeFiles: true },
      secrets: { url: `${url}/hook/${SECRET}`, signingSecret: SECRET },
      arrived: () => received.map(({ body, headers }) => `${headers["idempotency-key"]} ${body}`),
    };
  },
  slack: async (fault) => {
    const { url, received } = await httpStand(fault);
    return {
      settings: {},
      secrets: { url: `${url}/services/${SECRET}` },
      arrived: () => received.map(({ body }) => body),
    };
  },
  email: async (fault) => {
    const mail = await mailTarget({ user: "trimtab", password: SECRET });
    const silent = fault === "silent" || fault === "down" ? await httpStand(fault) : undefined;
    if (fault === "500" || fault === "429") mail.refuse(451);
    if (fault === "404" || fault === "redirect") mail.refuse(550);
    if (fault === "cut") mail.cut(true);
    return {
      settings: {
        ...{ host: "127.0.0.1", port: silent === undefined ? mail.port : new URL(silent.url).port },
        ...{ security: "none", user: "trimtab", from: "Trimtab <costs@example.com>" },
      },
      secrets: { password: SECRET },
      arrived: () =>
        mail.received.map(({ source, header }) => `${header("message-id")} ${source.length > 0}`),
    };
  },
};

const send = (
  kind: ChannelDefinition,
  { settings, secrets }: Stand,
  options: { readonly allowed?: readonly string[]; readonly message?: Message } = {},
): Promise<SendOutcome> =>
  kind.send({
    ...checkChannelValues(kind, { settings, secrets }),
    message: options.message ?? sampleMessage,
    ...(kind.takesAddresses ? { address: "anna@example.com" } : {}),
    idempotencyKey: "a".repeat(40),
    createdAt: "2026-07-01T00:00:00.000Z",
    now: new Date("2026-07-01T00:00:00Z"),
    network: {
      rules: addressRules(options.allowed ?? ["127.0.0.1"]),
      resolve: systemResolve,
      timeoutMs: 1500,
    },
    signal: new AbortController().signal,
  });

it("every folder of a channel is in the registry", () => {
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "shared")
    .map(({ name }) => name);
  expect(folders.toSorted()).toEqual(Object.keys(channelKinds).toSorted());
});

describe.each(Object.values(channelKinds) as readonly ChannelDefinition[])("channel $kind", (kind) => {
  const standFor = (fault: Fault): Promise<Stand> => {
    const make = STANDS[kind.kind];
    if (make === undefined) throw new Error(`no stand for ${kind.kind}`);
    return make(fault);
  };

  const tell = async (fault: Fault): Promise<{ readonly sent: SendOutcome; readonly stand: Stand }> => {
    const stand = await standFor(fault);
    const sent = await send(kind, stand);
    expect(JSON.stringify(sent)).not.toContain(SECRET);
    return { sent, stand };
  };

  it("delivers a message with a part of every kind, and the smallest", async () => {
    const { sent, stand } = await tell("none");
    expect(sent.outcome, sent.detail).toBe("delivered");
    expect(await send(kind, stand, { message: { title: "x" } })).toMatchObject({ outcome: "delivered" });
    expect(stand.arrived()).toHaveLength(2);
  });

  it("sends the same thing again on a second try", async () => {
    const { stand } = await tell("none");
    await send(kind, stand);
    const [first, second] = stand.arrived();
    expect(second).toBe(first);
  });

  it.each(["down", "silent", "500", "429", "cut"] as const)("tries again after: %s", async (fault) => {
    const { sent } = await tell(fault);
    expect(sent.outcome, sent.detail).toBe("retry");
    if (fault === "429" && kind.kind !== "email") expect(sent).toMatchObject({ retryAfterMs: 90_000 });
  });

  it.each(["404", "redirect"] as const)("gives up after: %s", async (fault) => {
    const { sent, stand } = await tell(fault);
    expect(sent.outcome, sent.detail).toBe("refused");
    expect(stand.arrived().length).toBeLessThanOrEqual(1);
  });

  it("reaches no address that is not allowed", async () => {
    const stand = await standFor("none");
    const sent = await send(kind, stand, { allowed: [] });
    expect(sent).toMatchObject({ outcome: "refused", detail: expect.stringContaining("not to be reached") });
    expect(stand.arrived()).toHaveLength(0);
  });

  it("says where it goes without what is secret", async () => {
    const { settings, secrets } = await standFor("none");
    const target = kind.target(checkChannelValues(kind, { settings, secrets }));
    expect(target).toContain("127.0.0.1");
    expect(target).not.toContain(SECRET);
  });

  it("refuses what is no field of it, and what is missing", async () => {
    const { settings, secrets } = await standFor("none");
    const invalid = expect.objectContaining({ code: "NOTIFY_CHANNEL_INVALID" });
    expect(() => checkChannelValues(kind, { settings: { ...settings, other: "x" }, secrets })).toThrow(
      invalid,
    );
    expect(() => checkChannelValues(kind, { settings: {}, secrets: {} })).toThrow(invalid);
    const [secret = ""] = Object.keys(secrets);
    const misplaced = { settings: { ...settings, [secret]: SECRET }, secrets: {} };
    expect(() => checkChannelValues(kind, misplaced)).toThrow(invalid);
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { channelKinds } from "../../packages/platform/src/notify/channels/registry.ts";
import { addChannel } from "../../packages/platform/src/server/delivery/channel-changes.ts";
import { sendMessage } from "../../packages/platform/src/server/delivery/send-message.ts";
import { verifyChain } from "../../packages/platform/src/state/audit.ts";
import { listDeliveries } from "../../packages/platform/src/state/deliveries.ts";
import { writeSetting } from "../../packages/platform/src/state/settings.ts";
import type { State } from "../../packages/platform/src/state/state.ts";
import { type HttpTarget, httpTarget } from "../../packages/platform/src/testing/http-target.ts";
import { type MailTarget, mailTarget } from "../../packages/platform/src/testing/mail-target.ts";
import { STATE_ENGINES, type StateHome } from "../../packages/platform/src/testing/state-engines.ts";
import { type Random, randomFrom } from "../fuzz/random.ts";

/** The run that is told of in docs/reference/reliability.md takes 100. */
const KILLS = Number(process.env.TRIMTAB_OUTBOX_KILLS ?? 3);
const SEED = Number(process.env.TRIMTAB_SEED ?? 1);
const HOUR_MS = 3_600_000;

vi.setConfig({ testTimeout: 7_200_000 });

const startChild = async (home: StateHome, name: string, shiftMs: number): Promise<ChildProcess> => {
  const script = join(import.meta.dirname, "outbox-child.ts");
  const env = { ...process.env, ...home.env };
  const child = spawn(process.execPath, [script, name, String(shiftMs)], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  const tell = (chunk: unknown) => {
    told += String(chunk);
    // What a child complains of is a fault of ours.
    if (String(chunk).includes("problem")) console.error(String(chunk));
  };
  child.stderr?.on("data", tell);
  child.stdout?.on("data", tell);
  await Promise.race([
    new Promise<void>((resolve) =>
      child.stdout?.on("data", (chunk) => String(chunk).includes("ready") && resolve()),
    ),
    once(child, "exit").then(() => {
      throw new Error(`the child ended: ${told}`);
    }),
  ]);
  return child;
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
};

/** A receiver that fails in every way there is, and tells of what it took. */
const faultyTarget = async (random: Random, onTaken: () => void) => {
  const taken: { readonly key: string; readonly body: string }[] = [];
  const target: HttpTarget = await httpTarget();
  const faulty = () =>
    target.behave(({ headers, body }, reply) => {
      const take = () => {
        taken.push({ key: String(headers["idempotency-key"]), body });
        onTaken();
      };
      const fate = random.below(8);
      if (fate === 0) reply.writeHead(500).end();
      else if (fate === 1) reply.writeHead(429, { "retry-after": String(random.below(60)) }).end();
      else if (fate === 2) reply.destroy();
      else if (fate === 3) {
        take();
        reply.destroy();
      } else if (fate === 4) {
        take();
        // Never answered.
      } else if (fate === 5) {
        take();
        setTimeout(() => reply.end("ok"), 50 + random.below(400));
      } else {
        take();
        reply.end("ok");
      }
    });
  const well = () =>
    target.behave(({ headers, body }, reply) => {
      taken.push({ key: String(headers["idempotency-key"]), body });
      reply.end("ok");
    });
  faulty();
  return { url: target.url, taken, well };
};

const setUp = async (home: StateHome, url: string, mail?: MailTarget) => {
  const state = await home.open({ now: () => new Date() });
  const parts = { state, channelKinds, jobs: {} };
  await writeSetting(state, "test", {
    ...{ name: "delivery", version: 0 },
    value: { allowedNetworks: ["127.0.0.1"], maxAttempts: 10_000, keepDays: 3650 },
  });
  const secrets = { url, signingSecret: "a-secret-of-both-sides" };
  const hook = await addChannel(parts, "test", {
    name: "hook",
    kind: "webhook",
    settings: {},
    secrets,
    enabled: true,
  });
  const email =
    mail === undefined
      ? undefined
      : await addChannel(parts, "test", {
          ...{ name: "mail", kind: "email", secrets: {}, enabled: true },
          settings: { host: "127.0.0.1", port: mail.port, security: "none", from: "costs@example.com" },
        });
  const send = (channelId: string, key: string, address?: string) =>
    sendMessage(parts, "test", {
      recipient: { channelId, ...(address === undefined ? {} : { address }) },
      message: { title: `message ${key}`, summary: key },
      key,
    });
  return { state, hook, email, send };
};

const open = async (state: State): Promise<number> => {
  const { counts } = await listDeliveries(state, { limit: 1 });
  return (counts.waiting ?? 0) + (counts.sending ?? 0);
};

/** Nothing is open any more, or what is does not become less: it waits for another time. */
const settled = async (state: State): Promise<void> => {
  for (let last = -1, now = await open(state); now > 0 && now !== last; now = await open(state)) {
    last = now;
    await sleep(2000);
  }
};

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))(
  "the outbox under faults, $name",
  ({ home }) => {
    it(`loses nothing over ${KILLS} kills, faulty receivers and clocks that jump, and repeats only by the same key`, async () => {
      const random = randomFrom(SEED);
      const own = await home();
      let child: ChildProcess | undefined;
      let mayKillAt = -1;
      let count = 0;
      // Half of the deaths come at the worst moment: the receiver has it, the sender does not know.
      const onTaken = () => {
        count += 1;
        if (mayKillAt > 0 && count >= mayKillAt) child?.kill("SIGKILL");
      };
      const target = await faultyTarget(random, onTaken);
      const mail = await mailTarget();
      const { state, hook, email = "", send } = await setUp(own, `${target.url}/hook`, mail);
      const keys: string[] = [];
      let shiftMs = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        for (const part of ["a", "b", "c"]) {
          const key = `${kill}-${part}`;
          keys.push(key);
          await send(part === "c" ? email : hook, key, part === "c" ? "anna@example.com" : undefined);
        }
        mail.refuse(random.below(3) === 0 ? 451 : undefined);
        // Mostly on, so that waits and holds are over; now and then far back or far ahead.
        const jump = random.below(6);
        shiftMs = jump === 0 ? -72 * HOUR_MS : jump === 1 ? 400 * 24 * HOUR_MS : random.below(30) * HOUR_MS;
        count = 0;
        mayKillAt = random.below(2) === 0 ? 1 + random.below(3) : -1;
        child = await startChild(own, `child-${kill}`, shiftMs);
        const died = once(child, "exit");
        await Promise.race([died, sleep(random.below(1200))]);
        await end(child, "SIGKILL");
      }
      mayKillAt = -1;
      target.well();
      mail.refuse(undefined);
      // From here on all is well, and time goes on: everything arrives.
      for (let day = 1; (await open(state)) > 0; day++) {
        expect(day, "everything arrives within some days").toBeLessThan(30);
        child = await startChild(own, `last-${day}`, (500 + 2 * day) * 24 * HOUR_MS);
        await settled(state);
        await end(child, "SIGTERM");
      }
      const { items, counts } = await listDeliveries(state, { limit: 10_000 });
      expect(counts).toEqual({ delivered: keys.length });
      const hooked = items.filter(({ channelKind }) => channelKind === "webhook");
      const bodies = new Map<string, Set<string>>();
      for (const { key, body } of target.taken) bodies.set(key, (bodies.get(key) ?? new Set()).add(body));
      // Nothing is lost …
      expect([...bodies.keys()].toSorted()).toEqual(
        hooked.map(({ idempotencyKey }) => idempotencyKey).toSorted(),
      );
      // … and what came more than once is the same thing under the same key.
      for (const [key, own_] of bodies) expect(own_.size, key).toBe(1);
      const mails = new Set(mail.received.map(({ header }) => header("message-id")));
      expect(mails.size).toBe(items.length - hooked.length);
      expect(await verifyChain(state)).toMatchObject({ status: "whole" });
      const repeated = target.taken.length - bodies.size + mail.received.length - mails.size;
      console.log(
        `kills ${KILLS}: ${items.length} deliveries, ${repeated} repeated under their key, none lost`,
      );
    });

    it("is sent by two servers at once, and nothing twice", async () => {
      const own = await home();
      const target = await httpTarget((_, reply) => void setTimeout(() => reply.end("ok"), 20));
      const { state, hook, send } = await setUp(own, target.url);
      const COUNT = 60;
      const children = [await startChild(own, "one", 0), await startChild(own, "two", 0)];
      for (let index = 0; index < COUNT; index++) await send(hook, `key-${index}`);
      for (let wait = 0; wait < 1200 && (await open(state)) > 0; wait++) await sleep(50);
      await Promise.all(children.map((child) => end(child, "SIGTERM")));
      expect(await open(state)).toBe(0);
      const keys = target.received.map(({ headers }) => headers["idempotency-key"]);
      expect(keys).toHaveLength(COUNT);
      expect(new Set(keys).size).toBe(COUNT);
    });
  },
);

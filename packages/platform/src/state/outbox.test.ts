import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { verifyChain } from "./audit.ts";
import {
  changeChannel,
  createChannel,
  listChannels,
  readChannel,
  readChannelSecrets,
  removeChannel,
} from "./channels.ts";
import { cancelDelivery, listDeliveries, readDelivery, replayDelivery } from "./deliveries.ts";
import { enqueueMessage, purgeOutbox, readOutboxMessage } from "./outbox.ts";
import { type ClaimRequest, claimDeliveries, finishDelivery, isAnyDue } from "./outbox-claims.ts";
import type { State } from "./state.ts";

const REQUEST: ClaimRequest = {
  leaseMs: 120_000,
  longestWaitMs: 86_400_000,
  limit: 8,
  perChannel: 2,
  busy: new Map(),
};
const SECRET = "https://hooks.example.com/s3cr3t";

const addChannel = (state: State, name = "costs") =>
  createChannel(state, "anna", {
    ...{ name, kind: "webhook", target: "hooks.example.com", enabled: true },
    settings: { includeFiles: false },
    secrets: { url: SECRET },
  });

const message = (title: string) => ({
  title,
  body: { title },
  files: [{ name: "a.csv", contentType: "text/csv", bytes: Buffer.from([0, 1, 254, 255]) }],
});

const send = async (state: State, channelId: string, keys: readonly string[]) =>
  await enqueueMessage(state, "anna", message(`about ${keys[0]}`), {
    targets: keys.map((key) => ({ channelId, key })),
    maxAttempts: 3,
  });

/** A clock that tests set. */
const clockAt = (start: string) => {
  let now = new Date(start);
  return {
    now: () => now,
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
};

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("the outbox $name", ({ home }) => {
  it("keeps channels, and their secrets only encrypted", async () => {
    const state = await (await home()).open();
    const id = await addChannel(state);
    expect(await readChannel(state, id)).toMatchObject({
      name: "costs",
      secretFields: ["url"],
      enabled: true,
    });
    expect(await readChannelSecrets(state, id)).toEqual({ url: SECRET });
    await expect(addChannel(state)).rejects.toMatchObject({ code: "STATE_EXISTS" });
    const { kind: _, ...there } = await readChannel(state, id);
    const change = { ...there, secrets: { url: `${SECRET}-new` }, name: "spend" };
    await changeChannel(state, "anna", change);
    await expect(changeChannel(state, "anna", change)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
    expect(await readChannelSecrets(state, id)).toEqual({ url: `${SECRET}-new` });
    const kept = await state.read((db) => db.selectFrom("channels").selectAll().execute());
    const audited = await state.read((db) => db.selectFrom("auditLog").selectAll().execute());
    expect(JSON.stringify([kept, audited])).not.toContain("s3cr3t");
    await removeChannel(state, "anna", id);
    expect(await listChannels(state)).toEqual([]);
    expect(await readChannelSecrets(state, id)).toEqual({});
    expect(await verifyChain(state)).toMatchObject({ status: "whole" });
  });

  it("takes a delivery once for its key, and keeps bytes as they are", async () => {
    const state = await (await home()).open();
    const channelId = await addChannel(state);
    const first = await send(state, channelId, ["run-1"]);
    expect(await send(state, channelId, ["run-1"])).toEqual(first);
    const both = await send(state, channelId, ["run-1", "run-2"]);
    expect(both[0]).toBe(first[0]);
    const { items } = await listDeliveries(state, { limit: 10 });
    expect(items).toHaveLength(2);
    const { files } = await readOutboxMessage(state, items[0]?.messageId ?? "");
    expect([...(files[0]?.bytes ?? [])]).toEqual([0, 1, 254, 255]);
    const messages = await state.read((db) => db.selectFrom("outboxMessages").select("id").execute());
    expect(messages).toHaveLength(2);
  });

  it("hands each delivery to one process, and few of a channel at a time", async () => {
    const own = await home();
    const [one, two] = [await own.open(), await own.open()];
    const slow = await addChannel(one, "slow");
    const quick = await addChannel(one, "quick");
    await send(
      one,
      slow,
      Array.from({ length: 30 }, (_, index) => `slow-${index}`),
    );
    await send(one, quick, ["quick-1"]);
    const [first, second] = await Promise.all([
      claimDeliveries(one, "one", REQUEST),
      claimDeliveries(two, "two", REQUEST),
    ]);
    const claimed = [...first, ...second].map(({ id }) => id);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(first.filter(({ channelId }) => channelId === slow)).toHaveLength(2);
    // One with many does not hold up the other.
    expect([...first, ...second].filter(({ channelId }) => channelId === quick)).toHaveLength(1);
  });

  it("gives a dead process's delivery to another when its hold is over, and takes no answer of the first any more", async () => {
    const clock = clockAt("2026-07-01T12:00:00Z");
    const state = await (await home()).open(clock);
    await send(state, await addChannel(state), ["a"]);
    const [first] = await claimDeliveries(state, "one", REQUEST);
    if (first === undefined) throw new Error("nothing was due");
    expect(await claimDeliveries(state, "two", REQUEST)).toEqual([]);
    clock.pass(120_001);
    const [second] = await claimDeliveries(state, "two", REQUEST);
    expect(second).toMatchObject({ id: first.id, attempt: 2, idempotencyKey: first.idempotencyKey });
    if (second === undefined) return;
    expect(await finishDelivery(state, "one", first, { next: "delivered", detail: "late" })).toBe(false);
    expect(await finishDelivery(state, "two", second, { next: "delivered", detail: "ok" })).toBe(true);
    const { status, tries } = await readDelivery(state, first.id);
    expect([status, tries.map(({ outcome }) => outcome)]).toEqual([
      "delivered",
      ["interrupted", "delivered"],
    ]);
  });

  it("waits as long as it was told, and not longer after a clock that was ahead", async () => {
    const clock = clockAt("2026-07-01T12:00:00Z");
    const state = await (await home()).open(clock);
    await send(state, await addChannel(state), ["a"]);
    const [claim] = await claimDeliveries(state, "one", REQUEST);
    if (claim === undefined) throw new Error("nothing was due");
    await finishDelivery(state, "one", claim, {
      next: "waiting",
      detail: "it answered 503",
      afterMs: 60_000,
    });
    clock.pass(59_000);
    expect(await isAnyDue(state, REQUEST)).toBe(false);
    clock.pass(1000);
    expect(await isAnyDue(state, REQUEST)).toBe(true);
    // What was written by a clock that was a week ahead is due at once.
    clock.pass(7 * 86_400_000);
    const [ahead] = await claimDeliveries(state, "one", REQUEST);
    if (ahead === undefined) throw new Error("nothing was due");
    await finishDelivery(state, "one", ahead, { next: "waiting", detail: "x", afterMs: 60_000 });
    clock.pass(-7 * 86_400_000);
    expect(await isAnyDue(state, REQUEST)).toBe(true);
    const [held] = await claimDeliveries(state, "one", REQUEST);
    clock.pass(-7 * 86_400_000);
    // And so is a hold of it.
    expect((await claimDeliveries(state, "two", REQUEST)).map(({ id }) => id)).toEqual([held?.id]);
  });

  it("gives up, tells it in the audit log, and tries again when asked", async () => {
    const state = await (await home()).open();
    const [id = ""] = await send(state, await addChannel(state), ["a"]);
    const [claim] = await claimDeliveries(state, "one", REQUEST);
    if (claim === undefined) throw new Error("nothing was due");
    await finishDelivery(state, "one", claim, {
      next: "dead",
      outcome: "refused",
      detail: "it answered 404",
    });
    expect(await isAnyDue(state, REQUEST)).toBe(false);
    const page = await listDeliveries(state, { status: "dead", limit: 10 });
    expect(page).toMatchObject({ counts: { dead: 1 }, items: [{ id, lastError: "it answered 404" }] });
    await replayDelivery(state, "anna", { id, maxAttempts: 3 });
    const [again] = await claimDeliveries(state, "one", REQUEST);
    expect(again).toMatchObject({ id, attempt: 2, triesLeft: 2, idempotencyKey: claim.idempotencyKey });
    if (again === undefined) return;
    await finishDelivery(state, "one", again, { next: "delivered", detail: "ok" });
    await expect(replayDelivery(state, "anna", { id, maxAttempts: 3 })).rejects.toMatchObject({
      code: "STATE_MOVE_REFUSED",
    });
    const actions = await state.read((db) => db.selectFrom("auditLog").select("action").execute());
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["delivery.given-up", "delivery.replayed"]),
    );
  });

  it("lets go of files once all have them, and of old messages, but not of those that were given up", async () => {
    const clock = clockAt("2026-07-01T12:00:00Z");
    const state = await (await home()).open(clock);
    const channelId = await addChannel(state);
    await send(state, channelId, ["a", "b"]);
    await send(state, channelId, ["c"]);
    const files = () => state.read((db) => db.selectFrom("outboxFiles").select("messageId").execute());
    const claims = await claimDeliveries(state, "one", { ...REQUEST, perChannel: 8 });
    const [a, b, c] = claims;
    if (a === undefined || b === undefined || c === undefined) throw new Error("three were due");
    const isSecond = (claim: typeof a) => claim.messageId !== a.messageId;
    const dead = claims.find(
      (claim) => claims.filter((each) => each.messageId === claim.messageId).length === 1,
    );
    const alive = claims.filter((claim) => claim !== dead);
    expect(alive.some(isSecond) && alive.some((claim) => !isSecond(claim))).toBe(false);
    for (const [index, claim] of alive.entries()) {
      await finishDelivery(state, "one", claim, { next: "delivered", detail: "ok" });
      expect(await files()).toHaveLength(index === 0 ? 2 : 1);
    }
    if (dead === undefined) throw new Error("one has a message of its own");
    await finishDelivery(state, "one", dead, { next: "dead", outcome: "refused", detail: "no" });
    clock.pass(100 * 86_400_000);
    expect(await purgeOutbox(state, "one", 90)).toBe(2);
    expect((await listDeliveries(state, { limit: 10 })).items.map(({ id }) => id)).toEqual([dead.id]);
    await cancelDelivery(state, "anna", dead.id);
    expect(await files()).toEqual([]);
  });

  it("holds what goes to a channel that is switched off, and cancels what goes to one that is removed", async () => {
    const state = await (await home()).open();
    const id = await addChannel(state);
    const [delivery = ""] = await send(state, id, ["a"]);
    const { kind: _, ...there } = await readChannel(state, id);
    await changeChannel(state, "anna", { ...there, secrets: { url: SECRET }, enabled: false });
    expect(await claimDeliveries(state, "one", REQUEST)).toEqual([]);
    await removeChannel(state, "anna", id);
    expect(await readDelivery(state, delivery)).toMatchObject({ status: "cancelled" });
  });

  it("is listed in pages, newest first", async () => {
    const clock = clockAt("2026-07-01T12:00:00Z");
    const state = await (await home()).open(clock);
    const channelId = await addChannel(state);
    for (let index = 0; index < 7; index++) {
      await send(state, channelId, [`k${index}`]);
      if (index % 2 === 0) clock.pass(1000);
    }
    const seen: string[] = [];
    let after: { readonly createdAt: string; readonly id: string } | undefined;
    do {
      const page = await listDeliveries(state, { limit: 3, after });
      seen.push(...page.items.map(({ title }) => title));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    expect(seen.slice(0, 2).toSorted()).toEqual(["about k5", "about k6"]);
    expect(seen.at(-1)).toBe("about k0");
  });
});

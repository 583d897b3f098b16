import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Lake } from "../../lake/lake.ts";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { createQueryDesk, type DeskOptions, type DeskTools, type QueryDesk } from "./query-desk.ts";

/** An engine whose statements end when the test says so. */
const heldEngine = () => {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const aborted: string[] = [];
  const engine = {
    run: (sql: { readonly text: string }, { signal }: { readonly signal?: AbortSignal } = {}) =>
      new Promise((resolve, reject) => {
        started.push(sql.text);
        ends.set(sql.text, () => resolve({ columns: [], rows: [] }));
        signal?.addEventListener("abort", () => {
          aborted.push(sql.text);
          reject(signal.reason);
        });
      }),
  } as unknown as QueryEngine;
  const end = async (name: string) => {
    ends.get(name)?.();
    await wait(1);
  };
  return { engine, started, aborted, end };
};

const deskOver = (engine: QueryEngine, options: Partial<DeskOptions> = {}): QueryDesk =>
  createQueryDesk({
    engine,
    lake: {} as Lake,
    watch: {} as DeskOptions["watch"],
    atOnce: 3,
    mostUnderWay: 100,
    mostOfOwner: 100,
    cacheBytes: 100_000,
    ...options,
  });

const never = new AbortController().signal;

/** Asks for a statement of this name, which rollups answer; its key is the name. */
const ask = (desk: QueryDesk, owner: string, name: string, signal: AbortSignal = never, isSmall = true) =>
  desk.ask({ owner, key: name, signal }, async ({ engine, signal: gone }: DeskTools) => {
    await engine.run({ text: name, params: [] }, { signal: gone, isSmall });
    return { name };
  });

describe("the query desk", () => {
  it("runs three statements at a time and gives each owner a turn", async () => {
    const { engine, started, end } = heldEngine();
    const desk = deskOver(engine);
    const all = ["a1", "a2", "a3", "a4", "a5", "a6"].map((name) => ask(desk, "anna", name));
    all.push(ask(desk, "ben", "b1"), ask(desk, "cleo", "c1"), ask(desk, "ben", "b2"));
    await wait(1);
    expect(started).toEqual(["a1", "a2", "a3"]);
    for (const name of ["a1", "a2", "a3", "a4", "b1", "c1", "a5", "b2", "a6"]) await end(name);
    await Promise.all(all);
    expect(started).toEqual(["a1", "a2", "a3", "a4", "b1", "c1", "a5", "b2", "a6"]);
  });

  it("keeps one place for what rollups answer, whoever reads charges in the others", async () => {
    const { engine, started, end } = heldEngine();
    const desk = deskOver(engine);
    const large = (owner: string, name: string) => ask(desk, owner, name, never, false);
    const all = [large("anna", "l1"), large("ben", "l2"), large("cleo", "l3"), ask(desk, "cleo", "s1")];
    await wait(1);
    expect(started).toEqual(["l1", "l2", "s1"]);
    all.push(ask(desk, "dora", "s2"), large("dora", "l4"));
    await end("s1");
    expect(started).toEqual(["l1", "l2", "s1", "s2"]);
    for (const name of ["l1", "l2", "s2", "l3", "l4"]) await end(name);
    await Promise.all(all);
    expect(started).toEqual(["l1", "l2", "s1", "s2", "l3", "l4"]);
  });

  it("gives up no turn between the statements of work that asked for one turn", async () => {
    const { engine, started, end } = heldEngine();
    const desk = deskOver(engine, { atOnce: 1 });
    const request = { owner: "anna", key: "both", signal: never, isOneTurn: true };
    const both = desk.ask(request, async ({ engine: ofDesk, signal }) => {
      await ofDesk.run({ text: "first", params: [] }, { signal });
      await ofDesk.run({ text: "second", params: [] }, { signal });
      return {};
    });
    await wait(1);
    const other = ask(desk, "ben", "other");
    for (const name of ["first", "second", "other"]) await end(name);
    await Promise.all([both, other]);
    expect(started).toEqual(["first", "second", "other"]);
  });

  it("makes an answer once for all who ask at the same time, and keeps it", async () => {
    const { engine, started, end } = heldEngine();
    const desk = deskOver(engine);
    const both = Promise.all([ask(desk, "anna", "q"), ask(desk, "ben", "q")]);
    await wait(1);
    await end("q");
    const [first, second] = await both;
    expect(second).toBe(first);
    expect(await ask(desk, "cleo", "q")).toBe(first);
    expect(started).toEqual(["q"]);
    expect(desk.figures).toMatchObject({ asked: 3, shared: 1, fromCache: 1, underWay: 0 });
  });

  it("interrupts a statement only once nobody waits for it", async () => {
    const { engine, aborted, started, end } = heldEngine();
    const desk = deskOver(engine);
    const anna = new AbortController();
    const ben = new AbortController();
    const annas = ask(desk, "anna", "q", anna.signal);
    const bens = ask(desk, "ben", "q", ben.signal);
    await wait(1);
    anna.abort();
    await expect(annas).rejects.toMatchObject({ code: "SERVER_CANCELLED" });
    expect(aborted).toEqual([]);
    ben.abort();
    await expect(bens).rejects.toMatchObject({ code: "SERVER_CANCELLED" });
    expect(aborted).toEqual(["q"]);
    expect(desk.figures).toMatchObject({ interrupted: 1, underWay: 0 });
    const again = ask(desk, "anna", "q");
    await wait(1);
    await end("q");
    await again;
    expect(started).toEqual(["q", "q"]);
  });

  it("never starts what was given up while it waited", async () => {
    const { engine, started, end } = heldEngine();
    const desk = deskOver(engine, { atOnce: 1 });
    const first = ask(desk, "anna", "first");
    const gone = new AbortController();
    const second = ask(desk, "ben", "second", gone.signal);
    await wait(1);
    gone.abort();
    await expect(second).rejects.toMatchObject({ code: "SERVER_CANCELLED" });
    await end("first");
    await first;
    await wait(1);
    expect(started).toEqual(["first"]);
    const third = ask(desk, "ben", "third");
    await wait(1);
    await end("third");
    await third;
  });

  it("refuses what is too much, in all and of one owner, and takes more once there is room", async () => {
    const { engine, end } = heldEngine();
    const desk = deskOver(engine, { mostUnderWay: 4, mostOfOwner: 2 });
    const kept = [ask(desk, "anna", "a1"), ask(desk, "anna", "a2")];
    await expect(ask(desk, "anna", "a3")).rejects.toMatchObject({ code: "SERVER_BUSY", status: 503 });
    kept.push(ask(desk, "ben", "b1"), ask(desk, "ben", "b2"));
    await expect(ask(desk, "cleo", "c1")).rejects.toMatchObject({ code: "SERVER_BUSY" });
    await wait(1);
    for (const name of ["a1", "a2", "b1", "b2"]) await end(name);
    await Promise.all(kept);
    const later = ask(desk, "anna", "a4");
    await wait(1);
    await end("a4");
    expect(await later).toEqual({ name: "a4" });
  });

  it("keeps no failure, and tells all who waited of it", async () => {
    const { engine } = heldEngine();
    const desk = deskOver(engine);
    let tries = 0;
    const failing = () =>
      desk.ask({ owner: "anna", key: "q", signal: never }, async () => {
        tries += 1;
        throw new Error(`try ${tries}`);
      });
    const both = await Promise.allSettled([failing(), failing()]);
    expect(both.map((one) => one.status === "rejected" && one.reason.message)).toEqual(["try 1", "try 1"]);
    await expect(failing()).rejects.toThrow("try 2");
  });

  it("gives up the answers used longest ago, and keeps none that is too large", async () => {
    const { engine } = heldEngine();
    const desk = deskOver(engine, { cacheBytes: 17_600 });
    let made = 0;
    const answer = (key: string, bytes: number) =>
      desk.ask({ owner: "anna", key, signal: never }, async () => {
        made += 1;
        return { text: "x".repeat(bytes) };
      });
    for (const key of ["a", "b", "c", "d"]) await answer(key, 900);
    await answer("a", 900);
    await answer("e", 900);
    await answer("a", 900);
    expect(made).toBe(5);
    await answer("b", 900);
    expect(made).toBe(6);
    await answer("large", 2000);
    await answer("large", 2000);
    expect(made).toBe(8);
    expect(desk.figures.cachedBytes).toBeLessThanOrEqual(17_600);
  });
});

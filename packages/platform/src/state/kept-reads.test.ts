import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { keepReads } from "./kept-reads.ts";
import { writeSetting } from "./settings.ts";
import type { State } from "./state.ts";

const change = (state: State, name: string) => writeSetting(state, "anna", { name, value: 1, version: 0 });

/** A read that says how often it ran. */
const counted = () => {
  let count = 0;
  return async () => {
    count += 1;
    return count;
  };
};

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("reads kept $name", ({ id, home }) => {
  it("are read anew once this process has changed anything", async () => {
    const state = await (await home()).open();
    const reads = keepReads<number>(state);
    const read = counted();
    const both = await Promise.all([reads.get("a", read), reads.get("a", read)]);
    expect([...both, await reads.get("a", read)]).toEqual([1, 1, 1]);
    expect(await reads.get("b", read)).toBe(2);
    await change(state, "one");
    expect(await reads.get("a", read)).toBe(3);
    reads.forget();
    expect(await reads.get("a", read)).toBe(4);
  });

  it("see what another process changed: at once where the database tells, else soon", async () => {
    const own = await home();
    const [state, other] = [await own.open(), await own.open()];
    const reads = keepReads<number>(state);
    const read = counted();
    await reads.get("a", read);
    expect(state.tellsOthersChanges).toBe(id === "sqlite");
    await change(other, "one");
    if (!state.tellsOthersChanges) await wait(2100);
    expect(await reads.get("a", read)).toBe(2);
  });

  it("never keep what was read before a change that came while they were read", async () => {
    const state = await (await home()).open();
    const reads = keepReads<string>(state);
    let goOn = (): void => undefined;
    const early = reads.get("a", async () => {
      await new Promise<void>((done) => {
        goOn = done;
      });
      return "before";
    });
    await change(state, "one");
    goOn();
    expect(await early).toBe("before");
    expect(await reads.get("a", async () => "after")).toBe("after");
  });

  it("keep neither a failure nor what is over", async () => {
    const state = await (await home()).open();
    let isOver = false;
    const reads = keepReads<number>(state, { isOver: () => isOver });
    const failing = reads.get("a", async () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    const read = counted();
    expect([await reads.get("a", read), await reads.get("a", read)]).toEqual([1, 1]);
    isOver = true;
    expect([await reads.get("a", read), await reads.get("a", read)]).toEqual([2, 3]);
  });
});

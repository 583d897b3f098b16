import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { withLock } from "./file-lock.ts";

it("lets one work at a time, tells the others whom they wait for, and leaves no file", async () => {
  const folder = tempFolder();
  const path = join(folder, "a.lock");
  let inside = 0;
  let most = 0;
  const waitedFor: string[] = [];
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(30);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(path, work, (pid) => waitedFor.push(pid))));
  expect(most).toBe(1);
  expect(waitedFor).toEqual([String(process.pid), String(process.pid)]);
  expect(readdirSync(folder)).toEqual([]);
});

it("takes over the lock of a process that is gone, and one that names none", async () => {
  const path = join(tempFolder(), "a.lock");
  for (const text of [`${process.pid} of another life`, "4194303 1", "", "-1 x"]) {
    writeFileSync(path, text);
    expect(await withLock(path, async () => "done")).toBe("done");
    expect(existsSync(path)).toBe(false);
  }
});

it("gives the lock back when the work fails", async () => {
  const path = join(tempFolder(), "a.lock");
  await expect(withLock(path, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await withLock(path, async () => "next")).toBe("next");
});

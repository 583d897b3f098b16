import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { openUploadStore } from "../../packages/platform/src/server/uploads/upload-store.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";

const KILLS = Number(process.env.TRIMTAB_KILLS ?? 6);
const BYTES = 3_000_000;
const CHILD = resolve(import.meta.dirname, "upload-child.ts");

it(`keeps every upload whole that it acknowledged, over ${KILLS} kills`, async () => {
  const folder = tempFolder();
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, [CHILD, folder, String(BYTES)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    const ended = once(child, "close");
    while (!said.includes("\n")) await wait(5);
    await wait(Math.random() * 120);
    child.kill("SIGKILL");
    await ended;
    acknowledged.push(...said.split("\n").slice(0, -1));
  }
  const store = openUploadStore(folder, () => new Date());
  const known = await store.list();
  const ids = known.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(acknowledged));
  for (const { id, file, bytes } of known) {
    expect(bytes).toBe(BYTES);
    expect(statSync(join(store.folderOf(id), file ?? "")).size).toBe(BYTES);
  }
  await store.sweep();
  expect(readdirSync(join(folder, "_receiving"))).toEqual([]);
  const taken = await store.takeOver();
  expect(taken.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(await store.takeOver()).toEqual([]);
});

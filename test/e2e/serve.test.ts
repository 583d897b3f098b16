import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";

const PROGRAM = resolve(import.meta.dirname, "../../packages/platform/bin/trimtab.js");

/** A real process of `trimtab serve` on a port of its own. */
const serve = (...more: readonly string[]) => {
  const folder = tempFolder();
  const { UV_THREADPOOL_SIZE: _, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [
      PROGRAM,
      "serve",
      "--lake",
      join(folder, "lake"),
      "--state",
      join(folder, "state.db"),
      "--port",
      "0",
      ...more,
    ],
    { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  return { child, said: () => said };
};

it("serves one process that knows its limits, and stops cleanly", async () => {
  const { child, said } = serve("--memory", "2000", "--log-level", "info");
  await expect.poll(said, { timeout: 100_000 }).toMatch(/Trimtab is at http:\/\/127\.0\.0\.1:\d+\n/);
  const [, address = ""] = /Trimtab is at (\S+)/.exec(said()) ?? [];
  await expect.poll(said).toMatch(/Make the first admin within a day at \S+\/welcome#\S+/);
  expect(await (await fetch(`${address}/ready`)).json()).toMatchObject({ status: "ready" });
  const model = await fetch(`${address}/api/v1/model`);
  expect(model.status).toBe(401);
  if (process.platform === "linux") {
    const own = readFileSync(`/proc/${child.pid}/environ`, "utf8").split("\0");
    expect(own).toEqual(expect.arrayContaining(["UV_THREADPOOL_SIZE=16", "TRIMTAB_MEMORY_MB=1200"]));
  }
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  expect(said()).toContain("Stopped");
  // The link is for people: no log has it.
  const logged = said()
    .split("\n")
    .filter((line) => line.startsWith("{"));
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join()).not.toContain("welcome#");
});

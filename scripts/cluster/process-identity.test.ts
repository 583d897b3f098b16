import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { endProcess, identify, isRunning, killProcess } from "./process-identity.ts";

const startSleeper = async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "spawn");
  const identity = await identify(child.pid ?? 0);
  if (identity === undefined) throw new Error("The process that was just started does not run");
  return { child, identity };
};

it("ends the process that it was told of", async () => {
  const { child, identity } = await startSleeper();
  expect(await isRunning(identity)).toBe(true);
  const ended = once(child, "exit");
  await endProcess(identity, 5_000);
  // The system knows it before Node does.
  expect(await ended).toEqual([null, "SIGTERM"]);
  expect(await isRunning(identity)).toBe(false);
});

it("leaves another process alone that got the number", async () => {
  const { child, identity } = await startSleeper();
  const older = { pid: identity.pid, started: `${identity.started}0` };
  await endProcess(older, 100);
  await killProcess(older);
  expect(child.exitCode).toBeNull();
  expect(child.signalCode).toBeNull();
  expect(await isRunning(identity)).toBe(true);
});

it("knows that a number without a process runs nothing", async () => {
  const { child, identity } = await startSleeper();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await identify(identity.pid)).toBeUndefined();
  await endProcess(identity, 100);
});

import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { serially } from "./serially.ts";

test("many calls become two runs: the one under way, and one after the last call", async () => {
  let runs = 0;
  let atOnce = 0;
  const call = serially(async () => {
    runs += 1;
    atOnce += 1;
    expect(atOnce).toBe(1);
    await pause(20);
    atOnce -= 1;
    throw new Error("a run that fails does not end the others");
  }, 1);
  for (let index = 0; index < 50; index++) call();
  await expect.poll(() => runs).toBe(2);
  await pause(60);
  expect(runs).toBe(2);
  call();
  await expect.poll(() => runs).toBe(3);
});

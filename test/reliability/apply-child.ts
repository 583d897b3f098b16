import { setTimeout as sleep } from "node:timers/promises";
import { TrimtabError } from "@trimtab/domain";
import { actions } from "../../packages/platform/src/actions/registry.ts";
import { commandRunner } from "../../packages/platform/src/apply/commands/run-command.ts";
import { type RunMode, runPlan } from "../../packages/platform/src/apply/run/run-plan.ts";
import { engineOf } from "../../packages/platform/src/state/engine-of.ts";
import { openState } from "../../packages/platform/src/state/open-state.ts";
import { stateKeys } from "../../packages/platform/src/state/secret-key.ts";
import { findStatePlace } from "../../packages/platform/src/state/state-place.ts";

/** `apply-child.ts execute|resume PLAN DIE_AT SHIFT_MS`: runs a plan and, if told, dies at its nth point. */
const [mode = "", planId = "", dieAt = "0", shiftMs = "0"] = process.argv.slice(2);
let nowMs = Date.now() + Number(shiftMs);
const clock = () => new Date(nowMs);
const place = findStatePlace({
  env: process.env,
  cwd: "/",
  platform: process.platform,
  lakeRoot: "/lake",
  isLakeInBucket: false,
});

let points = 0;
try {
  const state = await openState({ engine: engineOf(place), clock, keys: stateKeys(place, process.env) });
  console.log("ready");
  const outcome = await runPlan({
    state,
    actor: "child",
    holder: `process ${process.pid}`,
    planId,
    mode: mode as RunMode,
    mayBeIrreversible: false,
    mayBeUnwatched: false,
    actions,
    run: commandRunner(process.env),
    env: {},
    clock,
    signal: new AbortController().signal,
    notify: () => undefined,
    waitMs: 0,
    leaseMs: 36_000_000,
    pollMs: 100_000,
    // A minute of settling is a moment here.
    sleep: async (ms) => {
      nowMs += ms;
      await sleep(5);
    },
    onPoint: () => {
      points += 1;
      if (points === Number(dieAt)) process.kill(process.pid, "SIGKILL");
    },
  });
  console.log(outcome.kind === "ran" ? `ended ${outcome.report.status}` : "checked");
  console.log(`points ${points}`);
  await state.close();
} catch (error) {
  console.log(error instanceof TrimtabError ? `error ${error.code} ${error.message}` : `crash ${error}`);
  process.exitCode = 1;
}

import { TrimtabError } from "@trimtab/domain";
import { engineOf } from "../../packages/platform/src/state/engine-of.ts";
import { beginStep, endStep } from "../../packages/platform/src/state/journal.ts";
import { openState } from "../../packages/platform/src/state/open-state.ts";
import { startPlan } from "../../packages/platform/src/state/plan-runs.ts";
import { stateKeys } from "../../packages/platform/src/state/secret-key.ts";
import { listSettings, writeSetting } from "../../packages/platform/src/state/settings.ts";
import { findStatePlace } from "../../packages/platform/src/state/state-place.ts";

/** `state-child.ts migrate|journal PLAN|fill`: works on the state database of the environment and tells each step once it is kept. */
const [work = "", planId = ""] = process.argv.slice(2);
const place = findStatePlace({
  env: process.env,
  cwd: "/",
  platform: process.platform,
  lakeRoot: "/lake",
  isLakeInBucket: false,
});
const open = () =>
  openState({ engine: engineOf(place), clock: () => new Date(), keys: stateKeys(place, process.env) });

const journal = async (): Promise<void> => {
  const state = await open();
  const lease = await startPlan(state, "child", { id: planId, holder: "child", leaseMs: 600_000 });
  console.log("ready");
  for (let step = 1; ; step++) {
    const line = { planId, lease, step: `step-${step}`, direction: "apply", runner: "child" } as const;
    await beginStep(state, "child", { ...line, detail: { number: step } });
    console.log(`intent ${step}`);
    await endStep(state, "child", { ...line, detail: {}, result: "succeeded" });
    console.log(`outcome ${step}`);
  }
};

const fill = async (): Promise<void> => {
  const state = await open();
  const { length: before } = await listSettings(state);
  for (let index = before; ; index++) {
    await writeSetting(state, "child", { name: `setting-${index}`, value: "x".repeat(2000), version: 0 });
    console.log(`kept ${index}`);
  }
};

try {
  if (work === "journal") await journal();
  else if (work === "fill") await fill();
  else {
    console.log("ready");
    const state = await open();
    console.log(`applied ${state.applied.length}`);
    await state.close();
  }
} catch (error) {
  console.log(error instanceof TrimtabError ? `error ${error.code}` : `crash ${error}`);
  process.exitCode = 1;
}

import { channelKinds } from "../../packages/platform/src/notify/channels/registry.ts";
import { startScheduler } from "../../packages/platform/src/server/delivery/start-scheduler.ts";
import { engineOf } from "../../packages/platform/src/state/engine-of.ts";
import { openState } from "../../packages/platform/src/state/open-state.ts";
import { stateKeys } from "../../packages/platform/src/state/secret-key.ts";
import { findStatePlace } from "../../packages/platform/src/state/state-place.ts";

/** `outbox-child.ts NAME SHIFT_MS`: sends what is due on the state database of the environment, by a clock that is off, until it is killed. */
const [name = "child", shift = "0"] = process.argv.slice(2);
const place = findStatePlace({
  env: process.env,
  cwd: "/",
  platform: process.platform,
  lakeRoot: "/lake",
  isLakeInBucket: false,
});
const state = await openState({
  engine: engineOf(place),
  clock: () => new Date(Date.now() + Number(shift)),
  keys: stateKeys(place, process.env),
});
const scheduler = startScheduler({
  ...{ state, channelKinds, jobs: {}, actor: name, pollMs: 50 },
  onProblem: (subject, error) => console.log(`problem ${subject}: ${error}`),
});
console.log("ready");
process.on("SIGTERM", () => {
  void scheduler
    .stop()
    .then(() => state.close())
    .then(() => process.exit(0));
});

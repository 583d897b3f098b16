import { expect, test } from "vitest";
import { gcp, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { cloudTasksQueueAction } from "./cloud-tasks-queue-action.ts";

const mails = gcp("cloudtasks.googleapis.com/Queue", "mails");
const printed = {
  state: "RUNNING",
  rateLimits: { maxDispatchesPerSecond: 500, maxConcurrentDispatches: 1000 },
};

test("rate and concurrency, and back; what had no value is cleared", () => {
  const [step] = stepsOf(
    planOn(
      cloudTasksQueueAction,
      mails,
      printed,
      ["maxConcurrentDispatches", 1000, 40],
      ["maxAttempts", null, -1],
    ),
  );
  expect(lines([...(step?.apply ?? []), ...(step?.rollback ?? [])])).toEqual([
    "gcloud tasks queues update mails --location=europe-west1 --max-concurrent-dispatches=40 --max-attempts=unlimited",
    "gcloud tasks queues update mails --location=europe-west1 --max-concurrent-dispatches=1000 --clear-max-attempts",
  ]);
});

test.each([
  ["maxDispatchesPerSecond", 500, 501],
  ["maxDispatchesPerSecond", 500, 0],
  ["maxConcurrentDispatches", 1000, 5001],
  ["maxConcurrentDispatches", 1000, 1.5],
] as const)("refuses %s of %d → %d", (setting, from, to) => {
  expect(refusalOf(planOn(cloudTasksQueueAction, mails, printed, [setting, from, to]))).toContain(setting);
});

test("as Terraform says it", () => {
  expect(cloudTasksQueueAction.terraform?.(mails, [{ setting: "maxAttempts", from: 1, to: 5 }], {})).toEqual({
    type: "google_cloud_tasks_queue",
    attributes: { retry_config: { max_attempts: 5 } },
  });
});

import { instantOf, type ResourceRef } from "@trimtab/domain";
import { toPlanJson } from "../../../packages/platform/src/apply/plan/plan-schema.ts";
import { approvalsNeeded } from "../../../packages/platform/src/apply/policy/approvals.ts";
import { approvePlan } from "../../../packages/platform/src/state/approvals.ts";
import { engineOf } from "../../../packages/platform/src/state/engine-of.ts";
import { openState } from "../../../packages/platform/src/state/open-state.ts";
import { createPlan, readPlan } from "../../../packages/platform/src/state/plans.ts";
import { stateKeys } from "../../../packages/platform/src/state/secret-key.ts";
import { addService, newProject } from "../../../packages/platform/src/testing/cloud-run-model.ts";
import {
  acceptChanges,
  makeBody,
  recommendationBody,
  runKept,
  timeFrom,
} from "../../../packages/platform/src/testing/plan-home.ts";
import { simulateGcloud } from "../../../packages/platform/src/testing/simulated-gcloud.ts";

const renderer: ResourceRef = {
  kind: "run.googleapis.com/Service",
  id: "//run.googleapis.com/projects/aiprod-v33/locations/us-central1/services/report-renderer",
  name: "report-renderer",
  scope: { provider: "gcp", account: "aiprod-v33", region: "us-central1" },
};

/**
 * A plan that was applied on 1 December 2025: the demo company aiprod then had the CPU of its renderer billed by the instance
 * instead of by the request, and its bill shows it. @returns the plan's id
 */
export const keepAppliedPlan = async (file: string): Promise<string> => {
  const time = timeFrom("2025-12-01T14:00:00Z");
  const place = { kind: "sqlite", file } as const;
  const state = await openState({ engine: engineOf(place), keys: stateKeys(place, {}), clock: time.now });
  const project = newProject();
  addService(project, renderer.name, { revisionMin: 5, cpu: "2", memory: "4Gi", concurrency: 2 });
  const change = {
    resource: renderer,
    changes: [{ setting: "cpuAllocation", from: "request", to: "instance" }],
  };
  const making = {
    ...{ action: "cloud-run", changes: [change], now: time.now() },
    policy: "version: 1\nwatchSeconds: 900\ncanaryShares: [50, 100]\n",
    run: async ({ args }: { readonly args: readonly string[] }) => simulateGcloud(project, args),
  };
  const recommendations = await acceptChanges(state, [recommendationBody("cloud-run", change)]);
  const body = await makeBody(making);
  const id = await createPlan(state, "olga@example.com", {
    title: "report-renderer: CPU billed by the instance",
    body: toPlanJson(body),
    expiresAt: instantOf(new Date("2025-12-04T14:00:00Z")),
    requiredApprovals: approvalsNeeded(body.approvals),
    recommendations,
  });
  const { digest } = await readPlan(state, id);
  await approvePlan(state, "paul@example.com", { id, digest, comment: "Read with the team." });
  await runKept(state, id, "execute", { run: making.run, sleep: time.sleep, leaseMs: 36_000_000 });
  await state.close();
  return id;
};

import { defineAction } from "../action.ts";
import { isServiceAbsent, REVISION_CHANGES, runServices } from "../shared/cloud-run/cloud-run-rollout.ts";
import { parseCloudRunState } from "../shared/cloud-run/cloud-run-state.ts";
import { planCloudRun } from "./cloud-run-steps.ts";
import { cloudRunTerraform } from "./cloud-run-terraform.ts";

const DOCS = "https://cloud.google.com/run/docs";

export const cloudRunAction = defineAction<"run.googleapis.com/Service">({
  apiVersion: 1,
  id: "cloud-run",
  summary: "instances, CPU, memory, concurrency and CPU allocation of a Cloud Run service",
  kinds: ["run.googleapis.com/Service"],
  changes: REVISION_CHANGES,
  facts: [
    {
      text: "Any change of a revision's settings makes a new revision; those that are not named stay as they are.",
      source: `${DOCS}/configuring/services/cpu`,
      date: "2026-11-22",
    },
    {
      text: "A service's own minimum acts at once and without a new revision; Google recommends it over a revision's, and not both together.",
      source: `${DOCS}/configuring/min-instances`,
      date: "2026-11-22",
    },
    {
      text: "Minimum instances are billed while they wait, at the rate of idle instances under request-based billing.",
      source: `${DOCS}/configuring/billing-settings`,
      date: "2026-11-22",
    },
    {
      text: "A split of traffic takes effect gradually: requests in work are finished by the revision that they reached.",
      source: `${DOCS}/rollouts-rollbacks-traffic-migration`,
      date: "2026-11-22",
    },
    {
      text: "An instance that needs more memory than it has is ended, and its requests fail.",
      source: `${DOCS}/configuring/services/memory-limits`,
      date: "2026-11-22",
    },
  ],
  read: (resource) => runServices(resource, "describe", resource.name),
  isAbsent: isServiceAbsent,
  parseState: parseCloudRunState,
  plan: planCloudRun,
  terraform: cloudRunTerraform,
});

import type { AdvisorDefinition } from "./advisor.ts";
import { cloudRunScalingAdvisor } from "./cloud-run-scaling/cloud-run-scaling-advisor.ts";
import { idleResourcesAdvisor } from "./idle-resources/idle-resources.ts";
import { offHoursAdvisor } from "./off-hours/off-hours.ts";
import { sqlSizingAdvisor } from "./sql-sizing/sql-sizing.ts";

/** Every advisor there is, by id: one line an advisor. */
export const advisors = {
  "cloud-run-scaling": cloudRunScalingAdvisor,
  "idle-resources": idleResourcesAdvisor,
  "off-hours": offHoursAdvisor,
  "sql-sizing": sqlSizingAdvisor,
} as const satisfies Record<string, AdvisorDefinition>;

import { cloudRunScalingAdvisor } from "./cloud-run-scaling/cloud-run-scaling-advisor.ts";

/** Every advisor, by id; a test compares this with the folders. */
export const advisors = {
  "cloud-run-scaling": cloudRunScalingAdvisor,
} as const satisfies Readonly<Record<string, { readonly id: string }>>;

import type { ActionDefinition } from "./action.ts";
import { cloudRunAction } from "./cloud-run/cloud-run-action.ts";

/** Every action by its id. A folder here has its line, and a test compares them. */
export const actions = {
  "cloud-run": cloudRunAction,
} as const satisfies Readonly<Record<string, ActionDefinition>>;

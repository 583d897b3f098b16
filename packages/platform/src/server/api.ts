import type { RouteContracts } from "./contract.ts";
import { channelContracts } from "./contracts/channels.ts";
import { scheduleContracts } from "./contracts/schedules.ts";
import { systemContracts } from "./contracts/system.ts";

/** Every route there is; OpenAPI, the browser's client and the matrix of who may do what follow from it. */
export const api = {
  ...systemContracts,
  ...channelContracts,
  ...scheduleContracts,
} as const satisfies RouteContracts;

export type Api = typeof api;

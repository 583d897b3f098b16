import type { RouteContracts } from "./contract.ts";
import { eventContracts } from "./contracts/events.ts";
import { lakeContracts } from "./contracts/lake.ts";
import { overviewContracts } from "./contracts/overview.ts";
import { queryContracts } from "./contracts/query.ts";
import { systemContracts } from "./contracts/system.ts";
import { uploadContracts } from "./contracts/uploads.ts";

/** Every route there is; OpenAPI, the browser's client and the matrix of who may do what follow from it. */
export const api = {
  ...systemContracts,
  ...queryContracts,
  ...overviewContracts,
  ...lakeContracts,
  ...uploadContracts,
  ...eventContracts,
} as const satisfies RouteContracts;

export type Api = typeof api;

import type { RouteContracts } from "./contract.ts";
import { exportsContracts } from "./contracts/exports.ts";
import { reportsContracts } from "./contracts/reports.ts";
import { systemContracts } from "./contracts/system.ts";
import { viewsContracts } from "./contracts/views.ts";

/** Every route there is; OpenAPI, the browser's client and the matrix of who may do what follow from it. */
export const api = {
  ...systemContracts,
  ...exportsContracts,
  ...reportsContracts,
  ...viewsContracts,
} as const satisfies RouteContracts;

export type Api = typeof api;

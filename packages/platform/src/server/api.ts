import type { RouteContracts } from "./contract.ts";
import { auditContracts } from "./contracts/audit.ts";
import { brandingContracts } from "./contracts/branding.ts";
import { channelContracts } from "./contracts/channels.ts";
import { commentContracts } from "./contracts/comments.ts";
import { eventContracts } from "./contracts/events.ts";
import { exportsContracts } from "./contracts/exports.ts";
import { lakeContracts } from "./contracts/lake.ts";
import { overviewContracts } from "./contracts/overview.ts";
import { peopleContracts } from "./contracts/people.ts";
import { planContracts } from "./contracts/plans.ts";
import { programmeContracts } from "./contracts/programmes.ts";
import { queryContracts } from "./contracts/query.ts";
import { recommendationContracts } from "./contracts/recommendations.ts";
import { reportsContracts } from "./contracts/reports.ts";
import { scheduleContracts } from "./contracts/schedules.ts";
import { sessionContracts } from "./contracts/session.ts";
import { systemContracts } from "./contracts/system.ts";
import { teamsContracts } from "./contracts/teams.ts";
import { tokensContracts } from "./contracts/tokens.ts";
import { uploadContracts } from "./contracts/uploads.ts";
import { viewsContracts } from "./contracts/views.ts";

/** Every route there is; OpenAPI, the browser's client and the matrix of who may do what follow from it. */
export const api = {
  ...systemContracts,
  ...queryContracts,
  ...overviewContracts,
  ...lakeContracts,
  ...uploadContracts,
  ...eventContracts,
  ...sessionContracts,
  ...peopleContracts,
  ...teamsContracts,
  ...tokensContracts,
  ...auditContracts,
  ...channelContracts,
  ...scheduleContracts,
  ...exportsContracts,
  ...reportsContracts,
  ...viewsContracts,
  ...recommendationContracts,
  ...commentContracts,
  ...programmeContracts,
  ...planContracts,
  ...brandingContracts,
} as const satisfies RouteContracts;

export type Api = typeof api;

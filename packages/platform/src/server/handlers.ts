import type { Api } from "./api.ts";
import type { RouteHandlers } from "./contract.ts";
import type { ServerParts } from "./parts.ts";
import { auditHandlers } from "./routes/audit.ts";
import { brandingHandlers } from "./routes/branding.ts";
import { channelHandlers } from "./routes/channels.ts";
import { commentHandlers } from "./routes/comments.ts";
import { eventHandlers } from "./routes/events.ts";
import { exportHandlers } from "./routes/exports.ts";
import { lakeHandlers } from "./routes/lake.ts";
import { overviewHandlers } from "./routes/overview.ts";
import { peopleHandlers } from "./routes/people.ts";
import { planHandlers } from "./routes/plans.ts";
import { programmeHandlers } from "./routes/programmes.ts";
import { queryHandlers } from "./routes/query.ts";
import { recommendationHandlers } from "./routes/recommendations.ts";
import { reportHandlers } from "./routes/reports.ts";
import { scheduleHandlers } from "./routes/schedules.ts";
import { sessionHandlers } from "./routes/session.ts";
import { systemHandlers } from "./routes/system.ts";
import { teamsHandlers } from "./routes/teams.ts";
import { tokensHandlers } from "./routes/tokens.ts";
import { uploadHandlers } from "./routes/uploads.ts";
import { viewHandlers } from "./routes/views.ts";

/** What answers each route of the contracts: one without a handler is no program that compiles. */
export const createHandlers = (parts: ServerParts): RouteHandlers<Api> => {
  const { shown, reports: desk } = parts;
  return {
    ...systemHandlers(parts),
    ...queryHandlers(parts),
    ...overviewHandlers(parts),
    ...lakeHandlers(parts),
    ...uploadHandlers(parts),
    ...eventHandlers(parts),
    ...sessionHandlers(parts.state),
    ...peopleHandlers(parts.state),
    ...teamsHandlers(parts.state),
    ...tokensHandlers(parts.state),
    ...auditHandlers(parts.state),
    ...recommendationHandlers(parts.work, shown),
    ...commentHandlers(parts.work, shown),
    ...programmeHandlers(parts.work),
    ...planHandlers(parts.work, parts.planRuns),
    ...brandingHandlers(parts.work),
    ...channelHandlers(parts.delivery),
    ...scheduleHandlers(parts.delivery),
    ...reportHandlers({ state: parts.state, desk }),
    ...exportHandlers({ ...parts, desk }),
    ...viewHandlers(parts.state),
  };
};

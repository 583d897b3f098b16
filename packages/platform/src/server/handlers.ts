import type { Api } from "./api.ts";
import type { RouteHandlers } from "./contract.ts";
import type { ServerParts } from "./parts.ts";
import { auditHandlers } from "./routes/audit.ts";
import { eventHandlers } from "./routes/events.ts";
import { lakeHandlers } from "./routes/lake.ts";
import { overviewHandlers } from "./routes/overview.ts";
import { peopleHandlers } from "./routes/people.ts";
import { queryHandlers } from "./routes/query.ts";
import { sessionHandlers } from "./routes/session.ts";
import { systemHandlers } from "./routes/system.ts";
import { teamsHandlers } from "./routes/teams.ts";
import { tokensHandlers } from "./routes/tokens.ts";
import { uploadHandlers } from "./routes/uploads.ts";

/** The handlers there are: a contract without one is no route yet, and not in OpenAPI either. */
export const createHandlers = (parts: ServerParts): Partial<RouteHandlers<Api>> => {
  const handlers: Partial<RouteHandlers<Api>> = {
    ...systemHandlers(parts, () => new Set(Object.keys(handlers))),
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
  };
  return handlers;
};

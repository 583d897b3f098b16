import type { Api } from "./api.ts";
import type { RouteHandlers } from "./contract.ts";
import type { ServerParts } from "./parts.ts";
import { eventHandlers } from "./routes/events.ts";
import { lakeHandlers } from "./routes/lake.ts";
import { overviewHandlers } from "./routes/overview.ts";
import { queryHandlers } from "./routes/query.ts";
import { systemHandlers } from "./routes/system.ts";
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
  };
  return handlers;
};

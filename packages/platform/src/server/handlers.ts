import type { Api } from "./api.ts";
import type { RouteHandlers } from "./contract.ts";
import type { ServerParts } from "./parts.ts";
import { eventHandlers } from "./routes/events.ts";
import { lakeHandlers } from "./routes/lake.ts";
import { overviewHandlers } from "./routes/overview.ts";
import { queryHandlers } from "./routes/query.ts";
import { systemHandlers } from "./routes/system.ts";
import { uploadHandlers } from "./routes/uploads.ts";

/** Every route's handler. */
export const createHandlers = (parts: ServerParts): RouteHandlers<Api> => ({
  ...systemHandlers(parts),
  ...queryHandlers(parts),
  ...overviewHandlers(parts),
  ...lakeHandlers(parts),
  ...uploadHandlers(parts),
  ...eventHandlers(parts),
});

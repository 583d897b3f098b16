import type { RouteHandlers } from "../contract.ts";
import type { eventContracts } from "../contracts/events.ts";
import { sseText } from "../events/sse.ts";
import type { ServerParts } from "../parts.ts";

export const eventHandlers = ({ events }: ServerParts): RouteHandlers<typeof eventContracts> => ({
  watchEvents: async ({ caller, signal }) => ({
    raw: sseText(events.listen(caller, signal), signal),
    contentType: "text/event-stream; charset=utf-8",
  }),
});

import { z } from "zod";
import { lastPart, type Normaliser, readBody } from "../normalise.ts";
import { fullNames, projectOf } from "./gcp-names.ts";

const queue = z.object({
  name: z
    .string()
    .regex(/^projects\/[^/]+\/locations\/[^/]+\/queues\/[^/]+$/, "projects/…/locations/…/queues/…"),
  state: z.string().default("STATE_UNSPECIFIED"),
  rateLimits: z
    .object({ maxDispatchesPerSecond: z.number().optional(), maxConcurrentDispatches: z.number().optional() })
    .default({}),
  retryConfig: z.object({ maxAttempts: z.number().optional() }).default({}),
});

/** @see https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues, 2026-06 */
export const taskQueue: Normaliser<"cloudtasks.googleapis.com/Queue"> = {
  kind: "cloudtasks.googleapis.com/Queue",
  normalise: (body, context) => {
    const found = readBody(queue, body, context);
    const project = projectOf(found.name, body, context);
    const [, , , region = "global"] = found.name.split("/");
    const name = lastPart(found.name);
    return {
      kind: "cloudtasks.googleapis.com/Queue",
      ...fullNames(
        "cloudtasks.googleapis.com",
        project,
        [`locations/${region}/queues/${name}`],
        context.projectNumber,
      ),
      name,
      scope: { provider: "gcp", account: project, region },
      settings: {
        maxConcurrentDispatches: found.rateLimits.maxConcurrentDispatches ?? null,
        maxDispatchesPerSecond: found.rateLimits.maxDispatchesPerSecond ?? null,
        maxAttempts: found.retryConfig.maxAttempts ?? null,
        state: found.state,
      },
      tags: {},
      readAt: context.readAt,
    };
  },
};

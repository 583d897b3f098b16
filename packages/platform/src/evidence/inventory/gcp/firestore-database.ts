import { z } from "zod";
import { lastPart, momentOf, type Normaliser, readBody } from "../normalise.ts";
import { fullNames, projectOf } from "./gcp-names.ts";

const database = z.object({
  name: z.string().regex(/^projects\/[^/]+\/databases\/[^/]+$/, "projects/…/databases/…"),
  locationId: z.string().default("global"),
  type: z.string(),
  concurrencyMode: z.string().default("CONCURRENCY_MODE_UNSPECIFIED"),
  databaseEdition: z.string().default("STANDARD"),
  pointInTimeRecoveryEnablement: z.string().optional(),
  createTime: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
});

/** @see https://cloud.google.com/firestore/docs/reference/rest/v1/projects.databases, 2026-06 */
export const firestoreDatabase: Normaliser<"firestore.googleapis.com/Database"> = {
  kind: "firestore.googleapis.com/Database",
  normalise: (body, context) => {
    const found = readBody(database, body, context);
    const project = projectOf(found.name, body, context);
    const name = lastPart(found.name);
    const created = momentOf(found.createTime);
    return {
      kind: "firestore.googleapis.com/Database",
      ...fullNames("firestore.googleapis.com", project, [`databases/${name}`], context.projectNumber),
      name,
      scope: { provider: "gcp", account: project, region: found.locationId },
      settings: {
        type: found.type,
        concurrencyMode: found.concurrencyMode,
        edition: found.databaseEdition,
        pointInTimeRecovery: found.pointInTimeRecoveryEnablement === "POINT_IN_TIME_RECOVERY_ENABLED",
      },
      tags: found.tags,
      ...(created === undefined ? {} : { createdAt: created }),
      readAt: context.readAt,
    };
  },
};

import { z } from "zod";
import { momentOf, type NormaliseContext, readBody } from "../normalise.ts";
import { fullNames, projectOf, regionOf } from "./gcp-names.ts";

/** What every resource of Compute Engine says of itself. @see https://cloud.google.com/compute/docs/reference/rest/v1, 2026-06 */
export const computeBase = {
  id: z.string().optional(),
  name: z.string(),
  selfLink: z.string(),
  creationTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
};

type Base = z.output<z.ZodObject<typeof computeBase>>;

/** The part of an item that all of them share; `location` is its zone, its region or `global`. */
export const computeItem = <T extends Base>(
  schema: z.ZodType<T>,
  body: unknown,
  context: NormaliseContext,
) => {
  const found = readBody(schema, body, context);
  const project = projectOf(found.selfLink, body, context);
  const path = found.selfLink
    .slice(found.selfLink.indexOf("/projects/") + 1)
    .replace(/^projects\/[^/]+\//, "");
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  // Metrics and bills may call it by its number
  const paths = found.id === undefined ? [path] : [path, `${folder}${found.id}`];
  const names = fullNames("compute.googleapis.com", project, paths, context.projectNumber);
  const [kind = "global", location = "global"] = path.split("/");
  const place = kind === "global" ? "global" : location;
  const created = momentOf(found.creationTimestamp);
  return {
    found,
    zone: kind === "zones" ? location : place,
    common: {
      ...names,
      name: found.name,
      scope: { provider: "gcp", account: project, region: regionOf(place) },
      tags: found.labels,
      ...(created === undefined ? {} : { createdAt: created }),
      readAt: context.readAt,
    } as const,
  };
};

/** A link as the name that inventory items have, so that one finds the other. */
export const linkName = (link: string): string =>
  `//compute.googleapis.com/${link.slice(link.indexOf("/projects/") + 1)}`;

/** A whole number that JSON holds as text; null where it is not there. */
export const wholeOrNull = (text: string | number | undefined): number | null =>
  text === undefined ? null : Number(text);

import { type NormaliseContext, needed, otherNames } from "../normalise.ts";

/** Project of a resource path or link such as `…/projects/acme/zones/…`. */
const projectIn = (path: string): string | undefined => /(?:^|\/)projects\/([^/]+)/.exec(path)?.[1];

/** The project's id: of the question, else of the path, unless that holds only its number. @throws INVENTORY_SCOPE_UNKNOWN */
export const projectOf = (path: string, body: unknown, context: NormaliseContext): string => {
  const own = projectIn(path);
  const isNumber = own !== undefined && /^\d+$/.test(own);
  return needed(context.account ?? (isNumber ? undefined : own), "account", body, context);
};

/**
 * Full names of a resource: by the project's id and, where it is known, by its number; with the service's host as in bills and
 * in the asset inventory, and without.
 */
export const fullNames = (
  service: string,
  project: string,
  paths: readonly string[],
  projectNumber: string | undefined,
): { readonly id: string; readonly aliases: readonly string[] } => {
  const projects = projectNumber === undefined ? [project] : [project, projectNumber];
  const below = projects.flatMap((name) => paths.map((path) => `projects/${name}/${path}`));
  const [first = ""] = below;
  const id = `//${service}/${first}`;
  return { id, aliases: otherNames(id, [...below.map((path) => `//${service}/${path}`), ...below]) };
};

/** A location that may be a zone: `us-central1-a` is in `us-central1`. */
export const regionOf = (location: string): string => location.replace(/-[a-z]$/, "");

import type { ResourceRef } from "@trimtab/domain";
import type { Command } from "../action.ts";
import { gcloud, word } from "./commands.ts";

/** The zone in a resource's full name; undefined where it is named without. */
export const zoneOf = ({ id }: ResourceRef): string | undefined => /\/zones\/([a-z0-9-]+)\//.exec(id)?.[1];

/** Last part of a URL such as that of a machine type. */
export const lastPart = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

/** Lists what has the resource's name: an empty list where it is gone, while `describe` would fail. */
export function listByName(resource: ResourceRef, ...collection: readonly string[]): Command {
  const zone = zoneOf(resource);
  const place = zone === undefined ? [] : [`--zones=${zone}`];
  return gcloud(
    resource.scope,
    "compute",
    ...collection,
    "list",
    `--filter=name=${word("name", resource.name)}`,
    ...place,
  );
}

/** `--global`, or the region. */
export const regionFlag = ({ scope }: ResourceRef): string =>
  scope.region === "global" ? "--global" : `--region=${word("region", scope.region)}`;

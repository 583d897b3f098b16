import type { ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import type { Command } from "../action.ts";
import { gcloud, word } from "./commands.ts";
import { only, readJson, unreadable } from "./read-json.ts";

/** The zone in a resource's full name; undefined where it is named without. */
export const zoneOf = ({ id }: ResourceRef): string | undefined => /\/zones\/([a-z0-9-]+)\//.exec(id)?.[1];

/** Last part of a URL such as that of a machine type. */
export const lastPart = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

/** `--zone` or `--region` as its full name says; undefined where it says neither. */
export function placeFlag(resource: ResourceRef): string | undefined {
  const zone = zoneOf(resource);
  if (zone !== undefined) return `--zone=${zone}`;
  const region = /\/regions\/([a-z0-9-]+)\//.exec(resource.id)?.[1];
  return region === undefined ? undefined : `--region=${region}`;
}

/**
 * Describes a resource that is of a zone. Where the zone is not known it is looked for in all: such a list may be empty for
 * want of a permission, at exit code 0, so `readOne` never takes an empty one for a resource that is gone.
 */
export function readZonal(resource: ResourceRef, collection: string): Command {
  const place = placeFlag(resource);
  const name = word("name", resource.name);
  return place === undefined
    ? gcloud(resource.scope, "compute", collection, "list", `--filter=name=${name}`)
    : gcloud(resource.scope, "compute", collection, "describe", name, place);
}

/** What `readZonal` printed: one resource, or a list with it. @throws ACTION_STATE_UNREADABLE */
export function readOne<S extends z.ZodType>(output: string, schema: S, resource: ResourceRef): z.output<S> {
  const printed = readJson("gcloud", output, z.union([z.array(schema), schema]), resource);
  if (!Array.isArray(printed)) return printed as z.output<S>;
  const found = only("gcloud", printed, resource);
  if (found === undefined)
    throw unreadable(
      "gcloud",
      resource,
      "it is in no zone that may be listed, or gone: its full name would tell",
    );
  return found;
}

/** Says that the resource itself is not there: a project or zone that is not there, or may not be seen, says otherwise. */
export const isGone = ({ stderr }: { readonly stderr: string }): boolean =>
  /The resource '[^']*\/(instances|disks|addresses|forwardingRules|snapshots)\/[^'/]+' was not found/.test(
    stderr,
  );

/** `--global`, or the region. */
export const regionFlag = ({ scope }: ResourceRef): string =>
  scope.region === "global" ? "--global" : `--region=${word("region", scope.region)}`;

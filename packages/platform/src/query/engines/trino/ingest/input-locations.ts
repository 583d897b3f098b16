import { relative, sep } from "node:path";
import { isUrl } from "../../../../lake/storage/location.ts";
import { clusterErrors } from "../errors.ts";

/** A folder of this machine, or a prefix of a bucket, and what the cluster calls it. No slash at the ends. */
export interface SharedFolder {
  readonly folder: string;
  readonly location: string;
}

const insideOf = (folder: string, path: string): string | undefined => {
  if (isUrl(folder) || isUrl(path))
    return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  const inside = relative(folder, path);
  return inside === "" || inside.startsWith("..") || inside === path
    ? undefined
    : inside.split(sep).join("/");
};

/**
 * What the cluster calls a file. Objects have one name everywhere, unless a shared prefix says another.
 * @throws CLUSTER_INPUT_UNSEEN where no shared folder holds it
 */
export const locationOf = (path: string, shared: readonly SharedFolder[]): string => {
  for (const { folder, location } of shared) {
    const inside = insideOf(folder, path);
    if (inside !== undefined) return `${location}/${inside}`;
  }
  if (isUrl(path) && !path.startsWith("az://")) return path;
  throw clusterErrors.create("CLUSTER_INPUT_UNSEEN", { file: path });
};

import { mkdir, open, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { lakeErrors } from "../errors.ts";
import { inTurns } from "../in-turns.ts";
import { parseLocation } from "../storage/location.ts";
import type { ObjectClient, ObjectInfo } from "../storage/object-client.ts";
import { openClientOf, type StorageOptions } from "../storage/open-storage.ts";
import { asking } from "../storage/store-failure.ts";

/** Smaller objects are fetched whole. */
const WHOLE_BYTES = 4 * 1024 * 1024;
const HEAD_BYTES = 2 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;
const PARQUET = "PAR1";
const AT_ONCE = 8;

/** A file of this machine that is as an object at both ends, and empty between. */
export interface StandIn {
  readonly path: string;
  readonly url: string;
}

/** The footer of a Parquet file tells its size in front of the last four bytes. */
const footerBytes = (tail: Buffer): number => tail.readUInt32LE(tail.length - 8) + 8;

const writeStandIn = async (
  client: ObjectClient,
  { key, bytes }: ObjectInfo,
  path: string,
): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  if (bytes <= WHOLE_BYTES) {
    await writeFile(path, bytes === 0 ? Buffer.alloc(0) : await client.readRange(key, 0, bytes));
    return;
  }
  const head = await client.readRange(key, 0, HEAD_BYTES);
  const file = await open(path, "w");
  try {
    await file.truncate(bytes);
    await file.write(head, 0, head.length, 0);
    if (head.subarray(0, 4).toString("latin1") !== PARQUET) return;
    const last = await client.readRange(key, bytes - TAIL_BYTES, bytes);
    const size = Math.min(footerBytes(last), bytes);
    const tail = size <= TAIL_BYTES ? last : await client.readRange(key, bytes - size, bytes);
    await file.write(tail, 0, tail.length, bytes - tail.length);
  } finally {
    await file.close();
  }
};

const matcher = (pattern: string): ((key: string) => boolean) => {
  if (!/[*?]/.test(pattern)) {
    const folder = pattern.replace(/\/*$/, "/");
    return (key) => key === pattern || pattern === "" || key.startsWith(folder);
  }
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("**/", "\u0000")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]")
    .replaceAll("\u0000", "(?:.*/)?");
  const form = new RegExp(`^${source}$`);
  return (key) => form.test(key);
};

/**
 * Makes a file below `folder` for each object that a URL names, as itself, as a prefix or by `*`, `**` and `?`: enough of it to tell
 * what it is. Objects stay where they are; nothing but their ends is fetched.
 * @throws LAKE_INPUT_NOT_FOUND, LAKE_URL_INVALID, LAKE_BUCKET_MISSING, LAKE_ACCESS_DENIED, LAKE_CREDENTIALS,
 *   LAKE_STORE_UNREACHABLE, LAKE_STORE_FAILED
 */
export const makeStandIns = async (
  url: string,
  folder: string,
  options: StorageOptions,
): Promise<readonly StandIn[]> => {
  const wild = url.search(/[*?]/);
  const fixed = wild < 0 ? url : url.slice(0, url.lastIndexOf("/", wild));
  const location = parseLocation(fixed);
  const start = location.prefix.replace(/\/$/, "");
  const isWanted = matcher(wild < 0 ? start : `${location.prefix}${url.slice(fixed.length + 1)}`);
  const bucketUrl = start === "" ? location.root : location.root.slice(0, -start.length - 1);
  const client = await openClientOf(location, options);
  try {
    return await asking(client, location, "reading bills", async () => {
      const objects = (await client.list(start)).filter(({ key }) => isWanted(key) && !key.endsWith("/"));
      if (objects.length === 0) throw lakeErrors.create("LAKE_INPUT_NOT_FOUND", { pattern: url });
      return await inTurns(objects, AT_ONCE, async (object) => {
        const standIn = { path: join(folder, object.key), url: `${bucketUrl}/${object.key}` };
        await writeStandIn(client, object, standIn.path);
        return standIn;
      });
    });
  } finally {
    client.close();
  }
};

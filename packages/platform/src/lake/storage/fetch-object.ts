import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { TrimtabError } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";
import type { ObjectLocation } from "./location.ts";
import type { Fetched } from "./object-cache.ts";
import { firstLine, isUnreachable, type ObjectClient, type OpenedObject } from "./object-client.ts";
import { toStoreFailure } from "./store-failure.ts";

const MAX_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 200;
/** A connection on which nothing moves for so long is given up. */
const IDLE_MS = 60_000;

export interface FetchRequest {
  readonly client: ObjectClient;
  readonly location: ObjectLocation;
  /** Within the lake. */
  readonly path: string;
  readonly key: string;
  /** Local file that is made. */
  readonly target: string;
  makeRoom(bytes: number): Promise<void>;
}

/** What arrived is not what the store said it would send. */
class Damaged extends Error {}

const isLocal = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "syscall" in error && /^(open|write|fsync|mkdir)$/.test(String(error.syscall));

/**
 * Fetches an object whole: its bytes are counted, its checksum compared where it has one, and the file synced. What
 * breaks off is tried again.
 * @throws LAKE_OBJECT_MISSING, LAKE_OBJECT_DAMAGED, what the store refuses, and as it is what the disk does
 */
export const fetchObject = async (request: FetchRequest): Promise<Fetched> => {
  const { client, location, path, key, target } = request;
  const { root } = location;
  for (let attempt = 1; ; attempt++) {
    try {
      const opened = await client.open(key);
      if (opened === undefined) throw lakeErrors.create("LAKE_OBJECT_MISSING", { root, path });
      await request.makeRoom(opened.bytes);
      await writeChecked(opened, target);
      return { bytes: opened.bytes, etag: opened.etag };
    } catch (error) {
      const failure = client.failureOf(error);
      const mayPass = error instanceof Damaged || isUnreachable(error) || /hecksum/.test(firstLine(error));
      if (mayPass && attempt < MAX_ATTEMPTS) {
        await sleep(FIRST_PAUSE_MS * 2 ** attempt);
        continue;
      }
      if (error instanceof Damaged || /hecksum/.test(firstLine(error)))
        throw lakeErrors.create(
          "LAKE_OBJECT_DAMAGED",
          { root, path, reason: firstLine(error) },
          { cause: error },
        );
      if (error instanceof TrimtabError || isLocal(error)) throw error;
      throw toStoreFailure(location, `reading ${path}`, failure, error);
    }
  }
};

const writeChecked = async ({ stream, bytes, sha256 }: OpenedObject, target: string): Promise<void> => {
  const hash = createHash("sha256");
  let arrived = 0;
  const stalled = setTimeout(
    () => stream.destroy(new Error("timed out: nothing came for a minute")),
    IDLE_MS,
  );
  const check = new Transform({
    transform: (chunk: Buffer, _, done) => {
      stalled.refresh();
      arrived += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, check, createWriteStream(target, { flush: true }));
  } finally {
    clearTimeout(stalled);
  }
  if (arrived !== bytes) throw new Damaged(`${arrived} of ${bytes} bytes came`);
  const found = hash.digest("hex");
  if (sha256 !== undefined && sha256 !== found)
    throw new Damaged(`its SHA-256 is ${found}, and ${sha256} was written`);
};

import { join } from "node:path";
import type { InspectedFile } from "../input/inspect-file.ts";
import { checkIntegrity } from "../input/integrity.ts";
import type { InputGroup } from "./input-group.ts";
import type { ReadableFile } from "./relation-sql.ts";

/** Every file of an ingest is read once for its checksum, in the background. */
export interface FileChecks {
  /** SHA-256 by path, once all files are found whole. @throws LAKE_INPUT_CORRUPT, LAKE_CANCELLED */
  readonly hashes: Promise<ReadonlyMap<string, string>>;
  /** The file as text, once it is found whole. @throws LAKE_INPUT_CORRUPT, LAKE_CANCELLED */
  unpacked(file: InspectedFile): Promise<ReadableFile>;
}

interface Check {
  readonly hash: string;
  readonly plain: ReadableFile;
}

/**
 * Starts reading. Compressed files are unpacked into `folder` on the way: the engine reads a gzip stream on one core,
 * plain text on all, and so each file is decompressed only once.
 */
export const startFileChecks = (
  groups: readonly InputGroup[],
  folder: string,
  signal: AbortSignal | undefined,
): FileChecks => {
  const checks = new Map<string, Promise<Check>>();
  let last: Promise<unknown> = Promise.resolve();
  const check = async (file: InspectedFile, index: number): Promise<Check> => {
    const target = file.compression === "none" ? undefined : join(folder, `plain-${index}`);
    const { sha256, isUtf8 } = await checkIntegrity(file, signal, target);
    return { hash: sha256, plain: { path: target ?? file.path, compression: "none", isUtf8 } };
  };
  // Compressed files first: the reader waits for those.
  const files = groups
    .flatMap((group) => group.files)
    .sort((a, b) => Number(a.compression === "none") - Number(b.compression === "none"));
  for (const [index, file] of files.entries()) {
    const own = last.then(() => check(file, index));
    // Awaited by whoever needs the file; until then a failure must not count as unhandled.
    own.catch(() => undefined);
    last = own;
    checks.set(file.path, own);
  }
  const all = async () =>
    new Map(await Promise.all([...checks].map(async ([path, own]) => [path, (await own).hash] as const)));
  const hashes = all();
  hashes.catch(() => undefined);
  return {
    hashes,
    unpacked: async (file) => (await checks.get(file.path))?.plain ?? file,
  };
};

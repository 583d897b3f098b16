import type { InspectedFile } from "../input/inspect-file.ts";
import { type CheckedFile, checkIntegrity } from "../input/integrity.ts";
import type { InputGroup } from "./input-group.ts";

/** Every file of an ingest is read once for its checksum, in the background, while the engine reads it too. */
export interface FileChecks {
  /** SHA-256 by path, once all files are found whole. @throws LAKE_INPUT_CORRUPT, LAKE_CANCELLED */
  readonly hashes: Promise<ReadonlyMap<string, string>>;
  /** Whether the file's text is UTF-8, once it is found whole. @throws LAKE_INPUT_CORRUPT, LAKE_CANCELLED */
  isUtf8(file: InspectedFile): Promise<boolean>;
}

/** Starts reading, one file after the other. */
export const startFileChecks = (
  groups: readonly InputGroup[],
  signal: AbortSignal | undefined,
): FileChecks => {
  const checks = new Map<string, Promise<CheckedFile>>();
  let last: Promise<unknown> = Promise.resolve();
  for (const file of groups.flatMap((group) => group.files)) {
    const own = last.then(() => checkIntegrity(file, signal));
    // Awaited by whoever needs the file; until then a failure must not count as unhandled.
    own.catch(() => undefined);
    last = own;
    checks.set(file.path, own);
  }
  const all = async () =>
    new Map(await Promise.all([...checks].map(async ([path, own]) => [path, (await own).sha256] as const)));
  const hashes = all();
  hashes.catch(() => undefined);
  return { hashes, isUtf8: async (file) => (await checks.get(file.path))?.isUtf8 ?? true };
};

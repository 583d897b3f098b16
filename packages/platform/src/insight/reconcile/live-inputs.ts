import { stat } from "node:fs/promises";
import { readLoadRecord } from "../../lake/ingest/coverage.ts";
import type { Lake } from "../../lake/lake.ts";

/** Files that the live loads were made of: those still there, and those gone or changed in size since. */
export const liveInputs = async (
  lake: Lake,
): Promise<{ readonly present: readonly string[]; readonly gone: readonly string[] }> => {
  const { manifest } = await lake.snapshot();
  const sizes = new Map<string, number>();
  for (const load of manifest.loads) {
    const record = await readLoadRecord(lake.storage, load);
    for (const { path, sizeBytes } of record?.inputs ?? []) sizes.set(path, sizeBytes);
  }
  const present: string[] = [];
  const gone: string[] = [];
  for (const [path, sizeBytes] of sizes) {
    const info = await stat(path).catch(() => undefined);
    (info?.size === sizeBytes ? present : gone).push(path);
  }
  return { present: present.sort(), gone: gone.sort() };
};

import type { LoadEntry, Manifest } from "../manifest.ts";
import type { ManifestStore } from "../manifest-store.ts";
import type { RewriteWork, Rewritten } from "./rewriter.ts";

/** A load whose new files are in place but that no manifest names yet. */
export interface RewrittenLoad extends RewriteWork, Rewritten {}

export interface CommittedCompaction {
  readonly manifest: Manifest;
  /** Absent from here: loads that somebody replaced meanwhile. */
  readonly after: ReadonlyMap<RewrittenLoad, LoadEntry>;
}

/** The entry of the rewritten load: all that others may have changed of it meanwhile stays. */
export const compactedEntry = (
  live: LoadEntry,
  { id, files, rollups, planned }: RewrittenLoad,
): LoadEntry => ({
  ...live,
  id,
  files,
  rollups,
  rollupsWeighed: true,
  tagColumns: planned.tagColumns,
});

/** Nothing is left to commit. */
class AllReplaced extends Error {
  readonly current: Manifest;
  constructor(current: Manifest) {
    super("all loads were replaced meanwhile");
    this.current = current;
  }
}

/**
 * Makes the version in which rewritten loads stand for those that they were made of. What somebody replaced meanwhile
 * stays as that person left it: its rewritten files are named by nobody.
 * @throws LAKE_BUSY, LAKE_COMMIT_UNCERTAIN, LAKE_NOT_WRITABLE, LAKE_DISK_FULL
 */
export const commitCompaction = async (
  store: ManifestStore,
  rewritten: readonly RewrittenLoad[],
  folder: string,
): Promise<CommittedCompaction> => {
  let after: ReadonlyMap<RewrittenLoad, LoadEntry> = new Map();
  const byOld = new Map(rewritten.map((load) => [load.planned.load.id, load]));
  const change = (current: Manifest) => {
    const made = new Map<RewrittenLoad, LoadEntry>();
    const newIds = new Map(
      current.loads.flatMap(({ id }) => {
        const own = byOld.get(id);
        return own === undefined ? [] : [[id, own.id] as const];
      }),
    );
    if (newIds.size === 0) throw new AllReplaced(current);
    const loads = current.loads.map((live) => {
      const load = withNewIds(live, newIds);
      const own = byOld.get(live.id);
      if (own === undefined) return load;
      const entry = compactedEntry(load, own);
      made.set(own, entry);
      return entry;
    });
    after = made;
    return { reason: "compact", loads, tagColumns: current.tagColumns };
  };
  try {
    return { manifest: await store.commit(change, folder), after };
  } catch (error) {
    if (error instanceof AllReplaced) return { manifest: error.current, after: new Map() };
    throw error;
  }
};

/** A load that is in no total names the one that is. */
const withNewIds = (load: LoadEntry, newIds: ReadonlyMap<string, string>): LoadEntry => {
  if (load.counted === true) return load;
  const { because, load: other } = load.counted;
  return { ...load, counted: { because, load: newIds.get(other) ?? other } };
};

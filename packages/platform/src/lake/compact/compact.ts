import { TrimtabError } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";
import { readLoadRecord, recordPath } from "../ingest/coverage.ts";
import type { OnProgress } from "../ingest/ingest.ts";
import type { LoadRecord } from "../ingest/report.ts";
import type { Run } from "../ingest/stage.ts";
import { loadFolder, newId } from "../layout.ts";
import type { LoadEntry } from "../manifest.ts";
import type { ManifestStore } from "../manifest-store.ts";
import type { LakeStorage } from "../storage/storage.ts";
import { notePlaced } from "../temporary-folder.ts";
import { toWriteFailure } from "../write-failure.ts";
import { commitCompaction, compactedEntry, type RewrittenLoad } from "./commit-compaction.ts";
import { type CompactReason, type CompactSelection, planCompaction } from "./plan-compaction.ts";
import type { OpenRewriter } from "./rewriter.ts";

export interface CompactRequest {
  readonly selection: CompactSelection;
  /** Absent: the embedded engine. */
  readonly openRewriter?: OpenRewriter;
  readonly signal?: AbortSignal | undefined;
}

export interface CompactedLoad {
  readonly before: LoadEntry;
  readonly after: LoadEntry;
  readonly reasons: readonly CompactReason[];
}

export interface CompactReport {
  /** The version that holds the result; where nothing was to do, the one that was there. */
  readonly version: number;
  readonly compacted: readonly CompactedLoad[];
  /** Loads that somebody replaced meanwhile: they are as that person left them. */
  readonly replaced: readonly LoadEntry[];
}

export interface CompactContext {
  readonly run: Run;
  readonly store: ManifestStore;
  readonly storage: LakeStorage;
  readonly clock: () => Date;
  /** Temporary folder of this compaction. */
  readonly folder: string;
  readonly onProgress: OnProgress;
  readonly openRewriter: OpenRewriter;
}

/** Folders of a load in both tables. */
const foldersOf = (load: LoadEntry, id: string): readonly string[] =>
  ["charges", "charges_daily"].map((table) => loadFolder(table, load, id));

/**
 * Writes loads again, the same charges in better files, and makes one version of them all; or none, and nothing stays.
 * @throws LAKE_COMPACTION_DIFFERS, LAKE_BUSY, LAKE_COMMIT_UNCERTAIN, LAKE_NOT_WRITABLE, LAKE_DISK_FULL, LAKE_CANCELLED
 */
export const compactLoads = async (
  context: CompactContext,
  { selection, signal }: CompactRequest,
): Promise<CompactReport> => {
  const { store, storage, clock, folder, onProgress } = context;
  const current = await store.current();
  const plan = planCompaction(current, selection);
  if (plan.length === 0) return { version: current.version, compacted: [], replaced: [] };
  const rewriter = await context.openRewriter({ ...context, now: clock(), signal });
  const placed = new Map<string, readonly string[]>();
  const removePlaced = async (ids: readonly string[]): Promise<void> => {
    for (const own of ids.flatMap((id) => placed.get(id) ?? []))
      await storage.remove(own).catch(() => undefined);
  };
  try {
    const rewritten: RewrittenLoad[] = [];
    for (const [index, planned] of plan.entries()) {
      onProgress("rewriting", index, plan.length);
      if (signal?.aborted) throw lakeErrors.create("LAKE_CANCELLED");
      const id = newId(clock());
      placed.set(id, foldersOf(planned.load, id));
      for (const own of placed.get(id) ?? []) await notePlaced(folder, own);
      rewritten.push({ planned, id, ...(await rewriter.rewrite({ planned, id })) });
    }
    for (const load of rewritten) await carryRecord(storage, load, current.version);
    onProgress("committing", 0, 1);
    const { manifest, after } = await commitCompaction(store, rewritten, folder);
    const late = rewritten.filter((load) => !after.has(load));
    await removePlaced(late.map(({ id }) => id));
    return {
      version: manifest.version,
      compacted: [...after].map(([{ planned }, entry]) => ({
        before: planned.load,
        after: entry,
        reasons: planned.reasons,
      })),
      replaced: late.map(({ planned }) => planned.load),
    };
  } catch (error) {
    // Where it may have committed after all, its files stay; expiry takes those that no version names.
    if (!(error instanceof TrimtabError && error.code === "LAKE_COMMIT_UNCERTAIN"))
      await removePlaced([...placed.keys()]);
    throw toWriteFailure(storage.scratch, error);
  }
};

/** What was read for the load, and which days it covers, goes on with it: a later delivery is compared with that. */
const carryRecord = async (storage: LakeStorage, load: RewrittenLoad, version: number): Promise<void> => {
  const record = await readLoadRecord(storage, load.planned.load);
  if (record === undefined) return;
  const entry = compactedEntry(load.planned.load, load);
  const carried: LoadRecord = { ...record, entry, compacted: { of: load.planned.load.id, version } };
  await storage.putText(recordPath(entry), `${JSON.stringify(carried, null, 1)}\n`);
};

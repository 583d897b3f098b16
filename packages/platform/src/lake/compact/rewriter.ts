import type { Run } from "../ingest/stage.ts";
import type { LakeFile, RollupFile } from "../manifest.ts";
import type { LakeStorage } from "../storage/storage.ts";
import type { PlannedCompaction } from "./plan-compaction.ts";

/** What writes a load's charges again: the embedded engine, or a cluster. */
export interface Rewriter {
  /**
   * Writes the charges under the new load's id, compares them with the old, and makes its rollups.
   * @throws LAKE_COMPACTION_DIFFERS
   */
  rewrite(work: RewriteWork): Promise<Rewritten>;
}

export interface RewriteWork {
  readonly planned: PlannedCompaction;
  /** Id of the new load. */
  readonly id: string;
}

export interface Rewritten {
  readonly files: readonly LakeFile[];
  readonly rollups: readonly RollupFile[];
}

export interface RewriterSurroundings {
  /** Of one connection of the embedded engine. */
  readonly run: Run;
  readonly storage: LakeStorage;
  /** Temporary folder of this compaction. */
  readonly folder: string;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

/** Looks whether there is anything to rewrite with, before the first load. */
export type OpenRewriter = (surroundings: RewriterSurroundings) => Promise<Rewriter>;

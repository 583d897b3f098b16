import type { Period } from "@trimtab/domain";
import { MIN_ROLLUP_ROWS } from "../ingest/rollup.ts";
import type { LoadEntry, Manifest } from "../manifest.ts";
import { areSmall, FILE_LIMITS, type FileLimits, filesFor, isLarge } from "./file-size.ts";

/** Why a load is rewritten. `asked`: it needs nothing, but all were asked for. */
export type CompactReason = "small-files" | "large-files" | "tag-columns" | "rollups" | "asked";

export interface CompactSelection {
  /** Loads of billing periods that begin in it; absent: of all. */
  readonly period?: Period | undefined;
  readonly source?: string | undefined;
  /** Also what needs nothing, and what is in no total. */
  readonly all: boolean;
  readonly limits?: FileLimits;
}

/** A load that is to be rewritten. */
export interface PlannedCompaction {
  readonly load: LoadEntry;
  readonly reasons: readonly CompactReason[];
  readonly bytes: number;
  readonly filesAfter: number;
  /** Tag key → column of the new files; those that have a rollup come first, so that it is made again. */
  readonly tagColumns: Readonly<Record<string, string>>;
}

const bytesOf = ({ files }: LoadEntry): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

const reasonsOf = (
  load: LoadEntry,
  { tagColumns }: Manifest,
  limits: FileLimits,
): readonly CompactReason[] => {
  const count = load.files.length;
  const bytes = bytesOf(load);
  const isMissing = (key: string) => load.tagColumns[key] === undefined;
  const reasons: readonly (readonly [CompactReason, boolean])[] = [
    ["small-files", areSmall(count, bytes, limits)],
    ["large-files", load.files.some((file) => isLarge(file.bytes, limits))],
    ["tag-columns", Object.keys(tagColumns).some(isMissing)],
    ["rollups", load.rollups.length === 0 && load.rollupsWeighed !== true && load.rows >= MIN_ROLLUP_ROWS],
  ];
  return reasons.flatMap(([reason, holds]) => (holds ? [reason] : []));
};

const tagsOf = (load: LoadEntry, { tagColumns }: Manifest): Readonly<Record<string, string>> => {
  const all = { ...tagColumns, ...load.tagColumns };
  const kept = load.rollups.flatMap(({ tag }) => (tag !== undefined && all[tag] !== undefined ? [tag] : []));
  return Object.fromEntries([...new Set([...kept, ...Object.keys(all)])].map((key) => [key, all[key] ?? ""]));
};

/** The loads of a version that answer slower than they need to, or all that were asked for. */
export const planCompaction = (
  manifest: Manifest,
  { period, source, all, limits = FILE_LIMITS }: CompactSelection,
): readonly PlannedCompaction[] =>
  manifest.loads.flatMap((load) => {
    if (source !== undefined && load.source !== source) return [];
    if (period !== undefined && (load.billingPeriod < period.start || load.billingPeriod >= period.end))
      return [];
    const reasons = load.counted === true || all ? reasonsOf(load, manifest, limits) : [];
    if (reasons.length === 0 && !all) return [];
    const bytes = bytesOf(load);
    return [
      {
        load,
        reasons: reasons.length === 0 ? ["asked"] : reasons,
        bytes,
        filesAfter: filesFor(bytes, limits),
        tagColumns: tagsOf(load, manifest),
      },
    ];
  });

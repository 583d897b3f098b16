import type { LakeStorage } from "../storage/storage.ts";
import { openVersionedIndex, type VersionedIndex } from "../versioned-index.ts";
import { type PointFile, type PointIndex, pointIndexShape } from "./point.ts";

export const POINT_FOLDER = "resource_metrics";

/** What resource metrics consist of. */
export const openPointIndex = (storage: LakeStorage, clock: () => Date): VersionedIndex<PointIndex> =>
  openVersionedIndex<PointIndex>(
    storage,
    {
      folder: POINT_FOLDER,
      schema: pointIndexShape,
      empty: { schemaVersion: 1, files: [] },
      filesOf: ({ files }) => files.map(({ path }) => path),
    },
    clock,
  );

/** Files of the newest version, without an engine over them. */
export const listPointFiles = async (
  storage: LakeStorage,
  clock: () => Date,
): Promise<readonly PointFile[]> => (await openPointIndex(storage, clock).newest()).content.files;

import { join } from "node:path";
import type { OnProgress } from "../../lake/ingest/ingest.ts";
import type { Lake } from "../../lake/lake.ts";
import type { SourceDefinition } from "../../lake/source-definition.ts";
import { findBills, loadFound } from "../../sources/load-bills.ts";
import { storeOtherDatasets } from "../../sources/store-other-datasets.ts";
import { type UnpackLimits, unpack } from "./unpack.ts";
import type { UploadRecord } from "./upload-record.ts";

export interface LoadSurroundings {
  readonly lake: Lake;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly clock: () => Date;
  readonly limits: UnpackLimits;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/**
 * Loads a received file as `trimtab ingest` loads it: all of it in one version of the lake, or nothing.
 * @throws UPLOAD_REFUSED, SOURCE_*, LAKE_*
 */
export const loadUpload = async (
  { file, bytes, source, exportName, isPartial }: UploadRecord,
  folder: string,
  { lake, sources, clock, limits, signal, onProgress }: LoadSurroundings,
): Promise<NonNullable<UploadRecord["result"]>> => {
  onProgress("unpacking", 0, bytes);
  const patterns = await unpack(join(folder, file ?? ""), bytes, folder, limits);
  const request = {
    patterns,
    cwd: folder,
    sources,
    partial: isPartial,
    signal,
    onProgress,
    ...(source === null ? {} : { as: source }),
    ...(exportName === null ? {} : { exportName }),
  };
  const found = await findBills(lake, request);
  const stored = await storeOtherDatasets(lake, found.others, clock);
  const others = stored.map(({ dataset, rows }) => ({ dataset, rows }));
  if (found.inputs.length === 0 && stored.length > 0) {
    const { version } = await lake.snapshot();
    return { lakeVersion: version, rows: 0, quarantined: 0, loads: [], others, notes: [] };
  }
  const before = (await lake.snapshot()).manifest.loads;
  const report = await loadFound(lake, found, request);
  return {
    lakeVersion: report.version,
    rows: report.loads.reduce((sum, { rows }) => sum + rows, 0),
    quarantined: report.quarantined.rows,
    loads: report.loads.map(({ instance, billingPeriod, rows }) => ({
      instance,
      billingPeriod,
      rows,
      replaced: before.some((load) => load.instance === instance && load.billingPeriod === billingPeriod),
    })),
    others,
    notes: [
      ...report.notes,
      ...report.superseded.map(({ path, reason }) => `${path.slice(path.lastIndexOf("/") + 1)}: ${reason}`),
    ],
  };
};

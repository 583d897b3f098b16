import { CONTRACT_COMMITMENTS } from "../lake/contract-commitments.ts";
import { lakeErrors } from "../lake/errors.ts";
import { toInputFailure } from "../lake/input/input-failure.ts";
import { type InspectedFile, readHeader } from "../lake/input/inspect-file.ts";
import { checkIntegrity } from "../lake/input/integrity.ts";
import type { Lake } from "../lake/lake.ts";
import { type StoredDataset, storeOtherDataset } from "../lake/other-dataset.ts";
import { sourceErrors } from "./errors.ts";
import { contractCommitmentsSelect } from "./focus/contract-commitments-select.ts";
import { focusSource } from "./focus/focus-source.ts";
import type { OtherDataset } from "./load-bills.ts";
import { allocationSelect } from "./opencost/allocation-select.ts";
import { OPENCOST_DATASET, opencostSource } from "./opencost/opencost-source.ts";

/** Windows without a beginning or end, or that cut days in pieces shared with others, can't be laid over a bill. */
const checkWindows = async (lake: Lake, path: string, select: string): Promise<void> => {
  const start = "window_start = date_trunc('day', window_start)";
  const end = "window_end = date_trunc('day', window_end)";
  const within = "date_trunc('day', window_start) = date_trunc('day', window_end - to_microseconds(1))";
  const { rows } = await lake.run({
    text: `SELECT count(*), count(*) FILTER (NOT COALESCE((${start} AND ${end}) OR ${within}, false)) FROM (${select})`,
  });
  const [all, bad] = (rows[0] ?? []).map(Number);
  if (all === 0)
    throw sourceErrors.create("SOURCE_NO_ALLOCATIONS", { file: path, reason: "it holds no allocation" });
  if (bad !== 0) {
    const reason = `${bad} of ${all} weights have a window that is neither whole days nor within one day`;
    throw sourceErrors.create("SOURCE_NO_ALLOCATIONS", { file: path, reason });
  }
};

/** What contracts commit to, until when and for what: the advisors ask for it where they look at commitments. */
const storeContracts = async (lake: Lake, file: InspectedFile, clock: () => Date): Promise<StoredDataset> => {
  const { columns } = await readHeader(file, focusSource.csv, lake.database);
  const select = contractCommitmentsSelect(
    file,
    columns.map(({ name }) => name),
  );
  try {
    return await storeOtherDataset(lake, { dataset: CONTRACT_COMMITMENTS, select, clock });
  } catch (error) {
    throw toInputFailure(error, [file.path]);
  }
};

/**
 * Keeps the data sets that hold no costs and that something reads later; the others are left where they are.
 * @throws SOURCE_NO_ALLOCATIONS, LAKE_INPUT_CORRUPT, LAKE_INPUT_REFUSED
 */
export const storeOtherDatasets = async (
  lake: Lake,
  others: readonly OtherDataset[],
  clock: () => Date,
): Promise<readonly StoredDataset[]> => {
  const stored: StoredDataset[] = [];
  for (const { file, source, dataset } of others) {
    const isContract = source === focusSource.id && dataset === "ContractCommitment";
    if (dataset !== OPENCOST_DATASET && !isContract) continue;
    const { isUtf8 } = await checkIntegrity(file);
    // The engine fails within where it reads some columns of such text.
    if (file.format === "csv" && !isUtf8) {
      const reason = "its text is not UTF-8";
      throw lakeErrors.create("LAKE_INPUT_REFUSED", { file: file.path, reason });
    }
    if (isContract) {
      stored.push(await storeContracts(lake, file, clock));
      continue;
    }
    const { columns } = await readHeader(file, opencostSource.csv, lake.database);
    const select = allocationSelect({
      path: file.path,
      format: file.format === "csv" ? "csv" : "json",
      compression: file.compression,
      sizeBytes: file.sizeBytes,
      columns: columns.map(({ name }) => name),
    });
    try {
      await checkWindows(lake, file.path, select);
      stored.push(await storeOtherDataset(lake, { dataset, select, clock }));
    } catch (error) {
      throw toInputFailure(error, [file.path]);
    }
  }
  return stored;
};

import type { IngestReport } from "../lake/ingest/report.ts";
import { isUrl } from "../lake/storage/location.ts";
import { type FoundBills, type LoadBillsRequest, loadFound, requireCosts } from "../sources/load-bills.ts";
import type { CommandContext } from "./command.ts";

/**
 * Loads bills inside the cluster, or here where they hold what only the embedded engine reads; the report says so.
 * @throws CLUSTER_*, SOURCE_NO_COSTS and what the lake's ingest throws
 */
export const loadOnCluster = async (
  { services, progress, signal }: CommandContext,
  found: FoundBills,
  request: LoadBillsRequest,
  location: string | undefined,
): Promise<IngestReport> => {
  const { clusterErrors } = await import("../query/engines/trino/errors.ts");
  const { ingestOnCluster } = await import("../query/engines/trino/ingest/ingest-on-cluster.ts");
  requireCosts(found);
  const client = await services.openTrino();
  const lake = await services.openLake();
  const place = location ?? client.settings.location;
  if (place === undefined) throw clusterErrors.create("CLUSTER_LOCATION_MISSING");
  const outcome = await ingestOnCluster(
    {
      client,
      lake,
      clock: services.clock,
      location: place.replace(/\/+$/, ""),
      shared: client.settings.inputs,
      onProgress: (step, done, total) => progress.step(step, done, total, "on the cluster"),
    },
    { inputs: found.inputs, superseded: found.superseded, partial: request.partial === true, signal },
  );
  if (outcome.kind === "loaded") {
    const note = "loaded inside the cluster; `trimtab lake publish` shows it to the cluster's readers";
    return { ...outcome.report, notes: [...outcome.report.notes, note] };
  }
  if (found.inputs.some(({ file }) => isUrl(file.path)))
    throw clusterErrors.create("CLUSTER_INPUT_UNFIT", { reason: outcome.reason });
  const report = await loadFound(lake, found, request);
  return { ...report, notes: [...report.notes, `loaded by the embedded engine: ${outcome.reason}`] };
};

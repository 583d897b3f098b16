import type { Manifest } from "../manifest.ts";
import { refuseLessCoverage } from "./coverage.ts";
import type { IngestContext } from "./ingest.ts";
import type { PreparedLoad } from "./prepare-load.ts";
import { countOnce } from "./same-charges.ts";
import type { Run } from "./stage.ts";

/**
 * Makes the version in which these loads replace those of the same instances and periods.
 * @throws LAKE_COVERS_LESS, LAKE_BUSY, LAKE_NOT_WRITABLE, LAKE_DISK_FULL
 */
export const commitLoads = async (
  context: IngestContext,
  run: Run,
  prepared: readonly PreparedLoad[],
  partial: boolean,
): Promise<{ manifest: Manifest; replaced: readonly string[] }> => {
  let replaced: readonly string[] = [];
  const added = prepared.map(({ entry }) => entry);
  const manifest = await context.store.commit(async (current) => {
    const old = current.loads.filter((load) =>
      added.some(
        ({ instance, billingPeriod }) => instance === load.instance && billingPeriod === load.billingPeriod,
      ),
    );
    replaced = old.map(({ id }) => id);
    if (!partial)
      for (const { entry, days } of prepared)
        for (const load of old)
          if (load.instance === entry.instance && load.billingPeriod === entry.billingPeriod)
            await refuseLessCoverage(context.root, load, entry, days);
    const live = [...current.loads.filter(({ id }) => !replaced.includes(id)), ...added];
    const loads = await countOnce(run, context.root, current.loads, live, added);
    const tagColumns = Object.assign({}, current.tagColumns, ...loads.map((load) => load.tagColumns));
    return { reason: "ingest", loads, tagColumns };
  });
  return { manifest, replaced };
};

import { lakeErrors } from "../errors.ts";
import type { LoadEntry, Manifest } from "../manifest.ts";
import { refuseLessCoverage } from "./coverage.ts";
import type { IngestContext } from "./ingest.ts";
import type { PreparedLoad } from "./prepare-load.ts";
import { countOnce } from "./same-charges.ts";
import type { StageContext } from "./stage.ts";

/**
 * Loads that ran beside this one may have given a tag's column to another tag; a query would take one for the other.
 * @throws LAKE_BUSY
 */
const refuseOtherTagColumns = ({ tagColumns }: Manifest, added: readonly LoadEntry[]): void => {
  const keyByColumn = new Map(Object.entries(tagColumns).map(([key, name]) => [name, key]));
  for (const load of added)
    for (const [key, name] of Object.entries(load.tagColumns)) {
      const isOther = (keyByColumn.get(name) ?? key) !== key || (tagColumns[key] ?? name) !== name;
      if (isOther) throw lakeErrors.create("LAKE_BUSY", { attempts: 1 });
    }
};

/**
 * Makes the version in which these loads replace those of the same instances and periods.
 * @throws LAKE_COVERS_LESS, LAKE_BUSY, LAKE_COMMIT_UNCERTAIN, LAKE_NOT_WRITABLE, LAKE_DISK_FULL
 */
export const commitLoads = async (
  context: IngestContext,
  { run, folder }: Pick<StageContext, "run" | "folder">,
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
            await refuseLessCoverage(context.storage, load, entry, days);
    refuseOtherTagColumns(current, added);
    const live = [...current.loads.filter(({ id }) => !replaced.includes(id)), ...added];
    const loads = await countOnce(run, context.storage, current.loads, live, added);
    const tagColumns = Object.assign({}, current.tagColumns, ...loads.map((load) => load.tagColumns));
    return { reason: "ingest", loads, tagColumns };
  }, folder);
  return { manifest, replaced };
};

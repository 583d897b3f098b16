import { openInventory } from "../../evidence/inventory/inventory-store.ts";
import { listPointFiles } from "../../lake/resource-metrics/list-point-files.ts";
import type { DoctorSurroundings, Finding } from "./finding.ts";

const MS_PER_DAY = 86_400_000;
/** Advice on settings of last month is advice on something else. */
const STALE_DAYS = 8;

/** How old what advisors judge by is. */
export async function checkEvidence({ openStorage, clock }: DoctorSurroundings): Promise<readonly Finding[]> {
  const storage = await openStorage();
  try {
    const collections = await openInventory(storage, clock).collections();
    const files = await listPointFiles(storage, clock);
    const daysSince = (moment: string) => Math.floor((clock().getTime() - Date.parse(moment)) / MS_PER_DAY);
    const ends = files.map(({ end }) => `${end.replace(" ", "T")}Z`).toSorted();
    const reads = collections.map(({ lastReadAt }) => lastReadAt).toSorted();
    return [
      finding("Metrics", ends.at(-1), daysSince, "trimtab metrics ingest"),
      // One list that is not read any more is enough to mislead
      finding("Inventory", reads[0], daysSince, "trimtab inventory collect"),
    ];
  } finally {
    storage.close();
  }
}

function finding(
  name: string,
  moment: string | undefined,
  daysSince: (moment: string) => number,
  command: string,
): Finding {
  const base = { area: "lake", name } as const;
  if (moment === undefined)
    return { ...base, status: "absent", detail: `none yet; \`${command}\` starts it, advisors need it` };
  const days = daysSince(moment);
  const detail = `${name === "Metrics" ? "until" : "all read since"} ${moment.slice(0, 10)}, ${days} days ago`;
  if (days <= STALE_DAYS) return { ...base, status: "ok", detail };
  return {
    ...base,
    status: "warn",
    detail,
    mend: `Run \`${command}\` every day: advice is as old as its evidence.`,
  };
}

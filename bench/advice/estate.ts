import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInventory } from "../../packages/platform/src/evidence/inventory/inventory-store.ts";
import { openResourceMetrics } from "../../packages/platform/src/evidence/metrics/open-resource-metrics.ts";
import { openLake } from "../../packages/platform/src/lake/lake.ts";
import {
  ESTATE_NOW,
  writeEstate,
  writeEstateMetrics,
} from "../../packages/platform/src/testing/sample-estate.ts";
import { runStep } from "../child.ts";
import { atMost, type Figure } from "../figure.ts";

const RESOURCES = Number(process.env.BENCH_ADVICE_RESOURCES ?? "10000");
const DAYS = 90;

/** Every advisor over an estate whose resources were all measured every hour, in a process of its own. */
export const benchEstate = async (out: (figure: Figure) => void): Promise<void> => {
  const root = mkdtempSync(join(tmpdir(), "trimtab-bench-advice-"));
  try {
    const clock = () => ESTATE_NOW;
    const lake = await openLake({ root, clock });
    await writeEstate(openInventory(lake.storage, clock), RESOURCES);
    const points = await writeEstateMetrics(openResourceMetrics(lake, clock), RESOURCES, DAYS);
    lake.close();
    const { ms, maxRssMiB } = await runStep("advise", root, String(DAYS));
    const title = `advise over ${RESOURCES.toLocaleString("en-US")} resources × ${DAYS} days hourly`;
    const note = `${points.toLocaleString("en-US")} points`;
    out(atMost(title, ms / 1000, "s", 60, note));
    out(atMost(`${title}: memory`, maxRssMiB, "MiB", 2048, "the most of the process"));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

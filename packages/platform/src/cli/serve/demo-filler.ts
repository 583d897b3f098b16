import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { ESTATE_IDS, ESTATE_TITLES } from "../../demo/estate.ts";
import { makeEstate } from "../../demo/estates.ts";
import { RULES } from "../../demo/metric-files.ts";
import type { DemoFiller } from "../../server/demo.ts";
import { type DemoServices, loadDeliveries } from "../demo-estate.ts";

/**
 * Fills the server's own lake with the bills of an invented company, as `trimtab demo` does with a lake of its own.
 * @param rulesFile where the company's rules go, which the server reads from then on
 */
export const createDemoFiller = (services: DemoServices, rulesFile: string): DemoFiller => ({
  companies: ESTATE_IDS.map((id) => ({ id, ...ESTATE_TITLES[id] })),
  fill: async (id, folder, onStep, signal) => {
    const known = ESTATE_IDS.find((one) => one === id);
    if (known === undefined) throw new TypeError(`No company is called ${id}`);
    onStep("making bills", 0, 1);
    const estate = await makeEstate(known);
    onStep("loading", 0, 1);
    await loadDeliveries(services, estate, folder, signal);
    await copyFile(join(folder, RULES), rulesFile);
    return estate.advisedAt === undefined ? {} : { readAt: estate.advisedAt };
  },
});

import { decimal, known, unknown } from "@trimtab/domain";
import { advise } from "../../packages/platform/src/advisors/advise.ts";
import { readSettings } from "../../packages/platform/src/advisors/advisor-settings.ts";
import { fillEvidence } from "../../packages/platform/src/advisors/fill-evidence.ts";
import { advisors } from "../../packages/platform/src/advisors/registry.ts";
import { openInventory } from "../../packages/platform/src/evidence/inventory/inventory-store.ts";
import { openResourceMetrics } from "../../packages/platform/src/evidence/metrics/open-resource-metrics.ts";
import { openLake } from "../../packages/platform/src/lake/lake.ts";
import { unitPrice } from "../../packages/platform/src/testing/advice-evidence.ts";
import { ESTATE_NOW } from "../../packages/platform/src/testing/sample-estate.ts";
import { reportStep } from "../child.ts";

/** All of `trimtab advise` but the bill: inventory, metrics, every advisor, ranking, plots. */
const [root = "", days = "90"] = process.argv.slice(2);
const PRICES: Readonly<Record<string, string>> = {
  "aws.ec2.instance": "0.23",
  "aws.ebs.volume": "0.088",
  "aws.ebs.snapshot": "0.05",
  "aws.elb.balancer": "0.0252",
  "aws.rds.instance": "1.72",
};
const clock = () => ESTATE_NOW;
const lake = await openLake({ root, clock });
await reportStep(async () => {
  const inventory = await openInventory(lake.storage, clock).items();
  const metrics = openResourceMetrics(lake, clock);
  const all = Object.values(advisors);
  const { signal } = new AbortController();
  const report = await advise(
    {
      inventory,
      metrics,
      costOf: () => unknown("this bench has no bill"),
      price: (question) => known(unitPrice(question, PRICES[question.item] ?? "1")),
      netSavings: async (changes) => changes.map(() => undefined),
    },
    {
      advisors: all,
      settings: readSettings(all, { idleDays: days, offHoursDays: days, sqlDays: days }),
      hourlyCost: decimal("100"),
      now: ESTATE_NOW,
      signal,
    },
  );
  const dailyCosts = async () => new Map();
  await fillEvidence(report.recommendations, { metrics, dailyCosts, inventory, signal });
  if (report.recommendations.length === 0) throw new Error("nothing was recommended");
});
lake.close();

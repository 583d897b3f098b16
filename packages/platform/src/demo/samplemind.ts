import { decimal, formatFixed, monthOf, multiply } from "@trimtab/domain";
import { SAMPLEMIND_METRICS } from "./data/business-metrics.ts";
import { FOCUS_LINES, MONTHLY, MONTHS, SAMPLEMIND_AREAS, SEPTEMBER_SO_FAR } from "./data/samplemind.ts";
import { type DemoFile, ESTATE_TITLES, type Estate } from "./estate.ts";
import { focusBill } from "./focus/focus-bill.ts";
import type { FocusCharge } from "./focus/focus-charge.ts";
import { focusCsv } from "./focus/focus-row.ts";
import { openCostAllocations } from "./focus/opencost-allocations.ts";
import { anomaliesFile } from "./labelled-anomalies.ts";
import { metricFiles, rulesFile } from "./metric-files.ts";

const EXPORT = "samplemind-focus";
const ALLOCATIONS = "opencost/allocation-2025-09.json";

const monthFile = (month: string, charges: readonly FocusCharge[]): DemoFile => ({
  kind: "gzip",
  path: `data/BILLING_PERIOD=${month}/${EXPORT}-00001.csv.gz`,
  content: focusCsv(charges),
});

/** September as it stood after its first delivery: some days, and of the last one not yet everything. */
function soFar(charge: FocusCharge): boolean {
  const { until, lateDay, late } = SEPTEMBER_SO_FAR;
  if (charge.day >= until) return false;
  const isLate =
    charge.of.kind === "usage" &&
    late.some((key) => charge.of.kind === "usage" && key === charge.of.line.key);
  return !(isLate && charge.day === lateDay);
}

/** Two months of an audio platform on Kubernetes: AWS's FOCUS export, and OpenCost's view of the cluster. */
export function samplemind(): Estate {
  const byMonth = [...Map.groupBy(focusBill(), (charge) => monthOf(charge.day))];
  const started = byMonth.filter(([month]) => month === SEPTEMBER_SO_FAR.month);
  const [first, last] = MONTHS;
  const amounts = MONTHLY.map(({ name, amount }) => ({
    name,
    amount: formatFixed(multiply(decimal(amount), decimal(String(MONTHS.length))), 2),
  }));
  return {
    id: "samplemind",
    ...ESTATE_TITLES.samplemind,
    question: "billed by area per month",
    ownerTag: "service",
    period: { from: first.from, until: last.until },
    total: "12300.00",
    published: amounts,
    deliveries: [
      {
        folder: `so-far/${EXPORT}`,
        label: "September up to the 19th",
        files: started.map(([month, charges]) => monthFile(month, charges.filter(soFar))),
      },
      {
        folder: EXPORT,
        label: "August and September, whole",
        files: byMonth.map(([month, charges]) => monthFile(month, charges)),
      },
    ],
    allocations: ALLOCATIONS,
    beside: [
      {
        kind: "text",
        path: ALLOCATIONS,
        content: openCostAllocations(last.from, last.until),
      },
      rulesFile(SAMPLEMIND_METRICS, SAMPLEMIND_AREAS),
      anomaliesFile(
        "samplemind",
        FOCUS_LINES.map((line) => ({
          service: line.serviceName,
          resource: line.resourceId,
          shape: line.shape,
        })),
        [{ day: "2025-09-22", what: "Materialised views went live: fewer reads of the database's storage" }],
      ),
      ...metricFiles("samplemind", { from: first.from, until: last.until }, SAMPLEMIND_METRICS),
    ],
  };
}

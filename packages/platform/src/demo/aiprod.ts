import { AIPROD } from "./data/aiprod.ts";
import { AIPROD_RESOURCES } from "./data/aiprod-resources.ts";
import { AIPROD_METRICS } from "./data/business-metrics.ts";
import { ESTATE_TITLES, type Estate } from "./estate.ts";
import { gcpDeliveries, publishedOf, restatedOctober } from "./gcp/gcp-estate.ts";
import { anomaliesFile } from "./labelled-anomalies.ts";
import { type AreaRules, metricFiles, rulesFile } from "./metric-files.ts";
import { resourceFiles } from "./resource-files.ts";

const PERIOD = { from: "2025-08-01", until: "2026-02-01" } as const;

/** The parts in which the company tells its costs. */
const AREAS: AreaRules = {
  otherwise: "Others",
  rules: [
    { where: "ServiceName = 'Cloud Run'", value: "Cloud Run" },
    { where: "ServiceName = 'Cloud Firestore'", value: "Firestore" },
    { where: "ServiceName = 'Cloud SQL'", value: "Cloud SQL" },
  ],
};

/** Six months of a pipeline platform on Google Cloud. */
export function aiprod(): Estate {
  const lines = AIPROD.lines.map(({ service, resource, key, shape }) => ({
    service,
    resource: resource?.name ?? key,
    shape,
  }));
  return {
    id: "aiprod",
    ...ESTATE_TITLES.aiprod,
    question: "billed by area",
    ownerTag: "team",
    period: PERIOD,
    total: "59480.69",
    published: publishedOf(AIPROD),
    deliveries: gcpDeliveries(AIPROD, restatedOctober),
    beside: [
      anomaliesFile("aiprod", lines, [
        {
          day: "2025-10-06",
          what: "Pipelines v2 went live: workers, task queue, object operations and logs cost 18 % more",
        },
        { day: "2025-11-01", what: "A one-year commitment for the database began" },
        { day: "2025-12-01", what: "A new index made each document write cost 12 % more" },
        { day: "2025-12-02", what: "The report renderer moved from request-based to instance-based billing" },
        { day: "2025-12-24", what: "Holidays until 2026-01-01" },
        {
          day: "2026-01-21",
          what: "Google shows commitments as prices of consumption models, no longer as credits",
        },
      ]),
      rulesFile(AIPROD_METRICS, AREAS),
      ...metricFiles("aiprod", PERIOD, AIPROD_METRICS),
      ...resourceFiles("aiprod", AIPROD_RESOURCES),
    ],
    advisedAt: AIPROD_RESOURCES.readAt,
  };
}

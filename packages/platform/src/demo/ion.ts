import { ION_METRICS } from "./data/business-metrics.ts";
import { ION } from "./data/ion.ts";
import { ESTATE_TITLES, type Estate } from "./estate.ts";
import { gcpDeliveries, publishedOf } from "./gcp/gcp-estate.ts";
import { anomaliesFile } from "./labelled-anomalies.ts";
import { type AreaRules, metricFiles, rulesFile } from "./metric-files.ts";

const PERIOD = { from: "2025-07-01", until: "2025-10-01" } as const;

/** The parts in which the company tells its costs. */
const AREAS: AreaRules = {
  otherwise: "Other",
  rules: [
    { where: "ServiceName = 'Cloud Run'", value: "Cloud Run" },
    { where: "ServiceName = 'Cloud SQL'", value: "Cloud SQL" },
    { where: "ServiceName = 'Cloud Memorystore for Redis'", value: "Cache" },
  ],
};

/** Three months of a mentoring API in three regions of Google Cloud. */
export function ion(): Estate {
  const lines = ION.lines.map(({ service, resource, key, shape }) => ({
    service,
    resource: resource?.name ?? key,
    shape,
  }));
  return {
    id: "ion",
    ...ESTATE_TITLES.ion,
    question: "billed by area per month",
    ownerTag: "team",
    period: PERIOD,
    total: "7380.00",
    published: publishedOf(ION),
    deliveries: gcpDeliveries(ION),
    beside: [
      anomaliesFile("ion", lines, [{ day: "2025-08-01", what: "The launch credit for Europe ended" }]),
      rulesFile(ION_METRICS, AREAS),
      ...metricFiles("ion", PERIOD, ION_METRICS),
    ],
  };
}

import type { EstateMetrics } from "../metric-files.ts";
import { CONSUMER_WEEK, OFFICE_WEEK, type Shape, type Surge } from "../shape.ts";

const HOLIDAYS: Surge = { from: "2025-12-24", until: "2026-01-02", factor: 0.64 };
const OFFICE: Shape = { weekdays: OFFICE_WEEK, growthPerDay: 0.0012, surges: [HOLIDAYS], noise: 0.04 };
const CONSUMER: Shape = { weekdays: CONSUMER_WEEK, growthPerDay: 0.0012, noise: 0.04 };
const GAUGE: Shape = { noise: 0.08 };

export const AIPROD_METRICS: EstateMetrics = {
  business: [
    { name: "requests", unit: "request", perDay: 2_850_000, shape: OFFICE },
    { name: "users", unit: "user", isGauge: true, perDay: 1_840, shape: OFFICE },
    { name: "transactions", unit: "transaction", perDay: 46_000, shape: OFFICE },
  ],
  usage: [
    {
      resource: "projects/aiprod-v33/locations/us-central1/services/pipeline-api",
      name: "cpu_utilisation",
      unit: "%",
      perDay: 21,
      places: 2,
      shape: { ...OFFICE, growthPerDay: 0.0006 },
    },
    {
      resource: "projects/aiprod-v33/locations/us-central1/services/pipeline-api",
      name: "memory_utilisation",
      unit: "%",
      perDay: 34,
      places: 2,
      shape: GAUGE,
    },
    {
      resource: "projects/aiprod-v33/locations/us-central1/services/pipeline-api",
      name: "instances",
      unit: "instance",
      perDay: 7,
      places: 2,
      shape: OFFICE,
    },
    {
      resource: "projects/aiprod-v33/locations/us-central1/services/pipeline-worker",
      name: "cpu_utilisation",
      unit: "%",
      perDay: 48,
      places: 2,
      shape: OFFICE,
    },
    {
      resource: "projects/aiprod-v33/locations/us-central1/services/pipeline-worker",
      name: "instances",
      unit: "instance",
      perDay: 16,
      places: 2,
      shape: { ...OFFICE, surges: [HOLIDAYS, { from: "2025-09-17", until: "2025-09-19", factor: 3 }] },
    },
    {
      resource: "projects/aiprod-v33/locations/us-central1/services/report-renderer",
      name: "cpu_utilisation",
      unit: "%",
      perDay: 29,
      places: 2,
      shape: OFFICE,
    },
    {
      resource: "aiprod-v33:pipelines-primary",
      name: "cpu_utilisation",
      unit: "%",
      perDay: 17,
      places: 2,
      shape: OFFICE,
    },
    {
      resource: "aiprod-v33:pipelines-primary",
      name: "memory_utilisation",
      unit: "%",
      perDay: 41,
      places: 2,
      shape: GAUGE,
    },
    {
      resource: "aiprod-v33:pipelines-replica",
      name: "cpu_utilisation",
      unit: "%",
      perDay: 9,
      places: 2,
      shape: OFFICE,
    },
    { resource: "legacy-importer-1", name: "cpu_utilisation", unit: "%", perDay: 4, places: 2, shape: GAUGE },
  ],
};

export const ION_METRICS: EstateMetrics = {
  business: [
    { name: "requests", unit: "request", perDay: 41_000_000, shape: CONSUMER },
    {
      name: "users",
      unit: "user",
      isGauge: true,
      perDay: 2_000,
      shape: { weekdays: CONSUMER_WEEK, noise: 0.03 },
    },
    { name: "sessions", unit: "session", perDay: 5_400, shape: CONSUMER },
  ],
  usage: [
    {
      resource: "projects/ion-mentoring-prod/locations/us-central1/services/mentoring-api",
      name: "instances",
      unit: "instance",
      perDay: 3.4,
      places: 2,
      shape: CONSUMER,
    },
    {
      resource: "projects/ion-mentoring-prod/locations/europe-west1/services/mentoring-api",
      name: "instances",
      unit: "instance",
      perDay: 2.2,
      places: 2,
      shape: CONSUMER,
    },
    {
      resource: "ion-mentoring-prod:mentoring-primary",
      name: "cpu_utilisation",
      unit: "%",
      perDay: 31,
      places: 2,
      shape: CONSUMER,
    },
    {
      resource: "projects/ion-mentoring-prod/locations/us-central1/instances/mentoring-cache",
      name: "hit_rate_l2",
      unit: "%",
      perDay: 89.3,
      places: 2,
      shape: { noise: 0.01 },
    },
  ],
};

export const SECUREBASE_METRICS: EstateMetrics = {
  business: [
    { name: "requests", unit: "request", perDay: 61_000, shape: OFFICE },
    { name: "reports", unit: "report", perDay: 140, shape: OFFICE },
    { name: "users", unit: "user", isGauge: true, perDay: 36, shape: OFFICE },
  ],
  usage: [
    {
      resource: "arn:aws:rds:us-east-1:718204593316:cluster:securebase",
      name: "capacity_units",
      unit: "ACU",
      perDay: 0.55,
      places: 2,
      shape: OFFICE,
    },
    {
      resource: "arn:aws:elasticache:us-east-1:718204593316:cluster:report-cache-001",
      name: "memory_utilisation",
      unit: "%",
      perDay: 38,
      places: 2,
      shape: GAUGE,
    },
  ],
};

export const SAMPLEMIND_METRICS: EstateMetrics = {
  business: [
    {
      name: "users",
      unit: "user",
      isGauge: true,
      perDay: 1_000,
      shape: { noise: 0.02 },
    },
    { name: "api_calls", unit: "API call", perDay: 410_000, shape: CONSUMER },
    { name: "files", unit: "file", perDay: 9_600, shape: CONSUMER },
  ],
  usage: [
    { resource: "worker-1", name: "cpu_request", unit: "core", perDay: 12, places: 2, shape: { noise: 0 } },
    { resource: "worker-1", name: "cpu_used", unit: "core", perDay: 2.6, places: 2, shape: CONSUMER },
    {
      resource: "celery-spot",
      name: "cpu_request",
      unit: "core",
      perDay: 10,
      places: 2,
      shape: { noise: 0 },
    },
    {
      resource: "celery-spot",
      name: "cpu_used",
      unit: "core",
      perDay: 3.1,
      places: 2,
      shape: CONSUMER,
    },
    {
      resource: "gpu-1",
      name: "gpu_utilisation",
      unit: "%",
      perDay: 37,
      places: 2,
      shape: CONSUMER,
    },
    {
      resource: "samplemind-001",
      name: "hit_rate",
      unit: "%",
      perDay: 76,
      places: 2,
      shape: { noise: 0.01 },
    },
  ],
};

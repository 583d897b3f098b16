import type { GcpAccount, GcpCreditRule, GcpLine } from "../gcp/gcp-line.ts";
import { COUNT, GIB, GIB_HOUR, GIB_MONTH, GIB_SECOND, HOUR, SECOND } from "../gcp/gcp-units.ts";
import { CONSUMER_WEEK, type Shape, type Surge } from "../shape.ts";

const PROJECT = "ion-mentoring-prod";
const REGIONS = [
  { region: "us-central1", role: "primary", share: 50 },
  { region: "europe-west1", role: "replica-eu", share: 28 },
  { region: "asia-northeast1", role: "replica-asia", share: 22 },
] as const;

const USERS: Shape = { weekdays: CONSUMER_WEEK, growthPerDay: 0.0012, noise: 0.05 };
const STEADY: Shape = { noise: 0.01 };

const FREE_TIER: GcpCreditRule = { type: "FREE_TIER", name: "Cloud Run free tier", monthly: "4.32" };
const LAUNCH: GcpCreditRule = {
  type: "PROMOTION",
  name: "Google Cloud launch credit",
  id: "launch-2025-eu",
  share: 0.25,
  until: "2025-08-01",
};

const RETRIES: Surge = {
  from: "2025-08-20",
  until: "2025-08-22",
  factor: 2.7,
  cause: "Clients in the EU retried at once while a certificate was renewed",
};
const STAMPEDE: Surge = {
  from: "2025-09-09",
  until: "2025-09-10",
  factor: 4,
  cause: "All cached recommendations expired in the same minute: every request went to the database region",
};

const api = (region: string) => ({
  name: `projects/${PROJECT}/locations/${region}/services/mentoring-api`,
  globalName: `//run.googleapis.com/projects/${PROJECT}/locations/${region}/services/mentoring-api`,
});
const sql = (name: string) => ({
  name: `${PROJECT}:${name}`,
  globalName: `//cloudsql.googleapis.com/projects/${PROJECT}/instances/${name}`,
});
const redis = (region: string) => ({
  name: `projects/${PROJECT}/locations/${region}/instances/mentoring-cache`,
  globalName: `//redis.googleapis.com/projects/${PROJECT}/locations/${region}/instances/mentoring-cache`,
});

const DAY = { project: PROJECT, grain: "day" } as const;
const API = { env: "prod", team: "api", service: "mentoring-api" };

const regionalLines = REGIONS.flatMap(({ region, role, share }): readonly GcpLine[] => {
  const at = { ...DAY, location: region } as const;
  const isEurope = region === "europe-west1";
  const users: Shape = isEurope ? { ...USERS, surges: [RETRIES] } : USERS;
  const promotion = isEurope ? { credits: [LAUNCH] } : {};
  return [
    {
      ...at,
      ...SECOND,
      key: `cpu-${region}`,
      service: "Cloud Run",
      sku: `Services CPU (Request-based billing) in ${region}`,
      price: "0.000024",
      resource: api(region),
      labels: API,
      weight: share,
      shape: users,
      ...promotion,
    },
    {
      ...at,
      ...GIB_SECOND,
      key: `memory-${region}`,
      service: "Cloud Run",
      sku: `Services Memory (Request-based billing) in ${region}`,
      price: "0.0000025",
      resource: api(region),
      labels: API,
      weight: share * 0.3,
      shape: users,
    },
    {
      ...at,
      ...SECOND,
      key: `idle-${region}`,
      service: "Cloud Run",
      sku: `Services Min Instance CPU (Request-based billing) in ${region}`,
      price: "0.0000025",
      resource: api(region),
      labels: API,
      weight: share * 0.25,
      shape: STEADY,
      ...(role === "primary" ? { credits: [FREE_TIER] } : {}),
    },
    {
      ...at,
      ...HOUR,
      key: `db-cpu-${region}`,
      service: "Cloud SQL",
      sku: `Cloud SQL for PostgreSQL: Zonal - vCPU in ${region}`,
      price: "0.0413",
      resource: sql(`mentoring-${role}`),
      labels: { env: "prod", team: "data" },
      weight: share,
      shape: role === "primary" ? { ...STEADY, surges: [{ ...STAMPEDE, factor: 1.5 }] } : STEADY,
    },
    {
      ...at,
      ...GIB_HOUR,
      key: `db-ram-${region}`,
      service: "Cloud SQL",
      sku: `Cloud SQL for PostgreSQL: Zonal - RAM in ${region}`,
      price: "0.007",
      resource: sql(`mentoring-${role}`),
      labels: { env: "prod", team: "data" },
      weight: share * 0.45,
      shape: STEADY,
    },
    {
      ...at,
      ...GIB_MONTH,
      key: `db-disk-${region}`,
      service: "Cloud SQL",
      sku: `Cloud SQL for PostgreSQL: Zonal - Standard storage in ${region}`,
      price: "0.17",
      resource: sql(`mentoring-${role}`),
      labels: {},
      weight: share * 0.15,
      shape: { ...STEADY, growthPerDay: 0.001 },
    },
    {
      ...at,
      ...GIB_HOUR,
      key: `cache-${region}`,
      service: "Cloud Memorystore for Redis",
      sku: `Redis Capacity Standard M2 ${region}`,
      price: "0.046",
      resource: redis(region),
      labels: { env: "prod", team: "api", service: "cache" },
      weight: share,
      shape: STEADY,
    },
    {
      ...at,
      ...GIB,
      key: `egress-${region}`,
      service: "Networking",
      sku: `Network Internet Data Transfer Out from ${region}`,
      price: "0.12",
      labels: { env: "prod" },
      weight: share,
      shape: { ...USERS, noise: 0.1, ...(role === "primary" ? { surges: [STAMPEDE] } : {}) },
    },
  ];
});

const globalLines: readonly GcpLine[] = [
  {
    ...DAY,
    ...GIB,
    key: "replication",
    service: "Networking",
    sku: "Network Inter Region Data Transfer Out from Americas to EMEA",
    price: "0.05",
    location: "us-central1",
    labels: {},
    weight: 30,
    shape: USERS,
  },
  {
    ...DAY,
    ...GIB,
    key: "logs",
    service: "Cloud Logging",
    sku: "Log Storage cost",
    price: "0.5",
    location: "global",
    labels: {},
    weight: 1,
    shape: USERS,
  },
  {
    ...DAY,
    ...GIB_MONTH,
    key: "media",
    service: "Cloud Storage",
    sku: "Standard Storage US Multi-region",
    price: "0.026",
    location: "us",
    resource: {
      name: "ion-mentoring-media",
      globalName: "//storage.googleapis.com/projects/_/buckets/ion-mentoring-media",
    },
    labels: { env: "prod", team: "api" },
    weight: 4,
    shape: { ...STEADY, growthPerDay: 0.002 },
  },
  {
    ...DAY,
    ...COUNT,
    key: "media-reads",
    service: "Cloud Storage",
    sku: "Multi-Region Standard Class B Operations",
    price: "0.0000004",
    location: "us",
    resource: {
      name: "ion-mentoring-media",
      globalName: "//storage.googleapis.com/projects/_/buckets/ion-mentoring-media",
    },
    labels: { env: "prod", team: "api" },
    weight: 1,
    shape: USERS,
  },
];

/** The published 160 of "other" are networking, logging and storage; that split is ours. */
const MONTHLY = [
  { name: "Cloud Run", amount: "1200" },
  { name: "Cloud SQL", amount: "800" },
  { name: "Cloud Memorystore for Redis", amount: "300" },
  { name: "Networking", amount: "92" },
  { name: "Cloud Logging", amount: "38" },
  { name: "Cloud Storage", amount: "30" },
] as const;

/** Three months of 2,460 each. Daily rows only: then a month is the same on the invoice and by charge period. */
export const ION: GcpAccount = {
  seed: "ion",
  billingAccount: "01F2C8-77A0B4-D31E95",
  organisation: { id: "734019285566", name: "ion-mentoring.example" },
  projects: [
    { id: PROJECT, number: "660193847752", name: "ION Mentoring", labels: { "cost-center": "mentoring" } },
  ],
  lines: [...regionalLines, ...globalLines],
  commitments: [],
  adjustments: [],
  targets: [
    { from: "2025-07-01", until: "2025-08-01", services: MONTHLY },
    { from: "2025-08-01", until: "2025-09-01", services: MONTHLY },
    { from: "2025-09-01", until: "2025-10-01", services: MONTHLY },
  ],
};

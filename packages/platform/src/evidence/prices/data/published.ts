import type { PriceItem } from "@trimtab/domain";

/** A price as a provider's page publishes it. */
interface Published {
  readonly item: PriceItem;
  readonly attributes: Readonly<Record<string, string>>;
  readonly price: string;
}

/** Prices in USD that hold in all the regions named; `*` is every region. */
interface PublishedPage {
  readonly source: string;
  /** When they were compared. */
  readonly date: string;
  readonly regions: readonly string[];
  readonly prices: readonly Published[];
}

/**
 * Regions of Cloud Run's price tiers. Those on which sources disagree are left out: their price is then unknown.
 * @see https://cloud.google.com/run/docs/locations (compared 2026-11-22)
 */
const CLOUD_RUN_TIER_1 = [
  ...[
    "asia-east1",
    "asia-northeast1",
    "asia-northeast2",
    "europe-north1",
    "europe-southwest1",
    "europe-west1",
  ],
  ...[
    "europe-west4",
    "europe-west8",
    "europe-west9",
    "me-west1",
    "us-central1",
    "us-east1",
    "us-east4",
    "us-east5",
  ],
  ...["us-south1", "us-west1"],
];
const CLOUD_RUN_TIER_2 = [
  ...[
    "asia-east2",
    "asia-northeast3",
    "asia-southeast1",
    "asia-southeast2",
    "asia-south2",
    "australia-southeast1",
  ],
  ...[
    "australia-southeast2",
    "europe-central2",
    "europe-west2",
    "europe-west3",
    "europe-west6",
    "europe-west12",
  ],
  ...["me-central1", "northamerica-northeast1", "northamerica-northeast2", "southamerica-east1"],
];

const cloudRun = (
  cpu: string,
  memory: string,
  cpuAlways: string,
  memoryAlways: string,
): readonly Published[] => [
  { item: "gcp.run.cpu", attributes: { billing: "request" }, price: cpu },
  { item: "gcp.run.memory", attributes: { billing: "request" }, price: memory },
  { item: "gcp.run.cpu", attributes: { billing: "instance" }, price: cpuAlways },
  { item: "gcp.run.memory", attributes: { billing: "instance" }, price: memoryAlways },
  { item: "gcp.run.requests", attributes: {}, price: "0.0000004" },
];

const ENGINES = ["POSTGRES", "MYSQL"];
const EVERY_ENGINE = [...ENGINES, "SQLSERVER"];
const AVAILABILITIES = [
  ["ZONAL", "0.0413", "0.007", "0.17", "0.09"],
  ["REGIONAL", "0.0826", "0.014", "0.34", "0.18"],
] as const;
const SHARED_TIERS = [
  ["db-f1-micro", "ZONAL", "0.0105"],
  ["db-f1-micro", "REGIONAL", "0.021"],
  ["db-g1-small", "ZONAL", "0.035"],
  ["db-g1-small", "REGIONAL", "0.07"],
] as const;

/** Of SQL Server without its licence, which has a price of its own. */
const cloudSql: readonly Published[] = [
  ...AVAILABILITIES.flatMap(([availability, cpu, memory, ssd, hdd]) =>
    EVERY_ENGINE.flatMap((engine): readonly Published[] => {
      const machine = { engine, edition: "ENTERPRISE", availability };
      return [
        { item: "gcp.sql.cpu", attributes: machine, price: cpu },
        { item: "gcp.sql.memory", attributes: machine, price: memory },
        { item: "gcp.sql.storage", attributes: { engine, type: "PD_SSD", availability }, price: ssd },
        { item: "gcp.sql.storage", attributes: { engine, type: "PD_HDD", availability }, price: hdd },
      ];
    }),
  ),
  ...SHARED_TIERS.flatMap(([tier, availability, price]) =>
    ENGINES.map(
      (engine): Published => ({ item: "gcp.sql.tier", attributes: { engine, tier, availability }, price }),
    ),
  ),
];

/**
 * The pages themselves can't be read by a program; each price was compared with what another project expects of it
 * (infracost's cases, revision 95ba4f49a7) or cites of it.
 */
export const PUBLISHED: readonly PublishedPage[] = [
  {
    source: "https://cloud.google.com/run/pricing",
    date: "2026-11-22",
    regions: CLOUD_RUN_TIER_1,
    prices: cloudRun("0.000024", "0.0000025", "0.000018", "0.000002"),
  },
  {
    source: "https://cloud.google.com/run/pricing",
    date: "2026-11-22",
    regions: CLOUD_RUN_TIER_2,
    prices: cloudRun("0.0000336", "0.0000035", "0.0000216", "0.0000024"),
  },
  {
    source: "https://cloud.google.com/sql/pricing",
    date: "2026-11-22",
    regions: ["us-central1"],
    prices: cloudSql,
  },
  {
    source: "https://aws.amazon.com/vpc/pricing/",
    date: "2026-11-22",
    regions: ["*"],
    prices: [
      { item: "aws.ec2.address", attributes: { use: "idle" }, price: "0.005" },
      { item: "aws.ec2.address", attributes: { use: "in-use" }, price: "0.005" },
    ],
  },
];

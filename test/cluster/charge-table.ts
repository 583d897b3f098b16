import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../../packages/platform/src/lake/database.ts";
import type { SharedFolder } from "../../packages/platform/src/testing/given-cluster.ts";
import { runStatement } from "../../scripts/cluster/run-statement.ts";

export interface ChargeTable {
  /** How the cluster calls it, with its schema. */
  readonly name: string;
  /** The same files for the embedded engine, as what stands after FROM. */
  readonly files: string;
}

export interface ChargeTableOptions {
  readonly schema: string;
  readonly months: number;
  readonly rowsPerMonth: number;
}

/** Amounts to the twelfth digit, times to the microsecond, maps with absent keys; the same rows every time. */
const charges = (month: number, rows: number): string => {
  const start = `TIMESTAMP '2026-01-01' + INTERVAL ${month} MONTH`;
  return `SELECT
    ((((hash(i, ${month}) % 100000000000000)::BIGINT - 5000000000000)::DECIMAL(26, 0) * 0.000000000001::DECIMAL(12, 12)
      + (hash(i) % 1000)::INTEGER))::DECIMAL(38, 12) AS "BilledCost",
    ${start} + to_microseconds((hash(i, 7, ${month}) % 2419200000000)::BIGINT) AS "ChargePeriodStart",
    'service-' || (hash(i, 1) % 40) AS "ServiceName",
    'region-' || (hash(i, 2) % 12) AS "RegionName",
    'resource-' || ${month} || '-' || i AS "ResourceId",
    CASE WHEN i % 10 = 0 THEN MAP {} WHEN i % 3 = 0 THEN MAP {'team': 'team-' || (hash(i, 3) % 25)}
      ELSE MAP {'team': 'team-' || (hash(i, 3) % 25), 'Env': CASE WHEN i % 2 = 0 THEN 'prod' END} END AS "Tags"
  FROM range(${rows}) rows(i)`;
};

/** Makes the charges in `location` the table `charges` of a new schema. */
export const registerCharges = async (url: string, location: string, schema: string): Promise<void> => {
  for (const statement of [
    `CREATE SCHEMA IF NOT EXISTS ${schema} WITH (location = 'local:///warehouse/${schema}')`,
    `DROP TABLE IF EXISTS ${schema}.charges`,
    `CREATE TABLE ${schema}.charges ("Tags" MAP(VARCHAR, VARCHAR), "ResourceId" VARCHAR, "RegionName" VARCHAR,
      "ServiceName" VARCHAR, "ChargePeriodStart" TIMESTAMP(6), "BilledCost" DECIMAL(38, 12), billing_period VARCHAR,
      load VARCHAR)
    WITH (format = 'PARQUET', external_location = '${location}/charges',
      partitioned_by = ARRAY['billing_period', 'load'])`,
    `CALL system.sync_partition_metadata('${schema}', 'charges', 'FULL')`,
  ])
    await runStatement(url, statement);
};

/** Writes charges with the embedded engine into hive partitions and registers them on the cluster. */
export const writeChargeTable = async (
  url: string,
  database: Database,
  { folder, location }: SharedFolder,
  { schema, months, rowsPerMonth }: ChargeTableOptions,
): Promise<ChargeTable> => {
  for (let month = 0; month < months; month++) {
    const partition = `billing_period=2026-${String(month + 1).padStart(2, "0")}-01/load=l${month}`;
    mkdirSync(join(folder, "charges", partition), { recursive: true });
    const file = join(folder, "charges", partition, "part-0.parquet");
    await database.run({
      text: `COPY (${charges(month, rowsPerMonth)}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`,
    });
  }
  await registerCharges(url, location, schema);
  const files = `read_parquet('${join(folder, "charges")}/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)`;
  return { name: `${schema}.charges`, files };
};

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../../packages/platform/src/lake/database.ts";
import type { TrinoClient } from "../../packages/platform/src/query/engines/trino/trino-client.ts";

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

/** The lake's folder as this machine sees it, and as the cluster does. */
interface SharedFolder {
  readonly root: string;
  readonly location: string;
}

/** Writes charges with the embedded engine into hive partitions and makes them the table `charges` of a new schema. */
export const writeChargeTable = async (
  client: TrinoClient,
  database: Database,
  { root, location }: SharedFolder,
  { schema, months, rowsPerMonth }: ChargeTableOptions,
): Promise<ChargeTable> => {
  for (let month = 0; month < months; month++) {
    const partition = `billing_period=2026-${String(month + 1).padStart(2, "0")}-01/load=l${month}`;
    mkdirSync(join(root, "charges", partition), { recursive: true });
    const file = join(root, "charges", partition, "part-0.parquet");
    await database.run({
      text: `COPY (${charges(month, rowsPerMonth)}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`,
    });
  }
  for (const statement of [
    `CREATE SCHEMA ${schema}`,
    `CREATE TABLE ${schema}.charges ("Tags" MAP(VARCHAR, VARCHAR), "ResourceId" VARCHAR, "RegionName" VARCHAR,
      "ServiceName" VARCHAR, "ChargePeriodStart" TIMESTAMP(6), "BilledCost" DECIMAL(38, 12), billing_period VARCHAR,
      load VARCHAR)
    WITH (format = 'PARQUET', external_location = '${location}/charges',
      partitioned_by = ARRAY['billing_period', 'load'])`,
    `CALL system.sync_partition_metadata('${schema}', 'charges', 'FULL')`,
  ])
    await client.run(statement);
  const files = `read_parquet('${join(root, "charges")}/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)`;
  return { name: `${schema}.charges`, files };
};

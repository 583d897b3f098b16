import { fileText } from "../../lake/database.ts";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";

/** A file of allocations as it lies on the disk. */
export interface AllocationFile {
  readonly path: string;
  readonly format: "json" | "csv";
  readonly compression: "none" | "gzip" | "zstd";
  readonly sizeBytes: number;
  /** The header of a CSV file. */
  readonly columns: readonly string[];
}

/** A compressed document grows when it is read; DuckDB wants to know how long one may be. */
const MAX_DOCUMENT_BYTES = 2_000_000_000;

/** Weights are no money: what is asked of them is that each file's be comparable, so a double may carry them. */
const weight = (sql: string): string => `COALESCE(TRY_CAST(TRY_CAST(${sql} AS DOUBLE) AS DECIMAL(38,12)), 0)`;
const total = (...parts: readonly string[]): string => parts.map(weight).join(" + ");

const kindOf = (name: string): string =>
  `CASE WHEN ${name} LIKE '%\\_\\_idle\\_\\_' ESCAPE '\\' THEN 'idle'` +
  ` WHEN ${name} LIKE '%\\_\\_unallocated\\_\\_%' ESCAPE '\\' THEN 'unallocated'` +
  ` WHEN ${name} LIKE '%\\_\\_unmounted\\_\\_%' ESCAPE '\\' THEN 'unmounted' ELSE 'workload' END`;

const fromJson = (file: AllocationFile): string => {
  const options = [
    "format='auto'",
    "columns={'code': 'BIGINT', 'data': 'MAP(VARCHAR, JSON)[]'}",
    `compression=${quoteText(file.compression === "none" ? "uncompressed" : file.compression)}`,
    `maximum_object_size=${Math.min(MAX_DOCUMENT_BYTES, Math.max(file.sizeBytes * 40, 16_777_216))}`,
  ];
  const document = `read_json(${fileText(file.path)}, ${options.join(", ")})`;
  const at = (path: string) => `value->>'$.${path}'`;
  const cost = (name: string) => total(at(`${name}Cost`), at(`${name}CostAdjustment`));
  const map = (path: string, type: string) => `TRY_CAST(value->'$.${path}' AS MAP(VARCHAR, ${type}))`;
  const allocations =
    `SELECT e.key AS name, e.value AS value FROM (SELECT UNNEST(map_entries(w)) AS e FROM ` +
    `(SELECT UNNEST(data) AS w FROM ${document}) WHERE w IS NOT NULL)`;
  const rows =
    `SELECT name, ${kindOf("name")} AS kind, CAST(TRY_CAST(${at("window.start")} AS TIMESTAMPTZ) AS TIMESTAMP) AS window_start, ` +
    `CAST(TRY_CAST(${at("window.end")} AS TIMESTAMPTZ) AS TIMESTAMP) AS window_end, ` +
    ["cluster", "node", "namespace", "controllerKind", "controller", "pod", "container"]
      .map((property) => `${at(`properties.${property}`)} AS ${quoteIdent(property)}`)
      .join(", ") +
    `, ${map("properties.labels", "VARCHAR")} AS labels, ${map("pvs", "JSON")} AS pvs, ${map("lbAllocations", "JSON")} AS balancers, ` +
    `${at("properties.providerID")} AS provider_id, ${cost("cpu")} + ${cost("ram")} + ${cost("gpu")} AS node_cost, ` +
    `${cost("pv")} AS disk_cost, ${cost("loadBalancer")} AS balancer_cost, ${cost("network")} AS network_cost, ` +
    `${total(at("sharedCost"), at("externalCost"))} AS other_cost FROM (${allocations})`;
  return `(${rows})`;
};

const fromCsv = (file: AllocationFile): string => {
  // By position: the header's names are the file's, and may be anything.
  const read = (name: string) => {
    const index = file.columns.indexOf(name);
    return index < 0 ? "CAST(NULL AS VARCHAR)" : `NULLIF(c${index}, '')`;
  };
  const types = file.columns.map((_, index) => `c${index}: 'VARCHAR'`).join(", ");
  const options = [
    "auto_detect=false",
    "header=true",
    "delim=','",
    "quote='\"'",
    "escape='\"'",
    `columns={${types}}`,
    `compression=${quoteText(file.compression === "none" ? "uncompressed" : file.compression)}`,
  ];
  const table = `read_csv(${fileText(file.path)}, ${options.join(", ")})`;
  const none = "CAST(NULL AS MAP(VARCHAR, JSON))";
  const name = `concat_ws('/', ${["Cluster", "Namespace", "ControllerName", "Pod", "Container"].map(read).join(", ")})`;
  return (
    `(SELECT ${name} AS name, ${kindOf(name)} AS kind, TRY_CAST(${read("Date")} AS TIMESTAMP) AS window_start, ` +
    `TRY_CAST(${read("Date")} AS TIMESTAMP) + to_days(1) AS window_end, ${read("Cluster")} AS cluster, ${read("Node")} AS node, ` +
    `${read("Namespace")} AS namespace, ${read("ControllerKind")} AS "controllerKind", ${read("ControllerName")} AS controller, ` +
    `${read("Pod")} AS pod, ${read("Container")} AS container, TRY_CAST(TRY_CAST(${read("Labels")} AS JSON) AS MAP(VARCHAR, VARCHAR)) AS labels, ` +
    `${none} AS pvs, ${none} AS balancers, ${read("ProviderID")} AS provider_id, ` +
    `${total(read("CPUCost"), read("RAMCost"), read("GPUCost"))} AS node_cost, ${weight(read("PVCost"))} AS disk_cost, ` +
    `${weight(read("LoadBalancerCost"))} AS balancer_cost, ${weight(read("NetworkCost"))} AS network_cost, ` +
    `CAST(0 AS DECIMAL(38,12)) AS other_cost FROM ${table})`
  );
};

const COMMON =
  'name, kind, window_start, window_end, cluster, node, namespace, "controllerKind" AS controller_kind, controller, pod, container, labels';

/**
 * One row per allocation and asset (node, disk, load balancer, network, other) with the weight it puts on that asset.
 * Assets without a provider id can't be found in a bill.
 */
export const allocationSelect = (file: AllocationFile): string => {
  const rows = file.format === "json" ? fromJson(file) : fromCsv(file);
  const whole = (kind: string, id: string, cost: string, where: string) =>
    `SELECT ${COMMON}, ${quoteText(kind)} AS asset_kind, ${id} AS asset_id, ${cost} AS weight FROM allocations WHERE ${where}`;
  const each = (kind: string, map: string) =>
    `SELECT ${COMMON}, ${quoteText(kind)} AS asset_kind, e.value->>'$.providerID' AS asset_id, ${weight("e.value->>'$.cost'")} AS weight ` +
    `FROM (SELECT *, UNNEST(map_entries(${map})) AS e FROM allocations WHERE ${map} IS NOT NULL)`;
  const noId = "CAST(NULL AS VARCHAR)";
  return `WITH allocations AS (SELECT * FROM ${rows}) SELECT * FROM (${[
    whole("node", "provider_id", "node_cost", "node_cost <> 0 OR provider_id IS NOT NULL"),
    each("disk", "pvs"),
    whole("disk", noId, "disk_cost", "pvs IS NULL AND disk_cost <> 0"),
    each("load balancer", "balancers"),
    whole("load balancer", noId, "balancer_cost", "balancers IS NULL AND balancer_cost <> 0"),
    whole("network", noId, "network_cost", "network_cost <> 0"),
    whole("other", noId, "other_cost", "other_cost <> 0"),
  ].join(" UNION ALL ")})`;
};

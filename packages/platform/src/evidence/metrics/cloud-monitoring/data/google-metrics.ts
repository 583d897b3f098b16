import type { ResourceMetric } from "@trimtab/domain";
import type { NumberStatistic } from "../../resource-metric-store.ts";

/** How one of Google's metrics becomes one of ours. */
export interface GoogleMetric {
  /** Below its service's prefix, e.g. `run.googleapis.com/request_count`. */
  readonly type: string;
  /** Only series with these metric labels. */
  readonly where?: Readonly<Record<string, string>>;
  readonly metric: ResourceMetric;
  /** `distribution` gives a histogram, and its mean. */
  readonly statistic: NumberStatistic | "distribution";
  readonly aligner: "ALIGN_DELTA" | "ALIGN_MEAN" | "ALIGN_MAX";
  readonly reducer: "REDUCE_SUM" | "REDUCE_MEAN" | "REDUCE_MAX";
  /** Of Google's unit to ours. */
  readonly factor?: number;
}

export interface GoogleResource {
  readonly type: string;
  /** Labels that make its name. */
  readonly labels: readonly string[];
  readonly nameOf: (labels: Readonly<Record<string, string>>) => string;
  readonly metrics: readonly GoogleMetric[];
}

type Of = Pick<GoogleMetric, "type" | "metric"> & Partial<GoogleMetric>;

const counted = (of: Of): GoogleMetric => ({
  statistic: "sum",
  aligner: "ALIGN_DELTA",
  reducer: "REDUCE_SUM",
  ...of,
});
/** A gauge's mean and highest value; parts of a resource (revisions, databases) add up where they are amounts. */
const level = (of: Of, reducer: GoogleMetric["reducer"] = "REDUCE_MAX"): readonly GoogleMetric[] => [
  { statistic: "mean", aligner: "ALIGN_MEAN", reducer, ...of },
  { statistic: "max", aligner: "ALIGN_MAX", reducer, ...of },
];
const spread = (of: Of): GoogleMetric => ({
  statistic: "distribution",
  aligner: "ALIGN_DELTA",
  reducer: "REDUCE_SUM",
  ...of,
});

const RUN = "run.googleapis.com";
const SQL = "cloudsql.googleapis.com/database";
const GCE = "compute.googleapis.com/instance";

/** @see https://cloud.google.com/monitoring/api/metrics_gcp, 2026-06 */
export const GOOGLE_RESOURCES: readonly GoogleResource[] = [
  {
    type: "cloud_run_revision",
    labels: ["project_id", "location", "service_name"],
    nameOf: ({ project_id, location, service_name }) =>
      `//run.googleapis.com/projects/${project_id}/locations/${location}/services/${service_name}`,
    metrics: [
      counted({ type: `${RUN}/request_count`, metric: "requests" }),
      counted({
        type: `${RUN}/request_count`,
        metric: "request.errors",
        where: { response_code_class: "5xx" },
      }),
      spread({ type: `${RUN}/request_latencies`, metric: "request.latency" }),
      spread({ type: `${RUN}/container/max_request_concurrencies`, metric: "request.concurrency" }),
      ...level(
        { type: `${RUN}/container/instance_count`, metric: "instances.active", where: { state: "active" } },
        "REDUCE_SUM",
      ),
      ...level(
        { type: `${RUN}/container/instance_count`, metric: "instances.idle", where: { state: "idle" } },
        "REDUCE_SUM",
      ),
      counted({ type: `${RUN}/container/billable_instance_time`, metric: "instance.billable.time" }),
      spread({ type: `${RUN}/container/startup_latencies`, metric: "instance.startup.latency" }),
      spread({ type: `${RUN}/container/cpu/utilizations`, metric: "cpu.utilization" }),
      spread({ type: `${RUN}/container/memory/utilizations`, metric: "memory.utilization" }),
      counted({ type: `${RUN}/container/network/received_bytes_count`, metric: "network.received" }),
      counted({ type: `${RUN}/container/network/sent_bytes_count`, metric: "network.sent" }),
    ],
  },
  {
    type: "cloudsql_database",
    labels: ["database_id"],
    nameOf: ({ database_id = "" }) => {
      // A project of an organisation's domain has a colon itself: `example.com:project:instance`
      const at = database_id.lastIndexOf(":");
      return `//cloudsql.googleapis.com/projects/${database_id.slice(0, at)}/instances/${database_id.slice(at + 1)}`;
    },
    metrics: [
      ...level({ type: `${SQL}/cpu/utilization`, metric: "cpu.utilization" }),
      ...level({ type: `${SQL}/memory/utilization`, metric: "memory.utilization" }),
      ...level({ type: `${SQL}/disk/utilization`, metric: "disk.utilization" }),
      ...level({ type: `${SQL}/disk/bytes_used`, metric: "disk.used" }),
      // Each engine has its own: `network/connections` is of MySQL and SQL Server, the other of PostgreSQL.
      ...level({ type: `${SQL}/network/connections`, metric: "connections" }, "REDUCE_SUM"),
      ...level({ type: `${SQL}/postgresql/num_backends`, metric: "connections" }, "REDUCE_SUM"),
      counted({ type: `${SQL}/disk/read_ops_count`, metric: "disk.read.operations" }),
      counted({ type: `${SQL}/disk/write_ops_count`, metric: "disk.write.operations" }),
      counted({ type: `${SQL}/network/received_bytes_count`, metric: "network.received" }),
      counted({ type: `${SQL}/network/sent_bytes_count`, metric: "network.sent" }),
      ...level({ type: `${SQL}/replication/replica_lag`, metric: "replication.lag" }),
    ],
  },
  {
    type: "gce_instance",
    labels: ["project_id", "zone", "instance_id"],
    nameOf: ({ project_id, zone, instance_id }) =>
      `//compute.googleapis.com/projects/${project_id}/zones/${zone}/instances/${instance_id}`,
    metrics: [
      ...level({ type: `${GCE}/cpu/utilization`, metric: "cpu.utilization" }),
      ...level({
        type: "agent.googleapis.com/memory/percent_used",
        metric: "memory.utilization",
        where: { state: "used" },
        factor: 0.01,
      }),
      counted({ type: `${GCE}/disk/read_ops_count`, metric: "disk.read.operations" }),
      counted({ type: `${GCE}/disk/write_ops_count`, metric: "disk.write.operations" }),
      counted({ type: `${GCE}/disk/read_bytes_count`, metric: "disk.read.bytes" }),
      counted({ type: `${GCE}/disk/write_bytes_count`, metric: "disk.write.bytes" }),
      counted({ type: `${GCE}/network/received_bytes_count`, metric: "network.received" }),
      counted({ type: `${GCE}/network/sent_bytes_count`, metric: "network.sent" }),
    ],
  },
  {
    type: "cloud_tasks_queue",
    labels: ["project_id", "location", "queue_id"],
    nameOf: ({ project_id, location, queue_id }) =>
      `//cloudtasks.googleapis.com/projects/${project_id}/locations/${location}/queues/${queue_id}`,
    metrics: [...level({ type: "cloudtasks.googleapis.com/queue/depth", metric: "queue.depth" })],
  },
];

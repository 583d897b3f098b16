/**
 * What is asked of a Prometheus unless a file says otherwise; queries that find nothing cost nothing.
 * @see https://github.com/prometheus/node_exporter, 2026-06
 * @see https://github.com/prometheus-community/postgres_exporter, 2026-06
 * @see https://knative.dev/docs/serving/observability/metrics/serving-metrics/, 2026-06
 */
export const DEFAULT_MAPPING = `version: 1
queries:
  # node exporter: one resource a machine, named by its host
  - { metric: cpu.utilization, statistic: mean, unit: "1", resource: "{instance|host}",
      query: '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$interval]))' }
  - { metric: memory.utilization, statistic: mean, unit: "1", resource: "{instance|host}",
      query: "1 - sum by (instance) (avg_over_time(node_memory_MemAvailable_bytes[$interval])) / sum by (instance) (avg_over_time(node_memory_MemTotal_bytes[$interval]))" }
  - { metric: disk.read.operations, statistic: sum, unit: "1", resource: "{instance|host}",
      query: "sum by (instance) (increase(node_disk_reads_completed_total[$interval]))" }
  - { metric: disk.write.operations, statistic: sum, unit: "1", resource: "{instance|host}",
      query: "sum by (instance) (increase(node_disk_writes_completed_total[$interval]))" }
  - { metric: disk.read.bytes, statistic: sum, unit: By, resource: "{instance|host}",
      query: "sum by (instance) (increase(node_disk_read_bytes_total[$interval]))" }
  - { metric: disk.write.bytes, statistic: sum, unit: By, resource: "{instance|host}",
      query: "sum by (instance) (increase(node_disk_written_bytes_total[$interval]))" }
  - { metric: network.received, statistic: sum, unit: By, resource: "{instance|host}",
      query: 'sum by (instance) (increase(node_network_receive_bytes_total{device!="lo"}[$interval]))' }
  - { metric: network.sent, statistic: sum, unit: By, resource: "{instance|host}",
      query: 'sum by (instance) (increase(node_network_transmit_bytes_total{device!="lo"}[$interval]))' }
  # postgres exporter: one resource a server
  - { metric: connections, statistic: mean, unit: "1", resource: "{instance|host}",
      query: "sum by (instance) (avg_over_time(pg_stat_activity_count[$interval]))" }
  - { metric: connections, statistic: max, unit: "1", resource: "{instance|host}",
      query: "max_over_time((sum by (instance) (pg_stat_activity_count))[$interval:1m])" }
  - { metric: disk.used, statistic: last, unit: By, resource: "{instance|host}",
      query: "sum by (instance) (last_over_time(pg_database_size_bytes[$interval]))" }
  - { metric: replication.lag, statistic: max, unit: s, resource: "{instance|host}",
      query: "max by (instance) (max_over_time(pg_replication_lag_seconds[$interval]))" }
  # Knative, and what speaks like it: one resource a service
  - { metric: requests, statistic: sum, unit: "1", resource: "{namespace_name}/{service_name}",
      query: "sum by (namespace_name, service_name) (increase(revision_app_request_count[$interval]))" }
  - { metric: request.errors, statistic: sum, unit: "1", resource: "{namespace_name}/{service_name}",
      query: 'sum by (namespace_name, service_name) (increase(revision_app_request_count{response_code_class="5xx"}[$interval]))' }
  - { metric: request.latency, statistic: histogram, unit: ms, resource: "{namespace_name}/{service_name}",
      query: "sum by (namespace_name, service_name, le) (increase(revision_app_request_latencies_bucket[$interval]))" }
  # Kubernetes: one resource a pod
  - { metric: cpu.utilization, statistic: mean, unit: "1", resource: "pod/{namespace}/{pod}",
      query: 'sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{container!=""}[$interval])) / sum by (namespace, pod) (avg_over_time(kube_pod_container_resource_limits{resource="cpu"}[$interval]))' }
  - { metric: memory.utilization, statistic: mean, unit: "1", resource: "pod/{namespace}/{pod}",
      query: 'sum by (namespace, pod) (avg_over_time(container_memory_working_set_bytes{container!=""}[$interval])) / sum by (namespace, pod) (avg_over_time(kube_pod_container_resource_limits{resource="memory"}[$interval]))' }
`;

import type { ResourceMetric } from "@trimtab/domain";
import type { NumberStatistic } from "../../resource-metric-store.ts";

/** How one of CloudWatch's metrics becomes one of ours. */
export interface AwsMetric {
  readonly name: string;
  readonly metric: ResourceMetric;
  readonly statistics: readonly NumberStatistic[];
  /** Of CloudWatch's unit to ours. */
  readonly factor?: number;
  /** CloudWatch has its mean a second; ours is what happened in the interval. */
  readonly isRate?: boolean;
  /** Tells apart what together is one of our metrics. */
  readonly label?: string;
}

export interface AwsNamespace {
  readonly namespace: string;
  readonly dimension: string;
  /** Name of a resource: what its ARN has after the account, or its id. */
  readonly service: string | null;
  readonly prefix: string;
  readonly metrics: readonly AwsMetric[];
}

const SUM = ["sum"] as const;
const LEVEL = ["mean", "max", "p95"] as const;
const LATENCY = ["mean", "p50", "p95", "p99", "max"] as const;

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html, 2026-06 */
export const AWS_NAMESPACES: readonly AwsNamespace[] = [
  {
    namespace: "AWS/EC2",
    dimension: "InstanceId",
    service: null,
    prefix: "",
    metrics: [
      { name: "CPUUtilization", metric: "cpu.utilization", statistics: LEVEL, factor: 0.01 },
      { name: "NetworkIn", metric: "network.received", statistics: SUM },
      { name: "NetworkOut", metric: "network.sent", statistics: SUM },
      { name: "EBSReadOps", metric: "disk.read.operations", statistics: SUM },
      { name: "EBSWriteOps", metric: "disk.write.operations", statistics: SUM },
      { name: "EBSReadBytes", metric: "disk.read.bytes", statistics: SUM },
      { name: "EBSWriteBytes", metric: "disk.write.bytes", statistics: SUM },
    ],
  },
  {
    namespace: "AWS/EBS",
    dimension: "VolumeId",
    service: null,
    prefix: "",
    metrics: [
      { name: "VolumeReadOps", metric: "disk.read.operations", statistics: SUM },
      { name: "VolumeWriteOps", metric: "disk.write.operations", statistics: SUM },
      { name: "VolumeReadBytes", metric: "disk.read.bytes", statistics: SUM },
      { name: "VolumeWriteBytes", metric: "disk.write.bytes", statistics: SUM },
    ],
  },
  {
    namespace: "AWS/RDS",
    dimension: "DBInstanceIdentifier",
    service: "rds",
    prefix: "db:",
    metrics: [
      { name: "CPUUtilization", metric: "cpu.utilization", statistics: LEVEL, factor: 0.01 },
      { name: "CPUCreditBalance", metric: "cpu.credit.balance", statistics: ["min"] },
      { name: "CPUSurplusCreditsCharged", metric: "cpu.credit.surplus", statistics: SUM },
      { name: "FreeableMemory", metric: "memory.free", statistics: ["min", "mean"] },
      { name: "DatabaseConnections", metric: "connections", statistics: LEVEL },
      { name: "ReplicaLag", metric: "replication.lag", statistics: ["mean", "max"] },
      { name: "ReadIOPS", metric: "disk.read.operations", statistics: SUM, isRate: true },
      { name: "WriteIOPS", metric: "disk.write.operations", statistics: SUM, isRate: true },
      { name: "ReadThroughput", metric: "disk.read.bytes", statistics: SUM, isRate: true },
      { name: "WriteThroughput", metric: "disk.write.bytes", statistics: SUM, isRate: true },
      { name: "NetworkReceiveThroughput", metric: "network.received", statistics: SUM, isRate: true },
      { name: "NetworkTransmitThroughput", metric: "network.sent", statistics: SUM, isRate: true },
    ],
  },
  {
    namespace: "AWS/ApplicationELB",
    dimension: "LoadBalancer",
    service: "elasticloadbalancing",
    prefix: "loadbalancer/",
    metrics: [
      { name: "RequestCount", metric: "requests", statistics: SUM },
      { name: "HTTPCode_Target_5XX_Count", metric: "request.errors", statistics: SUM, label: "target" },
      { name: "HTTPCode_ELB_5XX_Count", metric: "request.errors", statistics: SUM, label: "balancer" },
      { name: "TargetResponseTime", metric: "request.latency", statistics: LATENCY, factor: 1000 },
    ],
  },
  {
    namespace: "AWS/NetworkELB",
    dimension: "LoadBalancer",
    service: "elasticloadbalancing",
    prefix: "loadbalancer/",
    metrics: [{ name: "ActiveFlowCount", metric: "connections", statistics: ["mean", "max"] }],
  },
  {
    namespace: "AWS/Lambda",
    dimension: "FunctionName",
    service: "lambda",
    prefix: "function:",
    metrics: [
      { name: "Invocations", metric: "requests", statistics: SUM },
      { name: "Errors", metric: "request.errors", statistics: SUM },
      { name: "Duration", metric: "request.latency", statistics: LATENCY },
      { name: "ConcurrentExecutions", metric: "instances.active", statistics: ["mean", "max"] },
    ],
  },
  {
    namespace: "AWS/DynamoDB",
    dimension: "TableName",
    service: "dynamodb",
    prefix: "table/",
    metrics: [
      { name: "ConsumedReadCapacityUnits", metric: "capacity.read", statistics: SUM },
      { name: "ConsumedWriteCapacityUnits", metric: "capacity.write", statistics: SUM },
    ],
  },
];

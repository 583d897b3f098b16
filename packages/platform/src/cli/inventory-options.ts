import type { ResourceKind } from "@trimtab/domain";
import type { OptionSpec } from "./command.ts";

/** Kinds by the names that their clouds give them; a test compares them with those of the inventory. */
export const KINDS = [
  "run.googleapis.com/Service",
  "sqladmin.googleapis.com/Instance",
  "cloudtasks.googleapis.com/Queue",
  "firestore.googleapis.com/Database",
  "compute.googleapis.com/Instance",
  "compute.googleapis.com/Disk",
  "compute.googleapis.com/Snapshot",
  "compute.googleapis.com/Address",
  "compute.googleapis.com/ForwardingRule",
  "AWS::EC2::Instance",
  "AWS::EC2::Volume",
  "AWS::EC2::Snapshot",
  "AWS::EC2::EIP",
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "AWS::RDS::DBInstance",
  "AWS::DynamoDB::Table",
  "AWS::Lambda::Function",
] as const satisfies readonly ResourceKind[];

export const KIND_OPTION: OptionSpec = {
  name: "kind",
  value: "KIND",
  repeatable: true,
  choices: KINDS,
  description: "only resources of this kind; may be repeated",
};

/** The kinds that were asked for; undefined: all. */
export const kindsOf = (value: unknown): readonly ResourceKind[] | undefined =>
  Array.isArray(value) && value.length > 0 ? value : undefined;

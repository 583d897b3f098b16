import { defineAdvisor, type ResourceEvidence } from "../advisor.ts";
import { adviseDisk } from "./disks.ts";
import { adviseAddress, adviseBalancer } from "./network.ts";
import { adviseService } from "./services.ts";
import { idleSettings } from "./settings.ts";
import { adviseSnapshot } from "./snapshots.ts";

const KINDS = [
  "compute.googleapis.com/Disk",
  "AWS::EC2::Volume",
  "compute.googleapis.com/Snapshot",
  "AWS::EC2::Snapshot",
  "compute.googleapis.com/Address",
  "AWS::EC2::EIP",
  "compute.googleapis.com/ForwardingRule",
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "run.googleapis.com/Service",
] as const;

/** What is paid for and not used. The evidence is that nothing happened, for long enough to conclude from it. */
export const idleResourcesAdvisor = defineAdvisor({
  apiVersion: 1,
  id: "idle-resources",
  summary: "unattached disks, old snapshots, idle addresses and load balancers, services without traffic",
  kinds: KINDS,
  settings: idleSettings,
  needs: [
    { metric: "disk.read.operations", statistic: "sum", detail: "summary", required: false },
    { metric: "disk.write.operations", statistic: "sum", detail: "summary", required: false },
    { metric: "requests", statistic: "sum", detail: "summary", required: false },
  ],
  windowDays: ({ idleDays }) => idleDays,
  advise(evidence, settings) {
    switch (evidence.resource.kind) {
      case "compute.googleapis.com/Disk":
      case "AWS::EC2::Volume":
        return adviseDisk(of(evidence, evidence.resource), settings);
      case "compute.googleapis.com/Snapshot":
      case "AWS::EC2::Snapshot":
        return adviseSnapshot(of(evidence, evidence.resource), settings);
      case "compute.googleapis.com/Address":
      case "AWS::EC2::EIP":
        return adviseAddress(of(evidence, evidence.resource));
      case "compute.googleapis.com/ForwardingRule":
      case "AWS::ElasticLoadBalancingV2::LoadBalancer":
        return adviseBalancer(of(evidence, evidence.resource), settings);
      default:
        return adviseService(of(evidence, evidence.resource), settings);
    }
  },
});

/** The same evidence, with its resource's kind known. */
const of = <R extends ResourceEvidence["resource"]>(
  evidence: ResourceEvidence,
  resource: R,
): ResourceEvidence & { readonly resource: R } => ({ ...evidence, resource });

import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { defineAction } from "../action.ts";
import { pick } from "../shared/changes.ts";
import { aws, gcloud, word } from "../shared/commands.ts";
import { deleteForGood } from "../shared/delete-resource.ts";
import { isGone, lastPart, readOne, regionFlag } from "../shared/gce-place.ts";
import { only, readJson } from "../shared/read-json.ts";

type Kind = "compute.googleapis.com/ForwardingRule" | "AWS::ElasticLoadBalancingV2::LoadBalancer";
type Settings = { readonly [setting: string]: Json };

const rule = z.object({
  IPAddress: z.string().optional(),
  IPProtocol: z.string().optional(),
  portRange: z.string().optional(),
  ports: z.array(z.string()).default([]),
  target: z.string().optional(),
  backendService: z.string().optional(),
  loadBalancingScheme: z.string().default("EXTERNAL"),
  networkTier: z.string().optional(),
});
const balancers = z.object({
  LoadBalancers: z.array(
    z.object({
      LoadBalancerArn: z.string(),
      DNSName: z.string(),
      Type: z.string(),
      Scheme: z.string().optional(),
      VpcId: z.string().optional(),
      SecurityGroups: z.array(z.string()).default([]),
      AvailabilityZones: z.array(z.object({ SubnetId: z.string().optional() })).default([]),
    }),
  ),
});
const date = "2026-11-22";

/** Deletes a load balancer that has nothing behind it or that nobody asks. */
export const deleteBalancerAction = defineAction<Kind>({
  apiVersion: 1,
  id: "delete-balancer",
  summary: "delete a load balancer, or the forwarding rule that Google charges for",
  kinds: ["compute.googleapis.com/ForwardingRule", "AWS::ElasticLoadBalancingV2::LoadBalancer"],
  changes: ["exists"],
  facts: [
    {
      text: "Deleting an AWS load balancer deletes its listeners and not its targets nor their groups; its charges end at once. It can't be deleted while it is protected.",
      source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-delete.html",
      date,
    },
    {
      text: "A deleted forwarding rule leaves its proxy, URL map and backends, and gives its address back unless that is reserved.",
      source: "https://docs.cloud.google.com/load-balancing/docs/forwarding-rule-concepts",
      date,
    },
  ],
  read: (resource) => {
    const { scope } = resource;
    if (resource.kind === "compute.googleapis.com/ForwardingRule")
      return gcloud(
        scope,
        ...["compute", "forwarding-rules", "describe", word("name", resource.name)],
        regionFlag(resource),
      );
    return aws(scope, "elbv2", "describe-load-balancers", ...whichBalancer(resource));
  },
  isAbsent: (failure) => isGone(failure) || /LoadBalancerNotFound/.test(failure.stderr),
  parseState: (output, resource) => {
    if (output === undefined) return { exists: false };
    return resource.kind === "AWS::ElasticLoadBalancingV2::LoadBalancer"
      ? parseBalancer(output, resource)
      : parseRule(output, resource);
  },
  plan: (request) => {
    const { resource, state } = request;
    const isRule = resource.kind === "compute.googleapis.com/ForwardingRule";
    return deleteForGood(request, {
      title: `Delete the load balancer ${resource.name}`,
      // All that is known of it, so that the plan records what it was.
      before: pick(state, Object.keys(state)),
      apply: [
        isRule
          ? gcloud(
              resource.scope,
              ...["compute", "forwarding-rules", "delete", word("name", resource.name)],
              regionFlag(resource),
            )
          : aws(resource.scope, "elbv2", "delete-load-balancer", "--load-balancer-arn", String(state.arn)),
      ],
      notes: [
        "Point DNS records elsewhere first, and wait until their time to live is over.",
        isRule
          ? "Its backends, URL map and proxies stay, and cost nothing by themselves."
          : "Its listeners and rules are gone for good; its target groups and targets stay.",
      ],
    });
  },
});

function parseRule(output: string, resource: ResourceRef): Settings {
  const found = readOne(output, rule, resource);
  return {
    exists: true,
    address: found.IPAddress ?? null,
    protocol: found.IPProtocol ?? null,
    ports: found.portRange ?? found.ports.join(","),
    target: lastPart(found.target ?? found.backendService ?? ""),
    scheme: found.loadBalancingScheme,
    networkTier: found.networkTier ?? null,
  };
}

function parseBalancer(output: string, resource: ResourceRef): Settings {
  const found = only("aws", readJson("aws", output, balancers, resource).LoadBalancers, resource);
  if (found === undefined) return { exists: false };
  return {
    exists: true,
    arn: found.LoadBalancerArn,
    dnsName: found.DNSName,
    type: found.Type,
    scheme: found.Scheme ?? null,
    network: found.VpcId ?? null,
    subnets: found.AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? []).toSorted(),
    securityGroups: found.SecurityGroups.toSorted(),
  };
}

const whichBalancer = ({ id, name }: ResourceRef): readonly string[] =>
  id.startsWith("arn:") ? ["--load-balancer-arns", word("id", id)] : ["--names", word("name", name)];

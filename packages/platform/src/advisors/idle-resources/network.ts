import { type Advice, decimal, money, multiply, type PriceQuestion } from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import { costPlot, coverageProblem, daysBefore, summaryPlot } from "../shared/plots.ts";
import { hourly, lineOf, workHours } from "../shared/saving-lines.ts";
import type { IdleSettings } from "./settings.ts";

type AddressKind = "compute.googleapis.com/Address" | "AWS::EC2::EIP";
type BalancerKind = "compute.googleapis.com/ForwardingRule" | "AWS::ElasticLoadBalancingV2::LoadBalancer";

/** A reserved address that nothing uses. */
export function adviseAddress(evidence: ResourceEvidence<AddressKind>): Advice {
  const { resource, now } = evidence;
  const { address, isExternal, usedBy } = resource.settings;
  if (usedBy.length > 0) return { status: "fine", reason: `${usedBy.join(", ")} uses it` };
  if (!isExternal) return { status: "fine", reason: "an internal address costs nothing" };
  const item = resource.kind === "AWS::EC2::EIP" ? "aws.ec2.address" : "gcp.compute.address";
  const price = evidence.price({ item, scope: resource.scope, attributes: { use: "idle" } });
  if (price.status === "unknown") return { status: "abstained", reason: price.reason };
  const hours = hourly(decimal("1"));
  return {
    status: "recommended",
    drafts: [
      {
        fingerprint: "idle-address",
        title: `Release the address ${address}, which nothing uses`,
        action: "release-address",
        changes: [{ setting: "exists", from: true, to: false }],
        costNow: costOf(evidence) ?? money(multiply(hours, price.value.price), price.value.currency),
        lines: [lineOf("hours of an address that is reserved and not in use", hours, price.value)],
        evidence: [costPlot("what it costs", daysBefore(now, 30), now)],
        risk: {
          level: "medium",
          breaks: [
            "The address can't be had back: DNS records, allow lists of partners and licences that name it no longer work.",
          ],
          mitigations: [`Look for ${address} in DNS zones and configuration first.`],
        },
        effort: { hours: workHours("0.25", "0.5", "2"), about: "look for who names it, release" },
        confidence: {
          value: 0.75,
          reason: `it was in use by nothing when the inventory was read on ${resource.readAt.slice(0, 10)}; for how long is not known`,
        },
        reversibility: "irreversible",
        prerequisites: ["No DNS record, allow list or standby plan names the address."],
        guardrails: [],
        notes: [],
      },
    ],
  };
}

/** A load balancer without anything behind it, or that nobody asks. */
export function adviseBalancer(evidence: ResourceEvidence<BalancerKind>, { idleDays }: IdleSettings): Advice {
  const { resource, now } = evidence;
  const { targets, type } = resource.settings;
  const requests = evidence.summary("requests", "sum");
  if (targets === null && requests.status === "unknown")
    return {
      status: "abstained",
      reason: `neither its targets are known nor its requests: ${requests.reason}`,
    };
  if (requests.status === "known" && requests.value.sum > 0)
    return { status: "fine", reason: `it had ${requests.value.sum} requests` };
  const thin =
    requests.status === "known"
      ? coverageProblem(requests.value, { days: idleDays, share: 0.5 })
      : requests.reason;
  if (targets !== 0 && thin !== undefined) return { status: "abstained", reason: thin };
  const price = evidence.price(balancerQuestion(resource));
  if (price.status === "unknown") return { status: "abstained", reason: price.reason };
  const hours = hourly(decimal("1"));
  const why =
    targets === 0
      ? `Nothing was registered behind it when the inventory was read on ${resource.readAt.slice(0, 10)}.`
      : `Nobody asked it anything in ${idleDays} days.`;
  return {
    status: "recommended",
    drafts: [
      {
        fingerprint: "idle-balancer",
        title: `Delete the load balancer ${resource.name}, which ${targets === 0 ? "has nothing behind it" : "nobody uses"}`,
        action: "delete-balancer",
        changes: [{ setting: "exists", from: true, to: false }],
        costNow: costOf(evidence) ?? money(multiply(hours, price.value.price), price.value.currency),
        lines: [lineOf(`hours of a balancer (${type})`, hours, price.value)],
        evidence: [
          ...(requests.status === "known" ? [summaryPlot("its requests", requests.value)] : []),
          costPlot("what it costs", daysBefore(now, 30), now),
        ],
        risk: {
          level: "medium",
          breaks: ["Its name and addresses are gone: clients that still know them get no answer."],
          mitigations: ["Its settings are recorded in the plan; a new one gets another address."],
        },
        effort: { hours: workHours("0.25", "0.5", "2"), about: "look for who names it, delete" },
        confidence: { value: thin === undefined ? 0.9 : 0.75, reason: why },
        reversibility: "irreversible",
        prerequisites: ["No DNS record names the balancer."],
        guardrails: [],
        notes: [why],
      },
    ],
  };
}

const costOf = ({ cost }: ResourceEvidence) =>
  cost.status === "known" ? money(cost.value.effectiveMonthly, cost.value.currency) : undefined;

const balancerQuestion = ({
  kind,
  scope,
  settings,
}: ResourceEvidence<BalancerKind>["resource"]): PriceQuestion =>
  kind === "compute.googleapis.com/ForwardingRule"
    ? { item: "gcp.compute.forwarding-rule", scope, attributes: {} }
    : { item: "aws.elb.balancer", scope, attributes: { type: settings.type } };

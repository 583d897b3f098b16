import { type Advice, decimal, money, multiply, sumDecimals } from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import { coverageProblem, summaryPlot } from "../shared/plots.ts";
import { allKnown, gibibytes, lineOf, SECONDS_PER_MONTH, workHours } from "../shared/saving-lines.ts";
import type { IdleSettings } from "./settings.ts";

/** A Cloud Run service that keeps instances warm and that nobody asks. */
export function adviseService(
  evidence: ResourceEvidence<"run.googleapis.com/Service">,
  { idleDays }: IdleSettings,
): Advice {
  const { resource } = evidence;
  const { minInstances, cpu, memoryMiB, cpuAllocation, minInstancesOn } = resource.settings;
  if (minInstances === 0) return { status: "fine", reason: "it keeps no instance warm" };
  const requests = evidence.summary("requests", "sum");
  if (requests.status === "unknown") return { status: "abstained", reason: requests.reason };
  if (requests.value.sum > 0) return { status: "fine", reason: `it had ${requests.value.sum} requests` };
  const thin = coverageProblem(requests.value, { days: idleDays, share: 0.9 });
  if (thin !== undefined) return { status: "abstained", reason: thin };
  const attributes = { billing: cpuAllocation === "request" ? "idle" : "instance" };
  const { scope } = resource;
  const prices = allKnown({
    cpu: evidence.price({ item: "gcp.run.cpu", scope, attributes }),
    memory: evidence.price({ item: "gcp.run.memory", scope, attributes }),
  });
  if (prices.status === "unknown") return { status: "abstained", reason: prices.reason };
  const seconds = multiply(decimal(BigInt(minInstances)), SECONDS_PER_MONTH);
  const lines = [
    lineOf("vCPU-seconds of warm instances", multiply(seconds, decimal(cpu)), prices.value.cpu),
    lineOf("GiB-seconds of warm instances", multiply(seconds, gibibytes(memoryMiB)), prices.value.memory),
  ];
  const { currency } = prices.value.cpu;
  const priced = sumDecimals(lines.map(({ units, price }) => multiply(units.mid, price.price)));
  const { cost } = evidence;
  return {
    status: "recommended",
    drafts: [
      {
        fingerprint: "service-without-traffic",
        title: `Keep no instance of ${resource.name} warm: it had no request in ${idleDays} days`,
        action: "cloud-run",
        changes: [{ setting: "minInstances", from: minInstances, to: 0 }],
        costNow:
          cost.status === "known"
            ? money(cost.value.effectiveMonthly, cost.value.currency)
            : money(priced, currency),
        lines,
        evidence: [summaryPlot("its requests", requests.value)],
        risk: {
          level: "low",
          breaks: ["The first request after a pause waits for an instance to start."],
          mitigations: ["Set back at once."],
        },
        effort: { hours: workHours("0.1", "0.25", "0.5"), about: "one setting" },
        confidence: {
          value: 0.95,
          reason: `${requests.value.samples} of ${requests.value.expected} points, all without a request`,
        },
        reversibility: "reversible",
        prerequisites: [],
        guardrails: [],
        notes: [
          `The minimum is set on the ${minInstancesOn}.`,
          "A service that nobody needs at all is better deleted.",
        ],
      },
    ],
  };
}

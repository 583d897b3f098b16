import {
  type Advice,
  type Decimal,
  decimal,
  divide,
  estimate,
  type MetricSummary,
  money,
  multiply,
  negate,
  type PriceQuestion,
  ZERO,
} from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import { costPlot, coverageProblem, daysBefore, daysFrom, summaryPlot } from "../shared/plots.ts";
import { allKnown, lineOf, workHours } from "../shared/saving-lines.ts";
import type { IdleSettings } from "./settings.ts";

type DiskKind = "compute.googleapis.com/Disk" | "AWS::EC2::Volume";

/** A disk that nothing uses: delete it, with a snapshot taken first. */
export function adviseDisk(evidence: ResourceEvidence<DiskKind>, { idleDays }: IdleSettings): Advice {
  const { resource, now } = evidence;
  const { settings } = resource;
  if (settings.attachedTo.length > 0)
    return { status: "fine", reason: `it is attached to ${settings.attachedTo.join(", ")}` };
  const idle = idleness(evidence, idleDays);
  if (idle.status !== "idle") return { status: idle.status, reason: idle.reason };
  const questions = questionsOf(resource);
  const prices = allKnown({
    disk: evidence.price(questions.disk),
    snapshot: evidence.price(questions.snapshot),
  });
  if (prices.status === "unknown") return { status: "abstained", reason: prices.reason };
  const { disk, snapshot } = prices.value;
  const size: Decimal = decimal(BigInt(settings.sizeGiB));
  const kept = estimate(negate(size), negate(divide(size, decimal("2"), 6)), ZERO);
  const costs = multiply(size, disk.price);
  const start = daysBefore(now, 30);
  return {
    status: "recommended",
    drafts: [
      {
        fingerprint: "unattached-disk",
        title: `Delete the unattached disk ${resource.name} (${settings.sizeGiB} GiB ${settings.type}), keeping a snapshot`,
        action: "delete-disk",
        changes: [{ setting: "exists", from: true, to: false }],
        costNow:
          evidence.cost.status === "known"
            ? money(evidence.cost.value.effectiveMonthly, evidence.cost.value.currency)
            : money(costs, disk.currency),
        lines: [
          lineOf(`storage of ${settings.sizeGiB} GiB`, size, disk),
          {
            about:
              "storage of its snapshot: only what the disk holds, compressed, which can't be known beforehand",
            units: kept,
            price: snapshot,
          },
        ],
        evidence: [
          ...idle.summaries.map((summary) => summaryPlot("nothing read or written", summary)),
          costPlot("what it costs", start, now),
        ],
        risk: {
          level: "low",
          breaks: ["Something that attaches the disk now and then, such as a batch job, finds none."],
          mitigations: ["The snapshot restores it, with the same content, in minutes."],
        },
        effort: { hours: workHours("0.1", "0.25", "1"), about: "ask the owner, snapshot, delete" },
        confidence: { value: idle.summaries.length > 0 ? 0.95 : 0.9, reason: idle.reason },
        reversibility: "restorable",
        prerequisites: ["The owner of the disk agrees."],
        guardrails: [],
        notes: [idle.reason],
      },
    ],
  };
}

type Idleness =
  | { readonly status: "idle"; readonly reason: string; readonly summaries: readonly MetricSummary[] }
  | { readonly status: "fine" | "abstained"; readonly reason: string };

/** Since when nothing uses it: its cloud says when it was detached, or its metrics show no operation. */
function idleness({ resource, now, summary }: ResourceEvidence<DiskKind>, idleDays: number): Idleness {
  const { lastDetachedAt } = resource.settings;
  if (lastDetachedAt !== null) {
    const days = daysFrom(lastDetachedAt, now);
    return days >= idleDays
      ? { status: "idle", reason: `It was detached on ${lastDetachedAt.slice(0, 10)}.`, summaries: [] }
      : { status: "fine", reason: `it was detached ${days} days ago, less than ${idleDays}` };
  }
  const reads = summary("disk.read.operations", "sum");
  const writes = summary("disk.write.operations", "sum");
  const known = [reads, writes].flatMap((part) => (part.status === "known" ? [part.value] : []));
  const used = known.find(({ sum }) => sum > 0);
  if (used !== undefined)
    return { status: "fine", reason: `it is attached to nothing now, but ${used.metric} were seen` };
  const dense = known.filter((part) => coverageProblem(part, { days: idleDays, share: 0.9 }) === undefined);
  if (dense.length === 2)
    return { status: "idle", reason: `Nothing was read or written in ${idleDays} days.`, summaries: dense };
  const { createdAt } = resource;
  // Detached once at most: one that its cloud would name is absent, so it was never attached.
  if (resource.kind === "compute.googleapis.com/Disk" && createdAt !== undefined) {
    const days = daysFrom(createdAt, now);
    if (days >= idleDays)
      return {
        status: "idle",
        reason: `It was made on ${createdAt.slice(0, 10)} and never attached.`,
        summaries: [],
      };
    return { status: "fine", reason: `it was made ${days} days ago, less than ${idleDays}` };
  }
  return {
    status: "abstained",
    reason: `it is attached to nothing, but not known is since when: its read and write operations of ${idleDays} days would tell`,
  };
}

function questionsOf({ kind, scope, settings: { type } }: ResourceEvidence<DiskKind>["resource"]): {
  readonly disk: PriceQuestion;
  readonly snapshot: PriceQuestion;
} {
  return kind === "AWS::EC2::Volume"
    ? {
        disk: { item: "aws.ebs.volume", scope, attributes: { type } },
        snapshot: { item: "aws.ebs.snapshot", scope, attributes: {} },
      }
    : {
        disk: { item: "gcp.compute.disk", scope, attributes: { type } },
        snapshot: { item: "gcp.compute.snapshot", scope, attributes: {} },
      };
}

import type { Advice, InventoryItem, PriceQuestion } from "@trimtab/domain";
import { money } from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import { costPlot, daysBefore, daysFrom } from "../shared/plots.ts";
import { allKnown, upToBilled, workHours } from "../shared/saving-lines.ts";
import type { IdleSettings } from "./settings.ts";

type SnapshotKind = "compute.googleapis.com/Snapshot" | "AWS::EC2::Snapshot";

/** An old snapshot that a newer one of the same disk has made superfluous. The only copy of something is never proposed. */
export function adviseSnapshot(
  evidence: ResourceEvidence<SnapshotKind>,
  { snapshotDays }: IdleSettings,
): Advice {
  const { resource, now, cost } = evidence;
  const { createdAt, settings } = resource;
  if (settings.usedBy.length > 0) return { status: "fine", reason: `${settings.usedBy.join(", ")} need it` };
  if (createdAt === undefined) return { status: "abstained", reason: "when it was taken is not known" };
  const age = daysFrom(createdAt, now);
  if (age < snapshotDays)
    return { status: "fine", reason: `it is ${age} days old, less than ${snapshotDays}` };
  const newer = newerOf(evidence);
  if (newer === undefined)
    return {
      status: "abstained",
      reason: "no newer snapshot of the same disk is known: it may be the only copy",
    };
  const item = resource.kind === "AWS::EC2::Snapshot" ? "aws.ebs.snapshot" : "gcp.compute.snapshot";
  const question: PriceQuestion = { item, scope: resource.scope, attributes: {} };
  const parts = allKnown({ cost, price: evidence.price(question) });
  if (parts.status === "unknown") return { status: "abstained", reason: parts.reason };
  const { price, cost: billed } = parts.value;
  const line = upToBilled(
    "what it stores: blocks that a newer snapshot needs move there and go on being paid",
    billed,
    price,
  );
  if (line.status === "unknown") return { status: "abstained", reason: line.reason };
  return {
    status: "recommended",
    drafts: [
      {
        fingerprint: "old-snapshot",
        title: `Delete the snapshot ${resource.name}, taken ${age} days ago`,
        action: "delete-snapshot",
        changes: [{ setting: "exists", from: true, to: false }],
        costNow: money(billed.effectiveMonthly, billed.currency),
        lines: [line.value],
        evidence: [costPlot("what it costs", daysBefore(now, 30), now)],
        risk: {
          level: "medium",
          breaks: [`The disk can no longer be restored to ${createdAt.slice(0, 10)}.`],
          mitigations: [`${newer.name} of ${newer.createdAt?.slice(0, 10)} stays.`],
        },
        effort: { hours: workHours("0.1", "0.25", "1"), about: "check what must be kept by law, delete" },
        confidence: { value: 0.8, reason: "its age and a newer snapshot of the same disk" },
        reversibility: "irreversible",
        prerequisites: ["No rule on keeping data asks for a copy of that day."],
        guardrails: [],
        notes: [`${newer.name} is a newer snapshot of the same disk, ${newer.createdAt?.slice(0, 10)}.`],
      },
    ],
  };
}

/** The newest other snapshot of the same disk, if it was taken after this one. */
function newerOf({ resource, referring }: ResourceEvidence<SnapshotKind>): InventoryItem | undefined {
  const { sourceDisk } = resource.settings;
  if (sourceDisk === null) return undefined;
  const others = referring(sourceDisk).filter(
    ({ kind, id, createdAt }) => kind === resource.kind && id !== resource.id && createdAt !== undefined,
  );
  const newest = others.toSorted((a, b) => ((a.createdAt ?? "") < (b.createdAt ?? "") ? 1 : -1))[0];
  return newest !== undefined && (newest.createdAt ?? "") > (resource.createdAt ?? "") ? newest : undefined;
}

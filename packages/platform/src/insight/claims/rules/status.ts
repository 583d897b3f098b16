import { type Check, found, held, plural } from "../check.ts";
import type { Claim, ClaimsSheet } from "../sheet.ts";

/** "Complete" and "met" over boxes that are open, work that is not done, and data that is not real. */
export function statusRule(sheet: ClaimsSheet): Check[] {
  return sheet.claims.flatMap((claim) => [...overOpen(claim, sheet), ...onSimulated(claim)]);
}

const SHOWN = 5;

function overOpen(claim: Claim, sheet: ClaimsSheet): Check[] {
  const isDone = claim.status === "complete" || claim.target?.verdict === "met";
  const isReady = claim.status === "ready";
  if (!isDone && !isReady) return [];
  const gaps = gapsIn(claim, sheet, new Set());
  const isChecked = claim.over.length > 0 || claim.openBoxes.count + claim.doneBoxes.count > 0;
  if (gaps.count === 0) return isChecked ? [held("complete-over-open", claim, "done")] : [];
  const shown = gaps.texts.slice(0, SHOWN).join("; ");
  const more = gaps.count > Math.min(gaps.texts.length, SHOWN) ? "; …" : "";
  const what = shown === "" ? "" : `: ${shown}${more}`;
  const word = isDone ? "is called done" : "is called ready";
  const text = `"${claim.says}" ${word} over ${plural(gaps.count, "open box or task", "open boxes and tasks")}${what}.`;
  const severity = claim.severity ?? (isDone ? "wrong" : "doubtful");
  return [
    found("complete-over-open", severity, claim, text, {
      others: gaps.ids,
      computed: `${gaps.count} open`,
    }),
  ];
}

interface Gaps {
  readonly count: number;
  readonly texts: readonly string[];
  readonly ids: readonly string[];
}

function gapsIn(claim: Claim, sheet: ClaimsSheet, seen: Set<string>): Gaps {
  if (seen.has(claim.id)) return { count: 0, texts: [], ids: [] };
  seen.add(claim.id);
  const below = claim.over.flatMap((id) => {
    const other = sheet.byId.get(id);
    if (other === undefined) return [];
    const inner = gapsIn(other, sheet, seen);
    const isUndone = other.status !== undefined && other.status !== "complete" && inner.count === 0;
    return isUndone
      ? [{ count: 1, texts: [`${other.id} is ${other.status}`], ids: [other.id] }]
      : [{ ...inner, ids: inner.count > 0 ? [other.id] : [] }];
  });
  return {
    count: claim.openBoxes.count + below.reduce((total, gap) => total + gap.count, 0),
    texts: [...claim.openBoxes.texts, ...below.flatMap((gap) => gap.texts)],
    ids: below.flatMap((gap) => gap.ids),
  };
}

function onSimulated(claim: Claim): Check[] {
  if (claim.status !== "complete" || claim.basis !== "simulated") return [];
  return [
    found(
      "complete-on-simulated",
      "wrong",
      claim,
      `"${claim.says}" rests on simulated data: nothing was measured or changed.`,
    ),
  ];
}

import {
  compare,
  type Decimal,
  decimal,
  divide,
  isZero,
  multiply,
  type Recommendation,
  type RiskLevel,
  subtract,
} from "@trimtab/domain";

export const RANKINGS = ["roi", "money", "risk", "quick"] as const;
export type Ranking = (typeof RANKINGS)[number];

/** How likely a change of each level has to be taken back: what is left of its saving is one less that share. */
const CHANCE_OF_FAILURE: Readonly<Record<RiskLevel, string>> = {
  none: "0",
  low: "0.05",
  medium: "0.2",
  high: "0.5",
};
const RISK_ORDER: readonly RiskLevel[] = ["none", "low", "medium", "high"];

/** Work of at most this many hours, at low risk and with a way back, is a quick win. */
const QUICK_HOURS = decimal("1");

/**
 * Return on investment: a year's net saving as likely as it is (confidence, and the chance that it stands), over what the
 * work costs. Not money: it orders.
 */
export function roiOf({ saving, confidence, risk, effort }: Recommendation, hourlyCost: Decimal): Decimal {
  const stands = subtract(decimal("1"), decimal(CHANCE_OF_FAILURE[risk.level]));
  const year = multiply(saving.net.mid, decimal("12"));
  const likely = multiply(multiply(year, decimal(confidence.value.toFixed(4))), stands);
  const work = multiply(effort.hours.mid, hourlyCost);
  return divide(likely, isZero(work) ? decimal("1") : work, 4);
}

export function isQuickWin({ saving, risk, effort, reversibility }: Recommendation): boolean {
  const isSafe = risk.level === "none" || risk.level === "low";
  return (
    isSafe &&
    reversibility !== "irreversible" &&
    compare(effort.hours.mid, QUICK_HOURS) <= 0 &&
    compare(saving.net.mid, decimal("0")) > 0
  );
}

/** The best first; equal ones in the order of their keys, so that the same analysis ranks the same. */
export function ranked(
  list: readonly Recommendation[],
  by: Ranking,
  hourlyCost: Decimal,
): readonly Recommendation[] {
  const roi = new Map(list.map((each) => [each, roiOf(each, hourlyCost)]));
  const best = (a: Recommendation, b: Recommendation): number =>
    compare(roi.get(b) ?? decimal("0"), roi.get(a) ?? decimal("0"));
  const order: Readonly<Record<Ranking, (a: Recommendation, b: Recommendation) => number>> = {
    roi: best,
    money: (a, b) => compare(b.saving.net.mid, a.saving.net.mid),
    risk: (a, b) => RISK_ORDER.indexOf(a.risk.level) - RISK_ORDER.indexOf(b.risk.level) || best(a, b),
    quick: (a, b) => compare(a.effort.hours.mid, b.effort.hours.mid) || best(a, b),
  };
  return list.toSorted((a, b) => order[by](a, b) || (keyText(a) < keyText(b) ? -1 : 1));
}

/** One text for one recommendation. */
export function keyText({ key }: Pick<Recommendation, "key">): string {
  return [key.advisor, key.scope, key.resource, key.fingerprint].join("\n");
}

/** Alternatives count once, with the one that saves most. */
export function independent(list: readonly Recommendation[]): readonly Recommendation[] {
  const excluded = new Set<string>();
  const keyOf = (key: Recommendation["key"]): string =>
    [key.advisor, key.scope, key.resource, key.fingerprint].join("\n");
  return ranked(list, "money", decimal("1")).filter(({ key, alternatives, conflicts }) => {
    if (excluded.has(keyOf(key))) return false;
    for (const other of [...alternatives, ...conflicts]) excluded.add(keyOf(other));
    return true;
  });
}

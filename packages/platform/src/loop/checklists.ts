import type { Recommendation } from "@trimtab/domain";

/** What to do around changes, each point once, with the changes that ask for it. */
export interface Checklists {
  readonly before: readonly ChecklistItem[];
  readonly testing: readonly ChecklistItem[];
  readonly after: readonly ChecklistItem[];
}

export interface ChecklistItem {
  readonly text: string;
  /** Titles of the changes. */
  readonly for: readonly string[];
}

/** Points for what is to be changed, from what each recommendation says of itself. */
export function checklistsOf(list: readonly Recommendation[]): Checklists {
  return {
    before: gathered(list, (each) => [
      ...each.prerequisites,
      ...(each.reversibility === "irreversible"
        ? ["It can't be undone: two people look at it before it is approved."]
        : []),
      ...(each.reversibility === "restorable" ? ["A snapshot is taken first and can be restored."] : []),
      ...(each.action === undefined ? ["Who does it by hand is named."] : []),
    ]),
    testing: gathered(list, ({ guardrails, risk }) => [
      ...guardrails.map(
        ({ metric, statistic, comparison, limit }) => `${metric} (${statistic}) stays ${comparison} ${limit}`,
      ),
      ...(risk.level === "medium" || risk.level === "high"
        ? ["Tried where it is not production first, with `trimtab loadtest` before and after."]
        : []),
    ]),
    after: gathered(list, ({ action }) => [
      action === undefined
        ? "`trimtab verify --where … --changed-at …` when the billing period is closed"
        : "`trimtab verify PLAN` when the billing period is closed",
    ]),
  };
}

function gathered(
  list: readonly Recommendation[],
  pointsOf: (recommendation: Recommendation) => readonly string[],
): readonly ChecklistItem[] {
  const titles = new Map<string, string[]>();
  for (const each of list)
    for (const text of new Set(pointsOf(each))) titles.set(text, [...(titles.get(text) ?? []), each.title]);
  return [...titles].map(([text, own]) => ({ text, for: own }));
}

import {
  type CommitmentEffect,
  capLines,
  compare,
  type Decimal,
  grossOf,
  type InventoryItem,
  type Recommendation,
  type RecommendationDraft,
  type RecommendationKey,
  type ResourceRef,
  type SavingLine,
  type SettingChange,
  savingOf,
  ZERO,
} from "@trimtab/domain";
import { keyText, ranked } from "./rank.ts";

/** A draft with what it is about. */
export interface Drafted {
  readonly advisor: string;
  readonly resource: InventoryItem;
  readonly draft: RecommendationDraft;
}

/** What a commitment leaves of each saving; undefined: no commitment pays for it. All at once, so that none is used twice. */
export type NetSavings = (
  changes: readonly { readonly resource: InventoryItem; readonly lines: readonly SavingLine[] }[],
) => Promise<readonly (CommitmentEffect | undefined)[]>;

/** Where a resource is, as a text. */
function scopeText({ scope }: Pick<ResourceRef, "scope">): string {
  return `${scope.provider}/${scope.account}/${scope.region}`;
}

/**
 * Makes recommendations of drafts: none saves more than its resource costs, commitments' part is taken off, the best
 * first, and each says which others can't be done as well. Those that would save nothing are left out.
 */
export async function finishRecommendations(
  drafts: readonly Drafted[],
  { netSavings, hourlyCost }: { readonly netSavings: NetSavings; readonly hourlyCost: Decimal },
): Promise<readonly Recommendation[]> {
  const gross = drafts
    .map((drafted) => withSaving(drafted))
    .filter(({ recommendation }) => compare(recommendation.saving.gross.mid, ZERO) > 0);
  const byKey = new Map(gross.map((each) => [keyText(each.recommendation), each]));
  // Commitments serve the best change first: that is the order in which they will be done.
  const order = ranked(
    gross.map(({ recommendation }) => recommendation),
    "roi",
    hourlyCost,
  ).flatMap((recommendation) => byKey.get(keyText(recommendation)) ?? []);
  const effects = await netSavings(
    order.map(({ resource, recommendation }) => ({ resource, lines: recommendation.saving.lines })),
  );
  const net = order.map(({ recommendation }, index) => withEffect(recommendation, effects[index]));
  return ranked(withExclusions(net), "roi", hourlyCost);
}

function withSaving({ advisor, resource, draft }: Drafted) {
  const { fingerprint, lines: asked, ...rest } = draft;
  const { costNow } = draft;
  const lines = capLines(asked, costNow);
  const isCapped = compare(grossOf(asked, costNow.currency).high, costNow.amount) > 0;
  const { kind, id, name, scope } = resource;
  const recommendation: Recommendation = {
    ...rest,
    key: { advisor, resource: id, scope: scopeText(resource), fingerprint },
    resource: { kind, id, name, scope },
    saving: savingOf(lines, costNow.currency),
    conflicts: [],
    alternatives: [],
    notes: isCapped
      ? [
          ...draft.notes,
          "Its prices say that more would be saved than the bill charges for the resource: the saving is cut to that.",
        ]
      : draft.notes,
  };
  return { resource, recommendation };
}

const withEffect = (recommendation: Recommendation, effect: CommitmentEffect | undefined): Recommendation => {
  if (effect === undefined) return recommendation;
  const { lines, gross } = recommendation.saving;
  return { ...recommendation, saving: savingOf(lines, gross.currency, effect) };
};

/**
 * Two changes of one setting are alternatives, and so is any change of what another deletes. Deleting what another
 * change of another resource needs is for the plan to see.
 */
function withExclusions(list: readonly Recommendation[]): readonly Recommendation[] {
  const byResource = new Map<string, Recommendation[]>();
  for (const each of list) {
    const key = `${each.key.scope}\n${each.key.resource}`;
    byResource.set(key, [...(byResource.get(key) ?? []), each]);
  }
  return list.map((each) => {
    const others = (byResource.get(`${each.key.scope}\n${each.key.resource}`) ?? []).filter(
      (other) => other !== each && excludes(each.changes, other.changes),
    );
    return others.length === 0 ? each : { ...each, alternatives: others.map(keyOf) };
  });
}

const keyOf = ({ key }: Recommendation): RecommendationKey => key;

function excludes(a: readonly SettingChange[], b: readonly SettingChange[]): boolean {
  const deletes = (changes: readonly SettingChange[]): boolean =>
    changes.some(({ setting, to }) => setting === "exists" && to === false);
  if (deletes(a) || deletes(b)) return true;
  const settings = new Set(a.map(({ setting }) => whatItSets(setting)));
  return b.some(({ setting }) => settings.has(whatItSets(setting)));
}

/** Stopping for good and stopping by the hour save the same hours. */
const whatItSets = (setting: string): string =>
  ["status", "activationPolicy", "offHours"].includes(setting) ? "whether it runs" : setting;

import type { Policy } from "../policy/policy.ts";
import type { RecommendationInput } from "./recommendation-input.ts";

/**
 * The order of the changes: staging before what it stands for, what can't be undone last, else as they were named.
 * Undefined: staging rules go in a circle.
 */
export const orderChanges = (
  changes: readonly RecommendationInput[],
  { stagingFirst }: Policy,
  isIrreversible: (change: RecommendationInput) => boolean,
): readonly RecommendationInput[] | undefined => {
  const before = (change: RecommendationInput) =>
    changes.filter((other) => other !== change && waitsFor(change, other, stagingFirst));
  const left = new Set([
    ...changes.filter((change) => !isIrreversible(change)),
    ...changes.filter(isIrreversible),
  ]);
  const ordered: RecommendationInput[] = [];
  while (left.size > 0) {
    const next = [...left].find((change) => before(change).every((other) => !left.has(other)));
    if (next === undefined) return undefined;
    left.delete(next);
    ordered.push(next);
  }
  return ordered;
};

/** Whether a resource is meant by a name in the policy. */
export const isNamed = ({ resource }: RecommendationInput, name: string): boolean =>
  resource.name === name || resource.id === name;

const waitsFor = (
  change: RecommendationInput,
  other: RecommendationInput,
  stagingFirst: Policy["stagingFirst"],
): boolean => stagingFirst.some(({ staging, before }) => isNamed(change, before) && isNamed(other, staging));

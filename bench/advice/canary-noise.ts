import { type CanaryPair, canaryVerdict } from "../../packages/platform/src/ledger/verify/canary-verdict.ts";
import type { NoiseSeries } from "./vm-noise.ts";

const MARGIN = 0.05;
const PAIRS = 60;

/** Consecutive measurements of one machine are the two arms of a canary that differs by what is injected. */
const canariesOf = ({ points }: NoiseSeries, injected: number): readonly (readonly CanaryPair[])[] => {
  const pairs = Array.from({ length: Math.floor(points.length / 2) }, (_, index): CanaryPair => {
    const [one, other] = [points[2 * index], points[2 * index + 1]] as const;
    // The arms take turns, so that a drift of the machine favours neither.
    const [control, canary] = index % 2 === 0 ? [one, other] : [other, one];
    return {
      atMs: one?.atMs ?? 0,
      control: control?.value ?? 0,
      canary: (canary?.value ?? 0) * (1 + injected),
    };
  });
  return Array.from({ length: Math.floor(pairs.length / PAIRS) }, (_, index) =>
    pairs.slice(index * PAIRS, (index + 1) * PAIRS),
  );
};

const ended = (pairs: readonly CanaryPair[]): "continue" | "stop-harm" | "pass" => {
  for (let count = 1; count <= pairs.length; count++) {
    const metric = {
      id: "m",
      kind: "ratio",
      margin: MARGIN,
      worse: "higher",
      pairs: pairs.slice(0, count),
    } as const;
    const { verdict } = canaryVerdict([metric]);
    if (verdict !== "continue") return verdict;
  }
  return "continue";
};

/** How canaries of 60 pairs end that are worse by `injected`, asked after every pair, with a margin of 5 %. */
export const judgeCanaries = (all: readonly NoiseSeries[], injected: number) => {
  const verdicts = all.flatMap((series) => canariesOf(series, injected).map(ended));
  const share = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length / verdicts.length;
  return { canaries: verdicts.length, stopped: share("stop-harm"), passed: share("pass") };
};

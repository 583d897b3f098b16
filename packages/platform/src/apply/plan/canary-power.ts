import type { CanaryPower } from "@trimtab/domain";

/** What of a plotted series is looked at. */
interface Series {
  readonly metric: string;
  readonly statistic: string;
  readonly points: readonly (readonly [time: string, value: number])[];
}

/** One-sided 5 % and 80 % of a normal distribution. */
const Z = 1.645 + 0.842;
/** Of today's requests so many are slower than the P95. */
const TAIL = 0.05;

/**
 * What so small a share can't prove: the smallest rise of a share of requests that a comparison of two shares finds four
 * times in five, at 5 % false alarms, if requests are independent of each other (they are not quite: the truth is worse).
 */
export const canaryPower = (
  evidence: readonly Series[],
  sharePercent: number,
  watchSeconds: number,
): CanaryPower => {
  const perSecond = requestsPerSecond(evidence);
  const stage = `${sharePercent} % for ${minutes(watchSeconds)}`;
  if (perSecond === undefined)
    return { about: `${stage}: how many requests that is, is not known, so it may prove nothing` };
  const requests = Math.floor(perSecond * watchSeconds * (sharePercent / 100));
  const others = perSecond * watchSeconds * (1 - sharePercent / 100);
  if (requests < 1) return { requests, about: `${stage} is not one request: it proves nothing` };
  const smallestRise = Math.min(
    1,
    Z * Math.sqrt(TAIL * (1 - TAIL) * (1 / requests + 1 / Math.max(1, others))),
  );
  const rise = (smallestRise * 100).toFixed(smallestRise < 0.01 ? 2 : 1);
  return {
    requests,
    smallestRise: Number(smallestRise.toPrecision(3)),
    about: `${stage} is about ${requests} requests: a rise of less than ${rise} points in the share that is slower than today's P95 (5 %) can't be told from chance`,
  };
};

/** Mean rate over the plotted points, which are counts an interval. */
const requestsPerSecond = (evidence: readonly Series[]): number | undefined => {
  const series = evidence.find(({ metric, statistic }) => metric === "requests" && statistic === "sum");
  const [first, second] = series?.points ?? [];
  const last = series?.points.at(-1);
  if (series === undefined || first === undefined || second === undefined || last === undefined)
    return undefined;
  const seconds = (Date.parse(last[0]) - Date.parse(first[0])) / 1000;
  if (!(seconds > 0)) return undefined;
  // The first interval ends where the second begins: n points span n − 1 of them.
  const counted = series.points.slice(1).reduce((sum, [, value]) => sum + value, 0);
  return counted / seconds;
};

const minutes = (seconds: number): string =>
  seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;

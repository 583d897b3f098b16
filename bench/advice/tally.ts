/** One date on which something was judged, though nothing had changed. */
export interface Case {
  readonly cluster: string;
  readonly half: "tuned" | "untouched";
  /** Was a change found that is none? */
  readonly isWrong: boolean;
  /** Share of injected changes (up, down) that were found with their sign. */
  readonly found: number;
  /** Is the smallest change that the pre-period says can be found at most the injected one? */
  readonly isAdmissible: boolean;
}

export interface Rate {
  readonly cases: number;
  readonly rate: number;
  /** Upper end of the 95 % interval; cases of one cluster are taken to hang together. */
  readonly upper: number;
}

/** A rate over cases that come in clusters: the ratio's linearised variance between clusters. */
export const clusteredRate = (
  cases: readonly Case[],
  worthOf: (one: Case) => number = ({ isWrong }) => (isWrong ? 1 : 0),
): Rate => {
  const total = cases.reduce((sum, one) => sum + worthOf(one), 0);
  const rate = total / cases.length;
  const groups = [...Map.groupBy(cases, ({ cluster }) => cluster).values()];
  const spread = groups.reduce((sum, own) => {
    const apart = own.reduce((part, one) => part + worthOf(one) - rate, 0);
    return sum + apart * apart;
  }, 0);
  const correction = groups.length / Math.max(1, groups.length - 1);
  return { cases: cases.length, rate, upper: rate + (1.96 * Math.sqrt(spread * correction)) / cases.length };
};

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

import { decimal, formatDecimal, sumDecimals } from "@trimtab/domain";
import type { RecommendationLine } from "../recommendations/recommendations-search.ts";

type Line = Pick<
  RecommendationLine,
  "id" | "title" | "action" | "withdrawnAt" | "plans" | "alternatives" | "conflicts"
>;

/** Plans that still carry something out, or did. */
const LIVE = ["draft", "approved", "applying", "applied", "failed"];

/** The plan that it is in. */
export const livePlanOf = ({ plans }: Pick<Line, "plans">): string | undefined =>
  plans.find(({ status }) => LIVE.includes(status))?.id;

/** Why it can't stand in a new plan beside those that are chosen; undefined: it can. */
export const obstacleTo = (line: Line, chosen: readonly Line[]): string | undefined => {
  if (line.withdrawnAt !== null) return "Its advisor no longer finds it";
  if (line.action === null) return "Done by hand: no program carries it out";
  if (livePlanOf(line) !== undefined) return "In a plan already";
  const excluded = [...line.alternatives, ...line.conflicts];
  const other = chosen.find(({ id }) => id !== line.id && excluded.includes(id));
  return other === undefined ? undefined : `Not together with: ${other.title}`;
};

/** As many as go together, the first of the list first. */
export const allThatFit = <L extends Line>(lines: readonly L[]): readonly L[] => {
  const chosen: L[] = [];
  for (const line of lines) if (obstacleTo(line, chosen) === undefined) chosen.push(line);
  return chosen;
};

/** What they save together, exactly; one a currency. */
export const sumBy = (lines: readonly Pick<RecommendationLine, "saving">[]) =>
  [...Map.groupBy(lines, ({ saving }) => saving.currency)].map(([currency, own]) => {
    const sum = (part: "low" | "mid" | "high"): string =>
      formatDecimal(sumDecimals(own.map(({ saving }) => decimal(saving[part]))));
    return { currency, low: sum("low"), mid: sum("mid"), high: sum("high") };
  });

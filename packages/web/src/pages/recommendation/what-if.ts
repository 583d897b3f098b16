import { settingText } from "../../format/setting-text.ts";
import type { RecommendationBody, Setting } from "./recommendation-options.ts";

/** Ends of a slider where the advisor names none: from nothing to three times what it is. */
export const sliderEnds = ({ value, min, max }: Setting): { readonly min: number; readonly max: number } => {
  const now = Number(value ?? 0);
  const least = min ?? Math.min(0, now);
  return { min: least, max: max ?? Math.max(now * 3, least + 1) };
};

/** Shares move by hundredths, small counts by ones. */
export const sliderStep = ({ value, max }: Setting): number =>
  !Number.isInteger(Number(value ?? 0)) || (max !== null && max <= 1) ? 0.01 : 1;

export interface ComparedRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Old against new, line by line: what is set, and what was measured against it. */
export const comparedRows = (
  before: RecommendationBody,
  after: RecommendationBody,
  number: (value: number) => string,
): readonly ComparedRow[] => {
  const settings = byName(before.changes.map(({ setting, to }) => [`${setting} becomes`, settingText(to)]));
  const settingsAfter = byName(
    after.changes.map(({ setting, to }) => [`${setting} becomes`, settingText(to)]),
  );
  const marks = marksOf(before, number);
  const marksAfter = marksOf(after, number);
  return [...joined(settings, settingsAfter), ...joined(marks, marksAfter)];
};

const byName = (entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map(entries);

const marksOf = ({ evidence }: RecommendationBody, number: (value: number) => string) =>
  byName(
    evidence.flatMap(({ metric, statistic, unit, marks }) =>
      marks.map(
        ({ label, value }) =>
          [`${metric} ${statistic}: ${label}`, `${number(value)} ${unit}`.trim()] as const,
      ),
    ),
  );

const joined = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly ComparedRow[] =>
  [...new Set([...before.keys(), ...after.keys()])].map((name) => ({
    name,
    before: before.get(name) ?? "–",
    after: after.get(name) ?? "–",
  }));

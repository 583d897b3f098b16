import { formatQuantity, formatShare, quantityText } from "../../format/numbers.ts";
import { settingText, settingTitle } from "../../format/setting-text.ts";
import type { RecommendationBody, Setting } from "./recommendation-options.ts";

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** 0.034 → 0.02: a step that reads well, not above the size. */
const roundStep = (size: number): number => {
  const ten = 10 ** Math.floor(Math.log10(size));
  return ([5, 2].find((part) => part * ten <= size) ?? 1) * ten;
};

export interface SliderScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** What a setting goes by; undefined: nobody can tell. */
export const settingInForce = ({ value, effective }: Setting): number | undefined =>
  typeof value === "number" ? value : (effective ?? undefined);

/** A share of nothing has to begin somewhere. */
const LEAST_RANGE: Partial<Record<NonNullable<Setting["unit"]>, number>> = { share: 0.02 };

/** From the least that is valid to three times what it is: a hundred steps that read well. Shares stay fine, counts whole. */
export const sliderScale = (setting: Setting, shown: number): SliderScale => {
  const { unit, min, exclusiveMin, max } = setting;
  const now = settingInForce(setting) ?? 0;
  const least = min ?? exclusiveMin ?? Math.min(0, now);
  const far = Math.max(Number((now * 3).toPrecision(9)), least + (LEAST_RANGE[unit ?? "days"] ?? 1), shown);
  const top = Math.min(max ?? far, far);
  const step = Math.max(roundStep((top - least) / 100), isWhole(unit) ? 1 : 0);
  return { min: min === null && exclusiveMin !== null ? least + step : least, max: top, step };
};

const isWhole = (unit: Setting["unit"]): boolean => unit === "days" || unit === "ms" || unit === "instances";

/** `35 days`, `84,011 ms`, `5 %`. */
export const limitText = (value: number, unit: Setting["unit"]): string => {
  if (unit === "share") return formatShare(value);
  const number = formatQuantity(String(value));
  if (unit === null || unit === "instances") return number;
  return unit === "times" ? `${number} ×` : `${number} ${unit}`;
};

export interface ComparedRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Old against new, line by line: what is set, and what was measured against it. */
export const comparedRows = (
  before: RecommendationBody,
  after: RecommendationBody,
): readonly ComparedRow[] => {
  const settings = byName(
    before.changes.map(({ setting, to }) => [`${settingTitle(setting)} becomes`, settingText(to)]),
  );
  const settingsAfter = byName(
    after.changes.map(({ setting, to }) => [`${settingTitle(setting)} becomes`, settingText(to)]),
  );
  const marks = marksOf(before);
  const marksAfter = marksOf(after);
  return [...joined(settings, settingsAfter), ...joined(marks, marksAfter)];
};

const byName = (entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map(entries);

const marksOf = ({ evidence }: RecommendationBody) =>
  byName(
    evidence.flatMap(({ metric, statistic, unit, marks }) =>
      marks.map(
        ({ label, value }) =>
          [`${sentence(label)}, ${metric} ${statistic}`, quantityText(value, unit)] as const,
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

import { CircleCheck, CircleQuestionMark, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { formatQuantity } from "../format/numbers.ts";
import { classNames } from "./class-names.ts";
import { gaugeScale } from "./gauge-scale.ts";

export interface GuardrailView {
  readonly metric: string;
  readonly statistic: string;
  readonly comparison: string;
  readonly limit: number;
  /** Null: no data. */
  readonly value: number | null;
  readonly isHeld: boolean | null;
}

const words: Readonly<Record<string, string>> = {
  "<": "below",
  "<=": "at most",
  ">": "above",
  ">=": "at least",
};

export const guardrailText = ({
  metric,
  statistic,
  comparison,
  limit,
}: Pick<GuardrailView, "metric" | "statistic" | "comparison" | "limit">): string =>
  `${metric} ${statistic} ${words[comparison] ?? comparison} ${formatQuantity(`${limit}`)}`;

const states = {
  held: { word: "holds", icon: CircleCheck, text: "text-down", bar: "bg-down" },
  broken: { word: "broken", icon: CircleX, text: "text-danger", bar: "bg-danger" },
  unknown: { word: "no data", icon: CircleQuestionMark, text: "text-warn", bar: "bg-warn" },
} as const;

/** What is measured against its limit: bar, mark and word say the same. */
export const GuardrailGauge = ({
  reading,
  children,
}: {
  readonly reading: GuardrailView;
  readonly children?: ReactNode;
}) => {
  const { metric, statistic, comparison, limit, value, isHeld } = reading;
  const { word, icon: Icon, text, bar } = states[isHeld === null ? "unknown" : isHeld ? "held" : "broken"];
  const { least, most, at } = gaugeScale(limit, value);
  const name = `${metric} ${statistic}`;
  const shown = value === null ? "no data" : formatQuantity(`${value}`);
  const limitText = `${words[comparison] ?? comparison} ${formatQuantity(`${limit}`)}`;
  return (
    <div className="min-w-0">
      <p className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate text-sm text-ink-2" title={name}>
          {name}
        </span>
        <span className={classNames("inline-flex shrink-0 items-center gap-1 text-xs font-medium", text)}>
          <Icon size={13} aria-hidden /> {word}
        </span>
      </p>
      <p className="num flex items-baseline gap-2">
        <span className="text-lg font-semibold">{shown}</span>
        <span className="text-xs text-ink-3">{limitText}</span>
        {children !== undefined && <span className="ml-auto self-center">{children}</span>}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: the browser's own meter can't mark a limit that is broken above */}
      <div
        role="meter"
        aria-label={name}
        aria-valuemin={least}
        aria-valuemax={most}
        aria-valuenow={value ?? least}
        aria-valuetext={`${shown}, ${limitText}: ${word}`}
        className="relative mt-1 h-2 rounded-full bg-sunken ring-1 ring-line ring-inset"
      >
        {value !== null && (
          <span
            className={classNames("absolute inset-y-0 left-0 rounded-full transition-all", bar)}
            style={{ width: `${at(value) * 100}%` }}
          />
        )}
        <span className="absolute -inset-y-1 w-0.5 bg-ink" style={{ left: `${at(limit) * 100}%` }} />
      </div>
    </div>
  );
};

import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type BadgeTone = "plain" | "accent" | "good" | "warn" | "bad";

const tones: Readonly<Record<BadgeTone, string>> = {
  plain: "bg-sunken text-ink-2",
  accent: "bg-accent-soft text-ink",
  good: "bg-down-soft text-down",
  warn: "bg-warn-soft text-warn",
  bad: "bg-danger-soft text-danger",
};

interface BadgeProps {
  readonly tone?: BadgeTone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A state in a word or two; the word says it, the colour only helps to find it. */
export const Badge = ({ tone = "plain", icon, children }: BadgeProps) => (
  <span
    className={classNames(
      "inline-flex items-center gap-1 rounded-full px-2 py-px text-xs font-medium whitespace-nowrap",
      tones[tone],
    )}
  >
    {icon}
    {children}
  </span>
);

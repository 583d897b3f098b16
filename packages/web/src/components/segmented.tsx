import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly title: string; readonly icon?: ReactNode }[];
  readonly onChoose: (value: T) => void;
  /** Icons alone; the titles are read out and shown as tooltips. */
  readonly isIconOnly?: boolean;
  /** Phones give them the whole line, each its part of it. */
  readonly isWideOnPhone?: boolean;
}

/** One of a few that all fit on a line. */
export const Segmented = <T extends string>({
  label,
  value,
  choices,
  onChoose,
  isIconOnly = false,
  isWideOnPhone = false,
}: SegmentedProps<T>) => (
  <ToggleGroup.Root
    type="single"
    aria-label={label}
    value={value}
    onValueChange={(next) => next !== "" && onChoose(next as T)}
    className={classNames(
      "inline-flex items-center gap-0.5 self-start rounded-lg border border-line bg-sunken p-0.5",
      isWideOnPhone && "max-md:flex",
    )}
  >
    {choices.map((choice) => (
      <ToggleGroup.Item
        key={choice.value}
        value={choice.value}
        {...(isIconOnly ? { "aria-label": choice.title, title: choice.title } : {})}
        className={classNames(
          "inline-flex h-6.5 items-center justify-center gap-1.5 rounded-md border border-transparent text-sm text-ink-2 max-md:h-8",
          "hover:text-ink data-[state=on]:border-line data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-ink data-[state=on]:shadow-card",
          isIconOnly ? "w-7.5 max-md:w-9" : "px-2.5",
          isWideOnPhone && "max-md:w-auto max-md:min-w-0 max-md:grow max-md:basis-0",
        )}
      >
        {choice.icon}
        {!isIconOnly && choice.title}
      </ToggleGroup.Item>
    ))}
  </ToggleGroup.Root>
);

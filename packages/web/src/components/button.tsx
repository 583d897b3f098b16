import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type ButtonKind = "primary" | "plain" | "quiet" | "danger";

const kinds: Readonly<Record<ButtonKind, string>> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent font-medium",
  plain: "bg-surface text-ink border-line-strong hover:bg-sunken hover:border-control",
  quiet: "border-transparent text-ink-2 hover:bg-sunken hover:text-ink",
  danger: "bg-surface text-danger border-line-strong hover:bg-danger-soft",
};

/** The look of a button, for links that act as one. */
export const buttonClass = (kind: ButtonKind = "plain", size: "md" | "sm" | "lg" = "md"): string =>
  classNames(
    "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border transition-colors",
    "disabled:opacity-55 disabled:hover:bg-transparent",
    size === "sm" && "h-7 px-2 text-sm",
    size === "md" && "h-8 px-2.5 text-sm max-md:h-9",
    size === "lg" && "h-10 px-4 text-base",
    kinds[kind],
  );

interface ButtonProps extends ComponentProps<"button"> {
  readonly kind?: ButtonKind;
  readonly size?: "md" | "sm" | "lg";
}

export const Button = ({ kind = "plain", size = "md", className, type = "button", ...rest }: ButtonProps) => (
  <button type={type} className={classNames(buttonClass(kind, size), className)} {...rest} />
);

interface IconButtonProps extends ComponentProps<"button"> {
  /** What it does: its accessible name and tooltip. */
  readonly label: string;
  readonly children: ReactNode;
}

export const IconButton = ({ label, className, type = "button", ...rest }: IconButtonProps) => (
  <button
    type={type}
    aria-label={label}
    title={label}
    className={classNames(
      "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-3 transition-colors",
      "hover:bg-sunken hover:text-ink disabled:opacity-50",
      className,
    )}
    {...rest}
  />
);

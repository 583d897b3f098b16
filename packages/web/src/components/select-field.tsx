import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

interface SelectFieldProps extends ComponentProps<"select"> {
  readonly label: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  readonly hint?: ReactNode;
  /** The label is read out, not shown: in tables. */
  readonly isLabelHidden?: boolean;
}

/** One of several, by the browser's own list: it fits every screen and every reader. */
export const SelectField = ({
  label,
  choices,
  hint,
  isLabelHidden = false,
  className,
  ...rest
}: SelectFieldProps) => {
  const id = useId();
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      <select
        id={id}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-note` })}
        className={classNames(
          "w-full rounded-md border border-control bg-surface px-2 text-ink disabled:opacity-55",
          isLabelHidden ? "h-8 text-sm max-md:h-10" : "h-9 text-base max-md:h-11",
        )}
        {...rest}
      >
        {choices.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-note`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
};

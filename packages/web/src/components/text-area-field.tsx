import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

interface TextAreaFieldProps extends ComponentProps<"textarea"> {
  readonly label: string;
  readonly hint?: ReactNode;
}

/** A labelled field of several lines. */
export const TextAreaField = ({ label, hint, className, ...rest }: TextAreaFieldProps) => {
  const id = useId();
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-note` })}
        className="w-full rounded-md border border-control bg-surface px-2.5 py-1.5 text-base text-ink placeholder:text-ink-3"
        {...rest}
      />
      {hint !== undefined && (
        <p id={`${id}-note`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
};

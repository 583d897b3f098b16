import { type ComponentProps, type ReactNode, useId } from "react";

interface CheckFieldProps extends ComponentProps<"input"> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

/** Yes or no, with what it means beside it. */
export const CheckField = ({ label, hint, ...rest }: CheckFieldProps) => {
  const id = useId();
  return (
    <div className="flex min-h-6 items-start gap-2">
      <input
        id={id}
        type="checkbox"
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-note` })}
        className="mt-0.5 size-4 shrink-0 accent-accent"
        {...rest}
      />
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <p id={`${id}-note`} className="text-sm text-ink-3">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
};

import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

const inputClass =
  "h-9 w-full rounded-md border border-control bg-surface px-2.5 text-base text-ink placeholder:text-ink-3 aria-invalid:border-danger max-md:h-11";

interface FieldProps extends ComponentProps<"input"> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

/** A labelled input whose hint and error are read out with it. */
export const Field = ({ label, hint, error, className, ...rest }: FieldProps) => {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        {...(note === undefined ? {} : { "aria-describedby": noteId })}
        className={classNames(
          inputClass,
          rest.type === "file" && "py-1.5 max-md:py-2.5",
          rest.type === "color" && "p-1",
        )}
        {...rest}
      />
      {note !== undefined && (
        <p id={noteId} className={classNames("text-sm", error === undefined ? "text-ink-3" : "text-danger")}>
          {note}
        </p>
      )}
    </div>
  );
};

import type { ReactNode } from "react";
import { toProblem } from "../api/problem.ts";
import { Button } from "./button.tsx";
import { FormProblem } from "./entry-frame.tsx";

interface FormFootProps {
  /** What the button does: Save, Invite, Make token. */
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onCancel?: () => void;
  readonly isDisabled?: boolean;
  /** At the left, e.g. Remove. */
  readonly children?: ReactNode;
}

/** The end of every form: why it was refused, and its buttons. */
export const FormFoot = ({
  action,
  isBusy,
  error,
  onCancel,
  isDisabled = false,
  children,
}: FormFootProps) => {
  const problem = error === null || error === undefined ? undefined : toProblem(error);
  return (
    <>
      {problem !== undefined && (
        <FormProblem>
          {problem.message} {problem.hint}
        </FormProblem>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {children !== undefined && <div className="mr-auto flex flex-wrap gap-2">{children}</div>}
        {onCancel !== undefined && <Button onClick={onCancel}>Cancel</Button>}
        <Button kind="primary" type="submit" disabled={isBusy || isDisabled}>
          {action}
        </Button>
      </div>
    </>
  );
};

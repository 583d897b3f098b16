import { TriangleAlert } from "lucide-react";
import { ProblemError, toProblem } from "../api/problem.ts";
import { Button } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";

interface ProblemPanelProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly className?: string;
  readonly isPage?: boolean;
}

/** What is not there will not be there a moment later. */
const isWorthRetrying = (error: unknown): boolean => !(error instanceof ProblemError) || error.status !== 404;

/** What went wrong, what to do, and the code to look up or report. */
export const ProblemPanel = ({ error, onRetry, className, isPage = false }: ProblemPanelProps) => {
  const problem = toProblem(error);
  return (
    <div role="alert">
      <EmptyState
        {...(className === undefined ? {} : { className })}
        icon={<TriangleAlert size={20} aria-hidden className="text-danger" />}
        title={problem.message}
        isPage={isPage}
        actions={
          isWorthRetrying(error) && onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>
        }
      >
        <p>{problem.hint}</p>
        <p className="mt-2 font-mono text-xs">
          {problem.code}
          {problem.requestId !== "" && ` · ${problem.requestId}`}
        </p>
      </EmptyState>
    </div>
  );
};

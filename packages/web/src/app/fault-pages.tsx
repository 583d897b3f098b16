import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { MapPinOff } from "lucide-react";
import { buttonClass } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { ProblemPanel } from "../components/problem-panel.tsx";
import { Skeleton } from "../components/skeleton.tsx";

export const MissingPage = () => (
  <EmptyState
    className="min-h-[60dvh]"
    icon={<MapPinOff size={20} aria-hidden />}
    title="There is no such page"
    isPage
    actions={
      <Link to="/" className={buttonClass("primary")}>
        To the overview
      </Link>
    }
  >
    The address may be cut off, or the page has moved.
  </EmptyState>
);

export const FaultPage = ({ error, reset }: ErrorComponentProps) => (
  <ProblemPanel className="min-h-[60dvh]" error={error} onRetry={reset} isPage />
);

/** Where nothing stands around it. */
export const FaultScreen = (props: ErrorComponentProps) => (
  <main>
    <FaultPage {...props} />
  </main>
);

export const PendingPage = () => (
  <div role="status" aria-label="Loading" className="flex flex-col gap-4 p-6">
    <Skeleton className="h-7 w-48" />
    <Skeleton className="h-40 w-full" />
    <Skeleton className="h-64 w-full" />
  </div>
);

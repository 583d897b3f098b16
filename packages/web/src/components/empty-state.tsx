import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** It is all there is of the page: its title is the page's. */
  readonly isPage?: boolean;
  /** What to do now. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
}

/** Nothing to show: says why, and what to do. */
export const EmptyState = ({
  icon,
  title,
  isPage = false,
  children,
  actions,
  className,
}: EmptyStateProps) => (
  <div
    className={classNames(
      "flex flex-col items-center justify-center gap-1.5 px-6 py-10 text-center",
      className,
    )}
  >
    {icon !== undefined && (
      <div className="mb-1 flex size-11 items-center justify-center rounded-full bg-sunken text-ink-3">
        {icon}
      </div>
    )}
    {isPage ? <h1 className="font-semibold">{title}</h1> : <p className="font-semibold">{title}</p>}
    {children !== undefined && <div className="max-w-md text-sm text-pretty text-ink-3">{children}</div>}
    {actions !== undefined && (
      <div className="mt-3 flex flex-wrap items-center justify-center gap-2">{actions}</div>
    )}
  </div>
);

import { type ReactNode, useEffect } from "react";
import { useBranding } from "../design/use-branding.ts";

interface PageHeaderProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's one h1, what it speaks of, and what can be done with the whole page. */
export const PageHeader = ({ title, about, actions }: PageHeaderProps) => {
  const brand = useBranding().name ?? "Trimtab";
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pb-4">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {about !== undefined && (
          <div className="mt-0.5 flex flex-wrap items-center gap-x-2 text-sm text-ink-3">{about}</div>
        )}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
};

import { type ReactNode, useEffect } from "react";
import { Logo } from "../app/logo.tsx";
import { useBranding } from "../design/use-branding.ts";

interface EntryFrameProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly children: ReactNode;
}

/** What those see who are not signed in yet. */
export const EntryFrame = ({ title, about, children }: EntryFrameProps) => {
  const { name, logo } = useBranding();
  const brand = name ?? "Trimtab";
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-5 flex items-center justify-center gap-2.5">
          <Logo size={30} source={logo} />
          <span className="text-xl font-semibold tracking-tight">{brand}</span>
        </div>
        <div className="rounded-xl border border-line bg-surface p-6 shadow-card">
          <h1 className="text-lg font-semibold">{title}</h1>
          {about !== undefined && <div className="mt-1 text-sm text-ink-2">{about}</div>}
          <div className="mt-4">{children}</div>
        </div>
        <p className="mt-4 text-center text-sm text-ink-3">What the cloud costs, and what to change.</p>
      </div>
    </main>
  );
};

/** A refusal above the form's button. */
export const FormProblem = ({ children }: { readonly children: ReactNode }) => (
  <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
    {children}
  </p>
);

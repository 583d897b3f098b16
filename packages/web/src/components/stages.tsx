import { Check } from "lucide-react";
import { classNames } from "./class-names.ts";

interface StagesProps {
  readonly label: string;
  /** In their order; `now`: what is at stake, `failed`: where it ended badly. */
  readonly stages: readonly {
    readonly title: string;
    readonly state: "done" | "now" | "failed" | "later";
    readonly note?: string | undefined;
  }[];
}

const spoken = { done: "done", now: "now", failed: "failed", later: "to come" } as const;

const marks = {
  done: "border-transparent bg-accent text-on-accent",
  now: "border-accent bg-accent-soft text-ink",
  failed: "border-danger bg-danger-soft text-danger",
  later: "border-line-strong bg-surface text-ink-3",
} as const;

/** How far something has come on its way. */
export const Stages = ({ label, stages }: StagesProps) => (
  <ol aria-label={label} className="mb-4 grid auto-cols-fr grid-flow-col gap-1.5 md:gap-3">
    {stages.map(({ title, state, note }, index) => (
      <li key={title} {...(state === "now" ? { "aria-current": "step" as const } : {})} className="min-w-0">
        <span
          aria-hidden
          className={classNames(
            "mb-1.5 block h-1 rounded-full",
            state === "done" ? "bg-accent" : state === "failed" ? "bg-danger" : "bg-line",
          )}
        />
        <span className="flex items-center gap-1.5">
          <span
            aria-hidden
            className={classNames(
              "num inline-flex size-5 shrink-0 items-center justify-center rounded-full border text-xs font-medium max-md:hidden",
              marks[state],
            )}
          >
            {state === "done" ? <Check size={12} /> : index + 1}
          </span>
          <span
            className={classNames(
              "truncate text-sm",
              state === "now" ? "font-semibold" : state === "later" ? "text-ink-3" : "text-ink",
            )}
          >
            {title}
            <span className="sr-only">: {spoken[state]}</span>
          </span>
        </span>
        {note !== undefined && (
          <span className="block truncate pl-6.5 text-xs text-ink-3 max-md:hidden">{note}</span>
        )}
      </li>
    ))}
  </ol>
);

import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

interface CardProps {
  readonly title: ReactNode;
  /** One quiet line below the title. */
  readonly about?: ReactNode;
  /** At the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** The body touches the card's edges: tables and charts. */
  readonly isFlush?: boolean;
}

/** A titled surface; a landmark for whoever jumps by headings. */
export const Card = ({ title, about, actions, children, className, isFlush = false }: CardProps) => {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={classNames(
        "flex min-w-0 flex-col rounded-xl border border-line bg-surface shadow-card",
        className,
      )}
    >
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5 pb-2">
        <div className="min-w-0 grow basis-44">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {about !== undefined && <p className="text-sm text-ink-3">{about}</p>}
        </div>
        {actions}
      </header>
      <div className={classNames("flex min-w-0 grow flex-col", isFlush ? "pb-2" : "px-4 pb-4")}>
        {children}
      </div>
    </section>
  );
};

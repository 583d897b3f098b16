import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { formatMoment, formatPeriod } from "../format/dates.ts";
import { formatMoney, type MoneyStyle } from "../format/numbers.ts";
import { classNames } from "./class-names.ts";
import { type FigureMeta, useFigureMeta } from "./figure-meta.tsx";
import { Popover } from "./popover.tsx";

interface FigureProps {
  /** Decimal text; null: unknown. */
  readonly value: string | null;
  readonly label: string;
  /** Where it differs from what the page says of all its figures. */
  readonly meta?: Partial<FigureMeta>;
  readonly style?: MoneyStyle;
  readonly signed?: boolean;
  readonly className?: string;
}

/** An amount with, one press away, everything that one must know to trust it. */
export const Figure = ({ value, label, meta, style = "auto", signed = false, className }: FigureProps) => {
  const context = useFigureMeta();
  const all = context === undefined ? undefined : { ...context, ...meta };
  if (value === null || all === undefined) {
    return (
      <span className={classNames("num text-ink-3", className)}>{value === null ? "unknown" : value}</span>
    );
  }
  return (
    <span className={classNames("inline-flex items-baseline gap-1", className)}>
      <span className="num">{formatMoney(value, all.currency, { style, signed })}</span>
      <FigureMark
        label={`About ${label}`}
        meta={all}
        exact={formatMoney(value, all.currency, { style: "exact" })}
      />
    </span>
  );
};

interface FigureMarkProps {
  readonly label: string;
  readonly meta: FigureMeta;
  readonly exact?: string;
  readonly children?: ReactNode;
}

/** The small mark behind a figure or in a table's head: basis, currency, complete-to, open or closed. */
export const FigureMark = ({ label, meta, exact, children }: FigureMarkProps) => (
  <Popover
    label={label}
    className="w-72"
    trigger={
      <button
        type="button"
        aria-label={label}
        className="inline-flex size-6 items-center justify-center self-center rounded-full text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <Info size={13} aria-hidden />
      </button>
    }
  >
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1.5 text-sm">
      {exact !== undefined && <Line name="Exactly">{exact}</Line>}
      {meta.period !== undefined && (
        <Line name="Period">{formatPeriod(meta.period.start, meta.period.end)}</Line>
      )}
      <Line name="Basis">{meta.basis}</Line>
      <Line name="Currency">{meta.currency}</Line>
      <Line name="Complete to">{meta.completeTo === null ? "not known" : formatMoment(meta.completeTo)}</Line>
      {meta.status !== undefined && (
        <Line name="Bill">
          {meta.status === "open" ? "open: it may still change" : "closed by the provider"}
        </Line>
      )}
      {meta.lakeVersion !== undefined && <Line name="Data">version {meta.lakeVersion}</Line>}
    </dl>
    {children}
  </Popover>
);

const Line = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd className="num min-w-0 break-words text-ink">{children}</dd>
  </>
);

/** Open or closed, with a shape beside the word: colour alone tells nobody. */
export const StatusMark = ({ status }: { readonly status: "open" | "closed" }) => (
  <span
    className={classNames(
      "inline-flex items-center gap-1.5 rounded-full px-2 py-px text-xs font-medium whitespace-nowrap",
      status === "open" ? "bg-warn-soft text-warn" : "bg-sunken text-ink-2",
    )}
  >
    <span
      aria-hidden
      className={classNames(
        "size-1.5 rounded-full border border-current",
        status === "closed" && "bg-current",
      )}
    />
    {status === "open" ? "Open" : "Closed"}
  </span>
);

import { FigureMark } from "../figure.tsx";
import type { RunBasis } from "./report-types.ts";

interface BasisMarkProps {
  readonly title: string;
  readonly basis: RunBasis | undefined;
  readonly lakeVersion: number;
}

/** What the figures of a block are of, one press away. */
export const BasisMark = ({ title, basis, lakeVersion }: BasisMarkProps) => {
  if (basis === undefined) return null;
  const { period, currency, completeTo, openMonths } = basis;
  const { start, end } = period;
  return (
    <FigureMark
      label={`About ${title}`}
      meta={{
        basis: basis.basis,
        currency: currency.join(", ") || "none",
        completeTo,
        lakeVersion,
        status: openMonths.length > 0 ? "open" : "closed",
        ...(start === null || end === null ? {} : { period: { start, end } }),
      }}
    />
  );
};

/** What the figures of a block can't tell. */
export const BasisNotes = ({ basis }: { readonly basis: RunBasis | undefined }) => (
  <>
    {basis?.notes.map((note) => (
      <p key={note} className="mt-1 text-xs text-ink-3">
        {note}
      </p>
    ))}
  </>
);

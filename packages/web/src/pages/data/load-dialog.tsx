import type { ReactNode } from "react";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { StatusMark } from "../../components/figure.tsx";
import { formatMoment, formatMonth } from "../../format/dates.ts";
import { formatBytes, formatCount, formatMoney } from "../../format/numbers.ts";
import type { Lake, Load } from "./data-search.ts";

interface LoadDialogProps {
  readonly id: string;
  readonly lake: Lake;
  readonly onClose: () => void;
}

/** One load: what it covers, what it adds up to, and what it can't tell. */
export const LoadDialog = ({ id, lake, onClose }: LoadDialogProps) => {
  const load = lake.loads.find((candidate) => candidate.id === id);
  if (load === undefined) {
    return (
      <Dialog isOpen onClose={onClose} title="Load">
        <EmptyState title="This load no longer counts">
          A newer one has replaced it. The history under Loads still tells of it.
        </EmptyState>
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      place="side"
      title={formatMonth(load.billingPeriod.slice(0, 7))}
      about={load.instance}
    >
      <LoadDetails load={load} />
    </Dialog>
  );
};

const LoadDetails = ({ load }: { readonly load: Load }) => (
  <div className="flex flex-col gap-5 p-4">
    {load.notCounted !== null && (
      <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">In no total: {load.notCounted}</p>
    )}
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
      <Line name="Bill">
        <StatusMark status={load.status} />
      </Line>
      <Line name="Source">{load.source}</Line>
      <Line name="Account">{load.account || "not told"}</Line>
      <Line name="Charges from">{formatMoment(load.chargeStart)}</Line>
      <Line name="Charges to">{formatMoment(load.chargeEnd)}</Line>
      <Line name="Delivered to">{formatMoment(load.usageEnd)}</Line>
      <Line name="Loaded">{formatMoment(load.loadedAt)}</Line>
      <Line name="Charges">{formatCount(load.rows)}</Line>
      <Line name="Set aside">{formatCount(load.quarantined)}</Line>
      <Line name="Size">{formatBytes(load.bytes)}</Line>
      <Line name="Load">
        <span className="font-mono text-xs break-all">{load.id}</span>
      </Line>
    </dl>
    <Sums load={load} />
    <Unknown load={load} />
  </div>
);

const Line = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd className="num min-w-0">{children}</dd>
  </>
);

/** `BilledCost` → `Billed cost`. */
const columnTitle = (column: string): string => {
  const words = column.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const Sums = ({ load: { sums } }: { readonly load: Load }) => (
  <section aria-label="Sums">
    <h3 className="pb-1 font-semibold">What it adds up to</h3>
    <p className="pb-2 text-sm text-ink-3">To the last digit, as the file's rows add up</p>
    <table className="w-full text-sm">
      <tbody>
        {Object.entries(sums).flatMap(([currency, columns]) =>
          Object.entries(columns).map(([column, amount]) => (
            <tr key={`${currency} ${column}`} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal text-ink-2">
                {columnTitle(column)}
              </th>
              <td className="num py-1.5 text-right font-medium">
                {formatMoney(amount, currency, { style: "exact" })}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  </section>
);

const Unknown = ({ load: { unknown } }: { readonly load: Load }) => {
  const entries = Object.entries(unknown);
  if (entries.length === 0) return null;
  return (
    <section aria-label="What it can't tell">
      <h3 className="pb-1 font-semibold">What it can't tell</h3>
      <ul className="flex flex-col gap-1.5 text-sm">
        {entries.map(([column, reason]) => (
          <li key={column}>
            <span className="font-medium">{columnTitle(column)}</span>
            <span className="text-ink-2">: {reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

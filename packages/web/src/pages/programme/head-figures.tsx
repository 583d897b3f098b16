import { useQuery } from "@tanstack/react-query";
import { add, decimal, formatDecimal, subtract } from "@trimtab/domain";
import type { ReactNode } from "react";
import { Figure } from "../../components/figure.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { formatMoney } from "../../format/numbers.ts";
import { type Board, statusOptions, waterfallOptions } from "./programme-search.ts";

interface HeadFiguresProps {
  readonly id: string;
  readonly board: Board;
}

/** From where, to where, and how far: all of a month. */
export const HeadFigures = ({ id, board: { costs, costsReason, programme } }: HeadFiguresProps) => {
  const { data } = useQuery({ ...waterfallOptions(id), enabled: costs !== null });
  const status = useQuery({ ...statusOptions(id), enabled: costs !== null });
  if (costs === null) {
    return (
      <p className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
        No amounts yet: {costsReason}. Load the bills of the months that the programme starts from.
      </p>
    );
  }
  const { currency } = costs;
  const today = formatDecimal(
    costs.lines.reduce((sum, { monthly }) => add(sum, decimal(monthly)), decimal("0")),
  );
  const waterfall = data?.waterfall;
  const realised = status.data?.total.realised;
  const target = programme.target ?? waterfall?.end.mid;
  return (
    <dl className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Tile name="Today, a month">
        <Figure value={today} label="today's spend" />
      </Tile>
      <Tile
        name="Target"
        note={
          target === undefined
            ? undefined
            : `${formatMoney(formatDecimal(subtract(decimal(today), decimal(target))), currency)} less`
        }
      >
        {target === undefined ? (
          <Skeleton className="h-7 w-28" />
        ) : (
          <Figure value={target} label="the target" />
        )}
      </Tile>
      <Tile
        name="Planned saving"
        note={
          waterfall === undefined
            ? undefined
            : `${formatMoney(waterfall.saved.low, currency)} to ${formatMoney(waterfall.saved.high, currency)}`
        }
      >
        {waterfall === undefined ? (
          <Skeleton className="h-7 w-28" />
        ) : (
          <Figure value={waterfall.saved.mid} label="the planned saving" />
        )}
      </Tile>
      <Tile
        name="Realised"
        note={
          realised === undefined
            ? undefined
            : realised.status === "verified"
              ? "proven on the bill"
              : realised.reason
        }
      >
        {realised === undefined ? (
          status.isError ? (
            <span className="text-ink-3">unknown</span>
          ) : (
            <Skeleton className="h-7 w-28" />
          )
        ) : realised.status === "verified" ? (
          <Figure value={realised.saving.mid} label="the realised saving" />
        ) : (
          <span className="text-ink-3">none proven</span>
        )}
      </Tile>
    </dl>
  );
};

interface TileProps {
  readonly name: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}

const Tile = ({ name, note, children }: TileProps) => (
  <div className="min-w-0 rounded-xl border border-line bg-surface px-4 py-3 shadow-card">
    <dt className="text-sm text-ink-3">{name}</dt>
    <dd className="num pt-0.5 text-xl font-semibold">{children}</dd>
    {note !== undefined && <dd className="num text-xs text-ink-3">{note}</dd>}
  </div>
);

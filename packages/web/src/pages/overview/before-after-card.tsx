import { Link } from "@tanstack/react-router";
import { decimal, divide, formatDecimal, isZero, subtract } from "@trimtab/domain";
import { ArrowUpRight, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button, buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { classNames } from "../../components/class-names.ts";
import { RatioDelta } from "../../components/delta.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Figure } from "../../components/figure.tsx";
import type { FigureMeta } from "../../components/figure-meta.tsx";
import { ChoiceMenu } from "../../components/menu.tsx";
import { formatPeriod } from "../../format/dates.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { Overview } from "./overview-search.ts";
import { monthPeriod } from "./periods.ts";
import type { ProgrammeFigures } from "./programme-search.ts";

type Costs = NonNullable<ProgrammeFigures["costs"]>;
type Months = Costs["beforeFrom"];

interface BeforeAfterCardProps {
  readonly figures: ProgrammeFigures;
  readonly overview: Overview;
  readonly onChoose: (programme: string) => void;
  readonly className: string;
}

/** A month of what a programme is about: at its start, now, and as it is to be; and what of it is proven. */
export const BeforeAfterCard = ({ figures, overview, onChoose, className }: BeforeAfterCardProps) => {
  const { programme, programmes, costs, costsReason } = figures;
  return (
    <Card
      className={className}
      title="Before and after"
      about="A month of what the programme is about"
      actions={
        programmes.length > 1 ? (
          <ChoiceMenu
            label="Programme"
            align="end"
            value={programme.id}
            onChoose={onChoose}
            choices={programmes.map(({ id, name }) => ({ value: id, title: name }))}
            trigger={
              <Button size="sm" aria-label={`Programme: ${programme.name}`} className="max-w-48">
                <span className="truncate">{programme.name}</span> <ChevronDown size={14} aria-hidden />
              </Button>
            }
          />
        ) : (
          <Link
            to="/programme/$id"
            params={{ id: programme.id }}
            search={{}}
            className={buttonClass("quiet", "sm")}
          >
            <span className="max-w-44 truncate">{programme.name}</span> <ArrowUpRight size={14} aria-hidden />
          </Link>
        )
      }
    >
      {costs === null ? (
        <EmptyState title="The bill can't tell the costs of its start">
          {costsReason} Load the bills of the months that the programme starts from.
        </EmptyState>
      ) : (
        <CostBars costs={costs} overview={overview} currency={figures.currency} />
      )}
    </Card>
  );
};

interface CostBarsProps {
  readonly costs: Costs;
  readonly overview: Overview;
  readonly currency: string;
}

const CostBars = ({ costs, overview, currency }: CostBarsProps) => {
  const { before, beforeFrom, now, nowFrom, target, realised } = costs;
  const largest = Math.max(...[before, now ?? "0", target].map(Number), 1e-9);
  const metaOf = (from: Months) => ({ currency, ...monthsMeta(from, overview) });
  return (
    <div className="flex grow flex-col">
      <dl className="flex flex-col gap-3.5 pt-1">
        <Bar
          name="Before"
          note={monthsText(beforeFrom)}
          share={Number(before) / largest}
          look="bg-line-strong"
        >
          <Figure value={before} label="the cost before" meta={metaOf(beforeFrom)} />
        </Bar>
        <Bar
          name="Now"
          note={nowFrom === null ? "stated costs have no bill to compare with" : monthsText(nowFrom)}
          share={Number(now ?? "0") / largest}
          look="bg-accent"
          change={now === null ? undefined : changeRate(before, now)}
        >
          {nowFrom === null ? (
            <span className="text-ink-3">not told</span>
          ) : (
            <Figure value={now} label="the cost now" meta={metaOf(nowFrom)} />
          )}
        </Bar>
        <Bar
          name="Target"
          note="once every task is done"
          share={Number(target) / largest}
          look="bg-down"
          change={changeRate(before, target)}
        >
          <Figure
            value={target}
            label="the target"
            meta={{
              ...metaOf(beforeFrom),
              basis: "aimed at by the programme",
              status: undefined,
              period: undefined,
            }}
          />
        </Bar>
      </dl>
      <p className="num mt-4 border-t border-line pt-3 text-sm">
        <span className="font-medium">Proven on the bill: </span>
        {realised.status === "verified" ? (
          <>
            <span className="font-semibold text-down">
              {formatMoney(realised.saving.mid, realised.saving.currency)}
            </span>{" "}
            saved a month{" "}
            <span className="text-ink-3">
              ({formatMoney(realised.saving.low, realised.saving.currency)} to{" "}
              {formatMoney(realised.saving.high, realised.saving.currency)})
            </span>
          </>
        ) : (
          <span className="text-ink-3">
            nothing yet ({realised.reason}). Cost also changes for other reasons.
          </span>
        )}
      </p>
    </div>
  );
};

interface BarProps {
  readonly name: string;
  readonly note: string;
  readonly share: number;
  readonly look: string;
  readonly change?: string | undefined;
  readonly children: ReactNode;
}

const Bar = ({ name, note, share, look, change, children }: BarProps) => (
  <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3">
    <dt className="min-w-0">
      <span className="font-medium">{name}</span> <span className="text-sm text-ink-3">{note}</span>
    </dt>
    <dd className="flex items-baseline gap-2 font-semibold">
      {change !== undefined && <RatioDelta ratio={change} className="text-sm font-normal" />}
      {children}
    </dd>
    <dd aria-hidden className="col-span-2 mt-1.5 h-2.5 overflow-hidden rounded-full bg-sunken">
      <span
        className={classNames("block h-full rounded-full", look)}
        style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }}
      />
    </dd>
  </div>
);

const changeRate = (before: string, after: string): string | undefined =>
  isZero(decimal(before))
    ? undefined
    : formatDecimal(divide(subtract(decimal(after), decimal(before)), decimal(before), 6));

const periodOf = (from: Extract<Months, { readonly kind: "bill" }>) => ({
  start: monthPeriod(from.first).start,
  end: monthPeriod(from.last).end,
});

const monthsText = (from: Months): string => {
  if (from.kind === "stated") return "as the programme states it";
  const { start, end } = periodOf(from);
  return formatPeriod(start, end);
};

/** Open or closed is known of the months that the page shows. */
const monthsMeta = (from: Months, { trend }: Overview): Partial<FigureMeta> => {
  if (from.kind === "stated")
    return { basis: "stated in the programme", status: undefined, period: undefined };
  const known = trend.filter(({ month }) => month >= from.first && month <= from.last);
  const status = known.some((one) => one.status === "open") ? "open" : known[0]?.status;
  return {
    basis: from.first === from.last ? from.basis : `${from.basis}; a month on average`,
    period: periodOf(from),
    status,
  };
};

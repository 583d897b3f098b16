import { useQuery } from "@tanstack/react-query";
import { decimal, formatDecimal, sign, subtract } from "@trimtab/domain";
import { useMemo, useState } from "react";
import { waterfallOption } from "trimtab/charts";
import { Chart } from "../../charts/chart.tsx";
import { useChartLook } from "../../charts/chart-look.ts";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoney } from "../../format/numbers.ts";
import { type Board, type Scenarios, type Waterfall, waterfallOptions } from "./programme-search.ts";

type Scenario = keyof Scenarios;

interface WaterfallCardProps {
  readonly id: string;
  readonly board: Board;
  readonly onTask: (task: string) => void;
}

/** From today's spend, task by task, to what is left: exact in each of the three assumptions. */
export const WaterfallCard = ({
  id,
  board: { costs, costsReason, programme },
  onTask,
}: WaterfallCardProps) => {
  const { data, error, refetch } = useQuery({ ...waterfallOptions(id), enabled: costs !== null });
  const [scenario, setScenario] = useState<Scenario>("mid");
  if (costs === null) {
    return (
      <Card title="From today to the target">
        <EmptyState title="The bill can't tell what is spent today">{costsReason}</EmptyState>
      </Card>
    );
  }
  return (
    <Card
      title="From today to the target"
      about="A month of the bill; each task in its turn, so that nothing is counted twice"
      isFlush
      actions={
        <Segmented
          label="Assumption"
          value={scenario}
          onChoose={setScenario}
          choices={[
            { value: "low", title: "Cautious" },
            { value: "mid", title: "Likely" },
            { value: "high", title: "At best" },
          ]}
        />
      }
    >
      {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={6} className="px-4" />}
      {data !== undefined && (
        <>
          <Picture waterfall={data.waterfall} scenario={scenario} />
          <Steps waterfall={data.waterfall} scenario={scenario} target={programme.target} onTask={onTask} />
        </>
      )}
    </Card>
  );
};

interface PartProps {
  readonly waterfall: Waterfall;
  readonly scenario: Scenario;
}

const Picture = ({ waterfall, scenario }: PartProps) => {
  const look = useChartLook();
  const option = useMemo(() => {
    const { currency, start, steps, end } = waterfall;
    const money = (text: string, signed = false) => formatMoney(text, currency, { style: "compact", signed });
    return waterfallOption(
      {
        steps: [
          { name: "Today", text: start, kind: "total" },
          ...steps.map(({ title, marginal }) => ({
            name: title,
            text: formatDecimal(subtract(decimal("0"), decimal(marginal[scenario]))),
            kind: "change" as const,
          })),
          { name: "After all tasks", text: end[scenario], kind: "total" },
        ],
        valueTitle: (text) => money(text),
        changeTitle: (text) => money(text, true),
        shortTitle: ({ kind, text }) => money(text, kind === "change"),
        axisTitle: (value) => money(`${value}`),
      },
      look,
    );
  }, [waterfall, scenario, look]);
  const { currency, start, end } = waterfall;
  return (
    <div className="px-4">
      <Chart
        kind="axes"
        option={option}
        className="h-64 max-md:hidden"
        label={`From ${formatMoney(start, currency)} a month today to ${formatMoney(end[scenario], currency)}; the table below has each task.`}
      />
    </div>
  );
};

interface Line {
  readonly key: string;
  readonly title: string;
  readonly marginal: string | null;
  readonly alone: string | null;
  readonly after: string;
  readonly isTotal: boolean;
}

const linesOf = (
  { start, steps, end, saved }: Waterfall,
  scenario: Scenario,
  target: string | undefined,
): readonly Line[] => [
  { key: " today", title: "Today", marginal: null, alone: null, after: start, isTotal: true },
  ...steps.map(({ key, title, marginal, alone, after }) => ({
    key,
    title,
    marginal: marginal[scenario],
    alone: alone[scenario],
    after: after[scenario],
    isTotal: false,
  })),
  {
    key: " end",
    title: "After all tasks",
    marginal: saved[scenario],
    alone: null,
    after: end[scenario],
    isTotal: true,
  },
  ...(target === undefined
    ? []
    : [
        {
          key: " target",
          title: gapTitle(end[scenario], target),
          marginal: null,
          alone: null,
          after: target,
          isTotal: true,
        },
      ]),
];

const gapTitle = (end: string, target: string): string => {
  const gap = sign(subtract(decimal(end), decimal(target)));
  if (gap === 0) return "Target, reached exactly";
  return gap < 0 ? "Target, more than reached" : "Target, not reached";
};

interface StepsProps extends PartProps {
  readonly target: string | undefined;
  readonly onTask: (task: string) => void;
}

const Steps = ({ waterfall, scenario, target, onTask }: StepsProps) => {
  const { currency, overlap } = waterfall;
  const money = (amount: string | null) =>
    amount === null ? null : (
      <span title={formatMoney(amount, currency, { style: "exact" })}>{formatMoney(amount, currency)}</span>
    );
  const columns: readonly DataColumn<Line>[] = [
    {
      id: "task",
      title: "Task",
      className: "min-w-40",
      cell: ({ key, title, isTotal }) =>
        isTotal ? (
          <span className="font-medium">{title}</span>
        ) : (
          <button
            type="button"
            onClick={() => onTask(key)}
            className="rounded-sm text-left text-accent hover:underline"
          >
            {title}
          </button>
        ),
    },
    {
      id: "marginal",
      title: "Saves in its turn",
      isNumber: true,
      cell: ({ marginal, isTotal }) => (
        <span className={isTotal ? "font-medium" : ""}>{money(marginal)}</span>
      ),
    },
    {
      id: "alone",
      title: "Alone it would",
      isNumber: true,
      className: "max-md:hidden",
      cell: ({ alone }) => money(alone),
    },
    {
      id: "after",
      title: "Left of a month",
      isNumber: true,
      cell: ({ after, isTotal }) => <span className={isTotal ? "font-medium" : ""}>{money(after)}</span>,
    },
  ];
  const twice = overlap[scenario];
  return (
    <>
      <DataTable
        caption="What each task saves"
        columns={columns}
        rows={linesOf(waterfall, scenario, target)}
        rowKey={({ key }) => key}
        isFirstSticky
      />
      {sign(decimal(twice)) > 0 && (
        <p className="px-4 pt-2 text-sm text-ink-3">
          Added up one by one, the tasks would claim {formatMoney(twice, currency)} more: that would be
          counted twice.
        </p>
      )}
    </>
  );
};

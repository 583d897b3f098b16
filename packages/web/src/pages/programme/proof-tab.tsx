import { useQuery } from "@tanstack/react-query";
import { ScanSearch } from "lucide-react";
import { useMay } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { toast } from "../../components/toaster.tsx";
import { formatMoney } from "../../format/numbers.ts";
import { type ClaimLine, claimLines } from "./claims.ts";
import { CriterionLines } from "./outcome-mark.tsx";
import { type Board, type StatusReport, statusOptions } from "./programme-search.ts";
import { EstimateText, RealisedText } from "./saving-text.tsx";
import { TaskStatusBadge } from "./task-status.tsx";
import { useCheck } from "./use-task-changes.ts";

interface ProofTabProps {
  readonly id: string;
  readonly board: Board;
  readonly onTask: (task: string) => void;
}

/** What was measured, what was claimed, and what came true. */
export const ProofTab = ({ id, board, onTask }: ProofTabProps) => {
  const { data, error, refetch } = useQuery(statusOptions(id));
  if (error !== null) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Card title="Measuring every criterion…">
        <SkeletonRows count={6} />
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <Card
        title="Planned against realised"
        about="A month; realised is only what a verification on the bill has proven"
        isFlush
      >
        <DataTable
          caption="Planned and realised by task"
          columns={stepColumns(data, onTask)}
          rows={data.steps}
          rowKey={({ task }) => task}
          isFirstSticky
        />
      </Card>
      <Claims report={data} />
      <CriteriaCard id={id} board={board} report={data} />
    </div>
  );
};

type Step = StatusReport["steps"][number];

const stepColumns = (
  { currency, total }: StatusReport,
  onTask: (task: string) => void,
): readonly DataColumn<Step>[] => [
  {
    id: "task",
    title: "Task",
    className: "min-w-40",
    footer: "All tasks",
    cell: ({ task, title }) => (
      <button
        type="button"
        onClick={() => onTask(task)}
        className="rounded-sm text-left text-accent hover:underline"
      >
        {title}
      </button>
    ),
  },
  { id: "state", title: "State", cell: ({ status }) => <TaskStatusBadge status={status} /> },
  {
    id: "planned",
    title: "Planned",
    isNumber: true,
    sortBy: ({ planned }) => Number(planned.mid),
    cell: ({ planned }) => <EstimateText estimate={planned} currency={currency} />,
  },
  {
    id: "realised",
    title: "Realised",
    isNumber: true,
    cell: ({ realised }) => <RealisedText realised={realised} currency={currency} />,
    footer: <RealisedText realised={total.realised} currency={currency} />,
  },
];

const Claims = ({ report }: { readonly report: StatusReport }) => {
  const lines = claimLines(report);
  if (lines.length === 0) return null;
  const { currency } = report;
  const columns: readonly DataColumn<ClaimLine>[] = [
    {
      id: "title",
      title: "Claim",
      className: "min-w-48 max-md:min-w-28",
      cell: ({ title, note }) => (
        <>
          {title}
          {note !== undefined && <span className="block text-sm text-ink-3">{note}</span>}
        </>
      ),
    },
    {
      id: "saving",
      title: "Claimed",
      isNumber: true,
      sortBy: ({ saving }) => Number(saving),
      cell: ({ saving }) => formatMoney(saving, currency),
    },
    {
      id: "planned",
      title: "Its tasks save",
      isNumber: true,
      sortBy: ({ planned }) => Number(planned?.mid ?? 0),
      cell: ({ planned }) =>
        planned === undefined ? (
          <span className="text-ink-3">names no task</span>
        ) : (
          <EstimateText estimate={planned} currency={currency} />
        ),
    },
  ];
  return (
    <Card
      title="Claimed against computed"
      about="What its authors say, beside what the same tasks save when each is counted once"
      isFlush
    >
      <DataTable
        caption="Claims and what was computed"
        columns={columns}
        rows={lines}
        rowKey={({ title }) => title}
        isFirstSticky
      />
    </Card>
  );
};

interface CriteriaCardProps {
  readonly id: string;
  readonly board: Board;
  readonly report: StatusReport;
}

const CriteriaCard = ({ id, board, report }: CriteriaCardProps) => {
  const check = useCheck(id);
  const mayDecide = useMay("decide");
  const runCheck = () =>
    check.mutate(undefined, {
      onSuccess: ({ tasks }) => {
        const changed = tasks.filter(({ verdict }) => verdict !== "unchanged").length;
        toast(
          changed === 0 ? "Checked: no task changed its state" : `Checked: ${changed} changed their state`,
        );
      },
    });
  const judged = report.criteria.filter(({ results }) => results.length > 0);
  return (
    <Card
      title="What shows that it is done"
      about="Measured on bills and metrics; a check ticks the tasks that it shows done, and unticks what no longer holds"
      actions={
        mayDecide && (
          <Button kind="primary" disabled={check.isPending} onClick={runCheck}>
            <ScanSearch size={15} aria-hidden /> {check.isPending ? "Measuring…" : "Check now"}
          </Button>
        )
      }
    >
      {judged.length === 0 ? (
        <EmptyState title="No task has a success criterion">
          Add some in the programme's file, such as{" "}
          <code className="font-mono">effective(ServiceName = 'Cloud Run', last month) &lt;= 1400</code>.
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {judged.map(({ task, results, remark }) => (
            <li key={task} className="grid gap-x-6 gap-y-2 py-3 md:grid-cols-[16rem_1fr]">
              <span>
                <span className="font-medium">
                  {board.programme.tasks.find((candidate) => candidate.id === task)?.title ?? task}
                </span>
                <span className="block text-sm text-ink-3">{remark}</span>
              </span>
              <CriterionLines results={results} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};

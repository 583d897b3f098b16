import { useQuery } from "@tanstack/react-query";
import { NotebookPen } from "lucide-react";
import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDay, formatMoment } from "../../format/dates.ts";
import { BudgetsCard } from "./budgets-card.tsx";
import { type Board, statusOptions } from "./programme-search.ts";

interface RecordsTabProps {
  readonly id: string;
  readonly board: Board;
}

const levels: Readonly<Record<string, BadgeTone>> = { low: "plain", medium: "warn", high: "bad" };

/** Risks, blockers, incidents, milestones, sign-offs, lessons, and the programme's own money. */
export const RecordsTab = ({ id, board }: RecordsTabProps) => {
  const status = useQuery({ ...statusOptions(id), enabled: board.costs !== null });
  const { risks, blockers, incidents, milestones, lessons, budget, ...others } = board.programme;
  const signOffs = others["sign-offs"];
  const hasAny = [risks, blockers, incidents, milestones, lessons, budget, signOffs].some(
    (records) => records !== undefined && records.length > 0,
  );
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      {!hasAny && (
        <div className="lg:col-span-2">
          <EmptyState icon={<NotebookPen size={20} aria-hidden />} title="No risks or other records yet">
            Risks, milestones, budget and sign-offs are sections of the programme's file: take it out by{" "}
            <code className="font-mono">trimtab programme export</code>, add them, and bring it back by{" "}
            <code className="font-mono">trimtab programme import</code>.
          </EmptyState>
        </div>
      )}
      <Records title="Risks" records={risks}>
        {({ title, impact, probability, trend, mitigation, closed }) => (
          <>
            <Head title={title} isClosed={closed}>
              <Badge tone={levels[impact] ?? "plain"}>impact {impact}</Badge>
              <Badge tone={levels[probability] ?? "plain"}>probability {probability}</Badge>
              <Badge>{trend}</Badge>
            </Head>
            <p className="text-ink-2">{mitigation}</p>
          </>
        )}
      </Records>
      <Records title="Blockers" records={blockers}>
        {({ title, workaround, tasks, closed }) => (
          <>
            <Head title={title} isClosed={closed} />
            {workaround !== undefined && <p className="text-ink-2">Way around: {workaround}</p>}
            {tasks !== undefined && <p className="text-ink-3">Holds up {tasks.join(", ")}</p>}
          </>
        )}
      </Records>
      <Records title="Milestones" records={milestones}>
        {({ title, dueOn, tasks, closed }) => (
          <>
            <Head title={title} isClosed={closed}>
              <span className="num text-ink-2">{formatDay(dueOn)}</span>
            </Head>
            {tasks !== undefined && <p className="text-ink-3">With {tasks.join(", ")}</p>}
          </>
        )}
      </Records>
      <Records title="Incidents" records={incidents}>
        {({ title, startedAt, endedAt, effect, closed }) => (
          <>
            <Head title={title} isClosed={closed} />
            <p className="num text-ink-3">
              {formatMoment(startedAt)}
              {endedAt === undefined ? ", not over" : ` – ${formatMoment(endedAt)}`}
            </p>
            <p className="text-ink-2">{effect}</p>
          </>
        )}
      </Records>
      <Records title="Sign-offs" records={signOffs}>
        {({ title, by, role, statement, closed }) => (
          <>
            <Head title={title} isClosed={closed} />
            <p className="text-ink-2">{statement}</p>
            <p className="text-ink-3">
              {by}
              {role !== undefined && `, ${role}`}
            </p>
          </>
        )}
      </Records>
      <Records title="Lessons" records={lessons}>
        {({ title, lesson, closed }) => (
          <>
            <Head title={title} isClosed={closed} />
            <p className="text-ink-2">{lesson}</p>
          </>
        )}
      </Records>
      {status.data !== undefined && <BudgetsCard report={status.data} />}
    </div>
  );
};

interface RecordsProps<T> {
  readonly title: string;
  readonly records: readonly T[] | undefined;
  readonly children: (record: T) => ReactNode;
}

const Records = <T extends { readonly title: string }>({ title, records = [], children }: RecordsProps<T>) =>
  records.length === 0 ? null : (
    <Card title={title}>
      <ul className="flex flex-col divide-y divide-line">
        {records.map((record) => (
          <li key={record.title} className="flex flex-col gap-1 py-2.5 text-sm">
            {children(record)}
          </li>
        ))}
      </ul>
    </Card>
  );

interface HeadProps {
  readonly title: string;
  readonly isClosed: boolean | undefined;
  readonly children?: ReactNode;
}

const Head = ({ title, isClosed = false, children }: HeadProps) => (
  <p className="flex flex-wrap items-center gap-2">
    <span className="font-medium">{title}</span>
    {isClosed && <Badge tone="good">closed</Badge>}
    {children}
  </p>
);

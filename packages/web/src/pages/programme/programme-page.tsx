import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { FigureMetaProvider } from "../../components/figure-meta.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PageTabs } from "../../components/page-tabs.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay } from "../../format/dates.ts";
import { GanttCard } from "./gantt-card.tsx";
import { HeadFigures } from "./head-figures.tsx";
import { type Board, boardOptions, type ProgrammePart, type ProgrammeSearch } from "./programme-search.ts";
import { ProofTab } from "./proof-tab.tsx";
import { RecordsTab } from "./records-tab.tsx";
import { ReportTab } from "./report-tab.tsx";
import { TaskDialog } from "./task-dialog.tsx";
import { TasksCard } from "./tasks-card.tsx";
import { WaterfallCard } from "./waterfall-card.tsx";

/** One programme: where it stands, what is next, and what it really saved. */
export const ProgrammePage = () => {
  const { id } = useParams({ from: "/signed-in/programme/$id" });
  const { data: board, error, refetch } = useQuery(boardOptions(id));
  if (board === undefined) {
    return (
      <>
        <BackLink />
        <PageHeader title="Programme" />
        {error === null ? (
          <div role="status" aria-label="Loading the programme">
            <SkeletonRows count={8} />
          </div>
        ) : (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        )}
      </>
    );
  }
  return <WholeProgramme id={id} board={board} />;
};

const BackLink = () => (
  <Link
    to="/programme"
    className="mb-1 inline-flex items-center gap-0.5 rounded-sm text-sm text-ink-3 hover:text-ink print:hidden"
  >
    <ChevronLeft size={14} aria-hidden /> All programmes
  </Link>
);

const parts: readonly { readonly value: ProgrammePart; readonly title: string }[] = [
  { value: "plan", title: "Plan" },
  { value: "proof", title: "Proof" },
  { value: "records", title: "Risks and records" },
  { value: "report", title: "Status report" },
];

const WholeProgramme = ({ id, board }: { readonly id: string; readonly board: Board }) => {
  const search = useSearch({ from: "/signed-in/programme/$id" });
  const navigate = useNavigate();
  const go = (next: ProgrammeSearch) => void navigate({ to: "/programme/$id", params: { id }, search: next });
  const view = search.view ?? "plan";
  const openTask = (task: string) => go({ ...search, task });
  const { task: _closed, ...withoutTask } = search;
  const shared = { id, board, onTask: openTask };
  return (
    <FigureMetaProvider meta={metaOf(board)}>
      <BackLink />
      <PageHeader title={board.head.name} about={<Facts board={board} />} />
      <HeadFigures id={id} board={board} />
      <PageTabs
        label="Parts of the programme"
        value={view}
        choices={parts}
        onChoose={(next) => go(next === "plan" ? {} : { view: next })}
      >
        {view === "plan" && (
          <div className="flex flex-col gap-4">
            <Remarks remarks={board.remarks} />
            <WaterfallCard {...shared} />
            <GanttCard {...shared} />
            <TasksCard {...shared} />
          </div>
        )}
        {view === "proof" && <ProofTab {...shared} />}
        {view === "records" && <RecordsTab board={board} id={id} />}
        {view === "report" && (
          <ReportTab
            id={id}
            cadence={search.cadence ?? "weekly"}
            onCadence={(cadence) => go({ view: "report", ...(cadence === "daily" ? { cadence } : {}) })}
          />
        )}
      </PageTabs>
      {search.task !== undefined && (
        <TaskDialog
          id={id}
          board={board}
          task={search.task}
          onClose={() => go(withoutTask)}
          onTask={openTask}
        />
      )}
    </FigureMetaProvider>
  );
};

const Facts = ({ board: { head, schedule } }: { readonly board: Board }) => (
  <>
    <span>{head.status}</span>
    <span aria-hidden>·</span>
    <span>
      {head.done} of {head.tasks} tasks done
    </span>
    <span aria-hidden>·</span>
    <span>
      {formatDay(schedule.start)} – {formatDay(schedule.finish)} as things stand
    </span>
  </>
);

const Remarks = ({ remarks }: { readonly remarks: Board["remarks"] }) =>
  remarks.length === 0 ? null : (
    <details className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
      <summary className="cursor-pointer rounded-sm font-medium">
        {remarks.length === 1 ? "One thing does" : `${remarks.length} things do`} not fit together
      </summary>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5">
        {remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </details>
  );

/** What every amount of the programme is: a month, of these months of the bill. */
const metaOf = ({ programme, costs }: Board) => {
  const from = costs?.from;
  const basis =
    from === undefined
      ? "a month; the bill can't tell"
      : from.kind === "stated"
        ? "a month, as the programme states it"
        : `a month on average from ${from.first} to ${from.last}; ${from.basis}`;
  return { currency: programme.currency, basis, completeTo: null };
};

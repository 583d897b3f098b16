import { useQuery } from "@tanstack/react-query";
import { Printer } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay } from "../../format/dates.ts";
import { formatCount, formatMoney } from "../../format/numbers.ts";
import { type StatusReport, statusOptions } from "./programme-search.ts";
import { ReportMoney } from "./report-money.tsx";
import { taskStatusTitle } from "./task-status.tsx";

interface ReportTabProps {
  readonly id: string;
  readonly cadence: "daily" | "weekly";
  readonly onCadence: (cadence: "daily" | "weekly") => void;
}

/** The status report as a page that is read from top to bottom, and printed as it stands. */
export const ReportTab = ({ id, cadence, onCadence }: ReportTabProps) => {
  const { data, error, refetch } = useQuery(statusOptions(id, cadence));
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3 pb-4 print:hidden">
        <Segmented
          label="Over"
          value={cadence}
          onChoose={onCadence}
          choices={[
            { value: "weekly", title: "Weekly" },
            { value: "daily", title: "Daily" },
          ]}
        />
        <Button onClick={() => print()} disabled={data === undefined}>
          <Printer size={15} aria-hidden /> Print
        </Button>
      </div>
      {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={10} />}
      {data !== undefined && <Report report={data} />}
    </>
  );
};

const Report = ({ report }: { readonly report: StatusReport }) => (
  <article className="mx-auto flex w-full max-w-4xl flex-col gap-6 rounded-xl border border-line bg-surface px-6 py-6 shadow-card max-md:px-4 print:max-w-none print:border-0 print:p-0 print:shadow-none">
    <header>
      <h2 className="text-xl font-semibold">
        {report.cadence === "weekly" ? "Week" : "Day"} to {formatDay(report.today)}
      </h2>
      <p className="pt-1 text-base text-ink-2">{summaryOf(report)}</p>
    </header>
    <ReportMoney report={report} />
    <Happened report={report} />
    <Next report={report} />
    <Trouble report={report} />
    <Risks report={report} />
  </article>
);

const summaryOf = ({ tasks, total, currency, late, blocked }: StatusReport): string => {
  const all = tasks.todo + tasks["in-progress"] + tasks.blocked + tasks.done;
  const money = (amount: string) => formatMoney(amount, currency);
  const realised =
    total.realised.status === "verified"
      ? `${money(total.realised.saving.mid)} a month is proven on the bill`
      : "no saving is proven on the bill yet";
  return [
    `${formatCount(tasks.done)} of ${formatCount(all)} tasks are done, ${formatCount(tasks["in-progress"])} in progress; ${realised}.`,
    `A month cost ${money(total.baseline)} at the start and is to cost ${money(total.target)}.`,
    ...(late.length + blocked.length === 0
      ? []
      : [`${formatCount(late.length)} will be late, ${formatCount(blocked.length)} blocked.`]),
  ].join(" ");
};

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title} className="break-inside-avoid">
    <h3 className="pb-1.5 text-base font-semibold">{title}</h3>
    {children}
  </section>
);

const Items = ({ children }: { readonly children: ReactNode }) => (
  <ul className="flex list-disc flex-col gap-1 pl-5 text-ink-2">{children}</ul>
);

const titleOf = ({ steps }: StatusReport, task: string): string =>
  steps.find((step) => step.task === task)?.title ?? task;

const Happened = ({ report }: { readonly report: StatusReport }) => (
  <Section title="What happened">
    {report.happened.length === 0 ? (
      <p className="text-ink-3">No task changed its state.</p>
    ) : (
      <Items>
        {report.happened.map(({ task, to, on, reason }) => (
          <li key={`${task} ${to} ${on}`}>
            {formatDay(on, "short")}: {titleOf(report, task)} is {taskStatusTitle(to).toLowerCase()}
            {reason !== undefined && ` (${reason})`}
          </li>
        ))}
      </Items>
    )}
  </Section>
);

const Next = ({ report }: { readonly report: StatusReport }) => (
  <Section title="What is next">
    {report.next.length === 0 ? (
      <p className="text-ink-3">Nothing starts or ends by then.</p>
    ) : (
      <Items>
        {report.next.map(({ task, what, on }) => (
          <li key={`${task} ${what}`}>
            {formatDay(on, "short")}: {titleOf(report, task)} {what}
          </li>
        ))}
      </Items>
    )}
  </Section>
);

const Trouble = ({ report }: { readonly report: StatusReport }) => {
  const { late, blocked, remarks, records } = report;
  const blockers = (records.blockers ?? []).filter(({ closed }) => closed !== true);
  if (late.length + blocked.length + remarks.length + blockers.length === 0) return null;
  return (
    <Section title="What is in the way">
      <Items>
        {blocked.map(({ task, reason }) => (
          <li key={`blocked ${task}`}>
            {titleOf(report, task)} is blocked{reason !== undefined && `: ${reason}`}
          </li>
        ))}
        {blockers.map(({ title, workaround }) => (
          <li key={`blocker ${title}`}>
            {title}
            {workaround !== undefined && `; way around: ${workaround}`}
          </li>
        ))}
        {late.map(({ task, due, finish }) => (
          <li key={`late ${task}`}>
            {titleOf(report, task)} was due on {formatDay(due)} and can't be done before {formatDay(finish)}
          </li>
        ))}
        {remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </Items>
    </Section>
  );
};

const Risks = ({ report: { records } }: { readonly report: StatusReport }) => {
  const open = (records.risks ?? []).filter(({ closed }) => closed !== true);
  const milestones = (records.milestones ?? []).filter(({ closed }) => closed !== true);
  return (
    <>
      {open.length > 0 && (
        <Section title="Risks">
          <Items>
            {open.map(({ title, impact, probability, trend, mitigation }) => (
              <li key={title}>
                <span className="font-medium text-ink">{title}</span>: impact {impact}, probability{" "}
                {probability}, {trend}. {mitigation}
              </li>
            ))}
          </Items>
        </Section>
      )}
      {milestones.length > 0 && (
        <Section title="Milestones">
          <Items>
            {milestones.map(({ title, dueOn }) => (
              <li key={title}>
                {formatDay(dueOn)}: {title}
              </li>
            ))}
          </Items>
        </Section>
      )}
    </>
  );
};

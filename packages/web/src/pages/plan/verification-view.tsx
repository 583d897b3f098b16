import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { VerdictBadge } from "../../components/plan-badges.tsx";
import { formatMoment, formatPeriod } from "../../format/dates.ts";
import { formatMoney, formatRatio } from "../../format/numbers.ts";
import { InvoicesCard } from "./invoices-card.tsx";
import { MetricsCard } from "./metrics-card.tsx";
import type { PlanPage, VerificationReport } from "./plan-search.ts";
import { SplitCard } from "./split-card.tsx";
import { VerificationPlot } from "./verification-plot.tsx";

interface VerificationViewProps {
  readonly page: PlanPage;
  readonly report: VerificationReport;
  readonly notJudged: readonly string[];
}

const titles = {
  pending: "Pending: the bill of those days may still change",
  proven: "Proven: it saved what it saved, and nothing got slower",
  "not-proven": "Not proven: it can't be told from chance",
  harmful: "Harmful: it costs more, or something got worse",
} as const;

/** One verification: verdict with reasons, the plot, the exact split, metrics and invoices. */
export const VerificationView = ({ page, report, notJudged }: VerificationViewProps) => (
  <div className="flex flex-col gap-4">
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-12">
      <div className="flex min-w-0 flex-col lg:col-span-5">
        <Verdict page={page} report={report} />
      </div>
      <div className="flex min-w-0 flex-col lg:col-span-7">
        <VerificationPlot report={report} />
      </div>
    </div>
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <SplitCard report={report} />
      <EvidenceCard report={report} />
    </div>
    <MetricsCard report={report} notJudged={notJudged} />
    <InvoicesCard report={report} />
  </div>
);

const Verdict = ({ page: { body }, report }: Pick<VerificationViewProps, "page" | "report">) => {
  const { verdict, reasons, savingPerMonth, saving, currency, window } = report;
  const promised = body.saving.find((one) => one.currency === currency);
  const money = (amount: string) => formatMoney(amount, currency);
  return (
    <Card
      title={titles[verdict]}
      about={window === null ? "No whole day could be judged" : formatPeriod(window.start, window.end)}
      actions={<VerdictBadge verdict={verdict} />}
      className="grow"
    >
      {savingPerMonth !== null && (
        <div className="mb-3">
          <p className="text-sm text-ink-3">Realised a month of 730 hours</p>
          <p
            className="num text-3xl font-semibold"
            title={formatMoney(savingPerMonth.mid, currency, { style: "exact" })}
          >
            {money(savingPerMonth.mid)}
          </p>
          <p className="num text-sm text-ink-3">
            {money(savingPerMonth.low)} to {money(savingPerMonth.high)}, 95 of 100 times
          </p>
        </div>
      )}
      <dl className="num mb-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {promised !== undefined && (
          <>
            <dt className="text-ink-3">Promised a month</dt>
            <dd>
              {money(promised.mid)}{" "}
              <span className="text-ink-3">
                ({money(promised.low)} to {money(promised.high)})
              </span>
            </dd>
          </>
        )}
        {saving !== null && window !== null && (
          <>
            <dt className="text-ink-3">In {window.days === 1 ? "the day" : `those ${window.days} days`}</dt>
            <dd>
              {money(saving.mid)}{" "}
              <span className="text-ink-3">
                ({money(saving.low)} to {money(saving.high)})
              </span>
            </dd>
          </>
        )}
      </dl>
      <ul className="flex list-disc flex-col gap-1 pl-5 break-words text-ink-2">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-ink-3">
        {report.basis} cost in {currency} ·{" "}
        {report.completeTo === null ? "nothing delivered" : `complete to ${formatMoment(report.completeTo)}`}{" "}
        · data version {report.lakeVersion}
      </p>
    </Card>
  );
};

const EvidenceCard = ({ report }: { readonly report: VerificationReport }) => {
  const { statistics, provable, controls, notes } = report;
  if (statistics === null && provable.length === 0 && notes.length === 0) return null;
  return (
    <Card title="How sure that is" about="Told from chance by the same question on days before the change">
      {statistics !== null && (
        <Facts
          items={[
            [
              "Use changed by",
              <span key="effect" className="num">
                {formatRatio(statistics.effect, { signed: true })} ± {formatRatio(statistics.halfWidth)}
              </span>,
            ],
            ["Chance shows as much", <span key="p">{formatRatio(statistics.p)} of the time</span>],
            [
              "Can be proven here",
              <span key="detectable">
                changes above {formatRatio(statistics.detectable)}, 9 times out of 10
              </span>,
            ],
            ["Method", statistics.method],
            [
              "Its error before",
              statistics.prePeriodError === null ? "not known" : formatRatio(statistics.prePeriodError),
            ],
            [
              "Placebo dates",
              <span key="placebos" className="num">
                {statistics.placebos.length}, worth {statistics.effectivePlacebos.toFixed(1)} independent ones
              </span>,
            ],
            ...(controls.length === 0 ? [] : [["Controls", controls.join("; ")] as const]),
          ]}
        />
      )}
      {statistics === null && provable.length > 0 && (
        <>
          <p className="mb-1 text-ink-2">What could be proven here, 9 times out of 10:</p>
          <Facts
            items={provable.map(({ days, change }) => [
              `after ${days} ${days === 1 ? "day" : "days"}`,
              `changes above ${formatRatio(change)}`,
            ])}
          />
        </>
      )}
      {notes.map((note) => (
        <p key={note} className="mt-2 text-sm break-words text-ink-3">
          {note}
        </p>
      ))}
    </Card>
  );
};

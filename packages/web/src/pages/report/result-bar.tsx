import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, Pin, RefreshCw } from "lucide-react";
import { type Answer, call } from "../../api/client.ts";
import { modelOptions } from "../../api/model.ts";
import { toProblem } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { ChoiceMenu } from "../../components/menu.tsx";
import { PeriodPicker } from "../../components/report/period-picker.tsx";
import { periodText, periodTitle } from "../../components/report/periods.ts";
import { Skeleton } from "../../components/skeleton.tsx";
import { toast } from "../../components/toaster.tsx";
import { formatMoment } from "../../format/dates.ts";
import { FilterBar } from "../explorer/filter-bar.tsx";
import { filterText } from "../explorer/value-filter.ts";
import { useUnpin } from "./pin-snapshot.ts";
import { type Report, type ReportResult, resultOptions } from "./report-options.ts";
import {
  isReading,
  type ReportSearch,
  type ReportSearchChange,
  readingOf,
  searchPeriod,
} from "./report-search.ts";

interface ResultBarProps {
  readonly report: Report;
  readonly search: ReportSearch;
  readonly result: ReportResult | undefined;
  readonly onChange: (change: ReportSearchChange) => void;
}

/** How the report is read this once, and when its data was read. */
export const ResultBar = ({ report, search, result, onChange }: ResultBarProps) => {
  const { data: model } = useQuery(modelOptions);
  const { period, currency } = report.definition.parameters;
  const own = searchPeriod(search);
  const currencies = [...new Set(["each", ...(model?.currencies ?? []), ...(model?.convertibleTo ?? [])])];
  const days = result?.run.period ?? { start: null, end: null };
  return (
    <div className="mx-auto mb-4 flex max-w-[64rem] flex-col gap-2.5 rounded-xl border border-line bg-surface px-3 py-2.5 shadow-card print:hidden">
      <div className="flex flex-wrap items-center gap-2">
        <PeriodPicker
          period={own ?? period}
          isOwn={own !== undefined}
          otherwise={`As saved: ${periodTitle(period)}`}
          onChange={(next) => onChange({ period: next === undefined ? undefined : periodText(next) })}
        />
        {currencies.length > 2 && (
          <ChoiceMenu
            label="Currency"
            value={search.currency ?? currency}
            choices={currencies.map((code) => ({ value: code, title: currencyTitle(code) }))}
            onChoose={(next) => onChange({ currency: next === currency ? undefined : next })}
            trigger={
              <Button aria-label={`Currency: ${currencyTitle(search.currency ?? currency)}`}>
                {currencyTitle(search.currency ?? currency)}
                <ChevronDown size={14} aria-hidden className="text-ink-3" />
              </Button>
            }
          />
        )}
        {model !== undefined && (
          <FilterBar
            model={model}
            state={{
              where: search.where ?? [],
              period: { start: days.start ?? "1970-01-01", end: days.end ?? "9999-01-01" },
              currency: model.currencies[0] ?? "USD",
            }}
            onChange={({ where }) => onChange({ where })}
          />
        )}
        {report.definition.parameters.filter !== undefined && (
          <span className="text-sm text-ink-3">always {filterText(report.definition.parameters.filter)}</span>
        )}
        {isReading(search) && (
          <Button
            kind="quiet"
            size="sm"
            onClick={() => onChange({ period: undefined, currency: undefined, where: undefined })}
          >
            As saved
          </Button>
        )}
      </div>
      <Freshness report={report} search={search} result={result} />
    </div>
  );
};

const currencyTitle = (code: string): string => (code === "each" ? "Each currency" : code);

/** Whether it was asked now or kept, and until when it is kept. */
const Freshness = ({ report, search, result }: Omit<ResultBarProps, "onChange">) => {
  const client = useQueryClient();
  const refresh = useMutation({
    mutationFn: () =>
      call("GET /api/v1/reports/:id/result", {
        params: { id: report.id },
        query: { ...readingOf(search), refresh: "true" },
      }),
    onSuccess: (fresh) => {
      client.setQueryData(resultOptions(report.id, search).queryKey, fresh);
      toast("Read anew");
    },
    onError: (error) => toast(toProblem(error).message, "failed"),
  });
  if (result === undefined) return <Skeleton className="h-5 w-72 max-w-full" />;
  const { cached, expiresAt, run } = result;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-3">
      <p role="status">
        {cached ? "From the cache, read " : "Read "}
        {formatMoment(run.madeAt)}
        {report.expiresAfterMinutes > 0 && `; kept until ${formatMoment(expiresAt)}`}
        {` · data version ${run.lakeVersion}`}
      </p>
      <Button size="sm" kind="quiet" disabled={refresh.isPending} onClick={() => refresh.mutate()}>
        <RefreshCw size={13} aria-hidden /> {refresh.isPending ? "Reading…" : "Read anew"}
      </Button>
    </div>
  );
};

interface SnapshotBarProps {
  readonly report: Report;
  readonly snapshot: Answer<"GET /api/v1/reports/:id/snapshots/:snapshot"> | undefined;
  readonly onChange: (change: ReportSearchChange) => void;
}

/** Says that this is not what the report says now. */
export const SnapshotBar = ({ report, snapshot, onChange }: SnapshotBarProps) => {
  const unpin = useUnpin(report.id, () => onChange({ snapshot: undefined }));
  return (
    <div className="mx-auto mb-4 flex max-w-[64rem] flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line bg-accent-soft px-3 py-2.5 print:hidden">
      <Pin size={15} aria-hidden className="text-accent" />
      <p className="min-w-0 grow text-sm">
        {snapshot === undefined
          ? "A pinned result"
          : `Pinned by ${snapshot.madeBy}, ${formatMoment(snapshot.madeAt)}: version ${snapshot.reportVersion} of the report over version ${snapshot.lakeVersion} of the data`}
      </p>
      <Button size="sm" onClick={() => onChange({ snapshot: undefined })}>
        What it says now
      </Button>
      {snapshot?.mayDelete && (
        <Button size="sm" kind="danger" disabled={unpin.isPending} onClick={() => unpin.mutate(snapshot.id)}>
          Unpin
        </Button>
      )}
    </div>
  );
};

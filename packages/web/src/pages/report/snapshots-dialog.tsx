import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { useMay } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { CheckField } from "../../components/check-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";
import { useUnpin } from "./pin-snapshot.ts";
import { type Report, snapshotsOptions } from "./report-options.ts";
import { type ReportSearch, type ReportSearchChange, readingOf } from "./report-search.ts";

interface SnapshotsDialogProps {
  readonly report: Report;
  readonly search: ReportSearch;
  readonly onChange: (change: ReportSearchChange) => void;
  readonly onClose: () => void;
}

/** Results that were pinned: they stay as they are, whatever bills come. */
export const SnapshotsDialog = ({ report, search, onChange, onClose }: SnapshotsDialogProps) => {
  const pinned = useQuery(snapshotsOptions(report.id));
  const unpin = useUnpin(report.id);
  const maySave = useMay("save");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Pinned results"
      about="What the report said, as it was; later bills and changes leave them alone"
    >
      {pinned.isError ? (
        <ProblemPanel error={pinned.error} onRetry={() => void pinned.refetch()} />
      ) : pinned.data === undefined ? (
        <SkeletonRows count={3} className="p-4" />
      ) : pinned.data.items.length === 0 ? (
        <EmptyState title="Nothing is pinned" className="py-6">
          Pin what the report says now, and it can be read again when bills have changed.
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y divide-line px-4">
          {pinned.data.items.map(({ id, title, madeBy, madeAt, audience, mayDelete }) => (
            <li key={id} className="flex items-center gap-2 py-3">
              <div className="min-w-0 grow">
                <p className="truncate font-medium">{title}</p>
                <p className="text-sm text-ink-3">
                  {madeBy} · {formatMoment(madeAt)} ·{" "}
                  {audience === "report" ? "for all readers" : "for who sees the same charges"}
                </p>
              </div>
              <Button
                size="sm"
                aria-label={`Show ${title}`}
                onClick={() => onChange({ snapshot: id, panel: undefined })}
              >
                Show
              </Button>
              {mayDelete && (
                <Button
                  size="sm"
                  kind="danger"
                  aria-label={`Unpin ${title}`}
                  disabled={unpin.isPending}
                  onClick={() => unpin.mutate(id)}
                >
                  Unpin
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {maySave && <PinForm report={report} search={search} />}
    </Dialog>
  );
};

const PinForm = ({ report, search }: Pick<SnapshotsDialogProps, "report" | "search">) => {
  const [title, setTitle] = useState(`${report.title}, ${formatMoment(new Date().toISOString())}`);
  const [isForAll, setForAll] = useState(false);
  const pin = useChange({
    run: () =>
      call("POST /api/v1/reports/:id/snapshots", {
        params: { id: report.id },
        body: { title, audience: isForAll ? "report" : "same", reading: readingOf(search) },
      }),
    refreshes: ["report-snapshots"],
    done: "Pinned",
    isFormShowingProblem: true,
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    pin.mutate(undefined);
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3 border-t border-line p-4">
      <Field
        label="Name"
        required
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <CheckField
        label="For all whom the report is shared with"
        hint="Else for those who see the same charges as you. Needs that you see all charges."
        checked={isForAll}
        onChange={(event) => setForAll(event.target.checked)}
      />
      <FormFoot action="Pin what it says now" isBusy={pin.isPending} error={pin.error} />
    </form>
  );
};

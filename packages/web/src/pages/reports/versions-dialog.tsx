import { useQuery } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";

interface VersionsDialogProps {
  readonly report: Pick<Answer<"GET /api/v1/reports">["items"][number], "id" | "title" | "level" | "version">;
  readonly onClose: () => void;
}

/** Every version that was saved; an older one can be made the newest again. */
export const VersionsDialog = ({ report, onClose }: VersionsDialogProps) => {
  const { id, title, level, version: newest } = report;
  const versions = useQuery({
    queryKey: ["report-versions", id],
    queryFn: ({ signal }) => call("GET /api/v1/reports/:id/versions", { params: { id }, signal }),
    staleTime: 0,
  });
  const restore = useChange({
    run: (version: number) =>
      call("POST /api/v1/reports/:id/versions/:version/restore", { params: { id, version } }),
    refreshes: ["reports", "report", "report-result", "report-versions"],
    done: "Restored as the newest version",
    onDone: onClose,
  });
  return (
    <Dialog isOpen onClose={onClose} title={`Versions of ${title}`}>
      {versions.isError ? (
        <ProblemPanel error={versions.error} onRetry={() => void versions.refetch()} />
      ) : versions.data === undefined ? (
        <SkeletonRows count={3} className="p-4" />
      ) : (
        <ol className="flex flex-col divide-y divide-line px-4">
          {versions.data.items.map(({ version, title: name, savedBy, savedAt, definition }) => (
            <li key={version} className="flex items-center gap-3 py-3">
              <div className="min-w-0 grow">
                <p className="font-medium">
                  {version}. {name}
                </p>
                <p className="text-sm text-ink-3">
                  {savedBy} · {formatMoment(savedAt)} · {definition.blocks.length} blocks
                </p>
              </div>
              {version !== newest && level !== "view" && (
                <Button
                  size="sm"
                  aria-label={`Restore version ${version}`}
                  disabled={restore.isPending}
                  onClick={() => restore.mutate(version)}
                >
                  Restore
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
};

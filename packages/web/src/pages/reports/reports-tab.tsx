import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Download, Ellipsis, FileText, History, Pencil, Share2, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Answer, call, callForFile } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { useChange } from "../../api/use-change.ts";
import { Button, IconButton } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { saveFile } from "../../components/copy-text.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { Menu, MenuItem } from "../../components/menu.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { toast } from "../../components/toaster.tsx";
import { formatMoment } from "../../format/dates.ts";
import { ReportShares } from "./share-dialog.tsx";
import { VersionsDialog } from "./versions-dialog.tsx";

type Report = Answer<"GET /api/v1/reports">["items"][number];

const FORMATS = [
  { format: "pdf", title: "PDF" },
  { format: "xlsx", title: "Excel" },
  { format: "csv", title: "CSV" },
  { format: "json", title: "JSON" },
] as const;

/** Reports that are one's own or were shared with one. */
export const ReportsTab = ({ onTemplates }: { readonly onTemplates: () => void }) => {
  const reports = useQuery({
    queryKey: ["reports"],
    queryFn: ({ signal }) => call("GET /api/v1/reports", { query: { limit: 200 }, signal }),
  });
  const items = reports.data?.items;
  return (
    <Card title="Your reports" about="Yours, and those that were shared with you">
      {reports.isError ? (
        <ProblemPanel error={reports.error} onRetry={() => void reports.refetch()} />
      ) : items === undefined ? (
        <SkeletonRows count={4} />
      ) : items.length === 0 ? (
        <EmptyState
          icon={<FileText size={20} aria-hidden />}
          title="No reports yet"
          actions={
            <Button kind="primary" onClick={onTemplates}>
              Choose a template
            </Button>
          }
        >
          Start from a template: a summary for managers, cost, savings, security, compliance or unit costs.
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {items.map((report) => (
            <ReportRow key={report.id} report={report} />
          ))}
        </ul>
      )}
    </Card>
  );
};

const ReportRow = ({ report }: { readonly report: Report }) => {
  const navigate = useNavigate();
  const [open, setOpen] = useState<"shares" | "versions" | "delete">();
  const { id, title, owner, level, updatedAt, version } = report;
  const download = useMutation({
    mutationFn: async (format: (typeof FORMATS)[number]["format"]) => {
      const query = { format, locale: navigator.language };
      saveFile(
        `${title}.${format}`,
        await callForFile("GET /api/v1/reports/:id/export", { params: { id }, query }),
      );
    },
    onError: (error) => toast(toProblem(error).message, "failed"),
  });
  const remove = useChange({
    run: () => call("DELETE /api/v1/reports/:id", { params: { id } }),
    refreshes: ["reports"],
    done: "Report deleted",
  });
  const close = () => setOpen(undefined);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-1 last:pb-0">
      <div className="min-w-48 grow">
        <p className="font-medium">
          <Link
            to="/reports/$id"
            params={{ id }}
            className="inline-flex min-h-6 items-center rounded-sm underline decoration-line-strong underline-offset-4 hover:decoration-accent"
          >
            {title}
          </Link>
        </p>
        <p className="text-sm text-ink-3">
          {level === "own" ? "yours" : `${owner.name}'s`} · version {version} · {formatMoment(updatedAt)}
        </p>
      </div>
      <Menu
        align="end"
        trigger={
          <Button size="sm" aria-label={`Download ${title}`} disabled={download.isPending}>
            <Download size={14} aria-hidden /> {download.isPending ? "Making…" : "Download"}
          </Button>
        }
      >
        {FORMATS.map(({ format, title: name }) => (
          <MenuItem key={format} onSelect={() => download.mutate(format)}>
            {name}
          </MenuItem>
        ))}
      </Menu>
      <Menu
        align="end"
        trigger={
          <IconButton label={`Actions for ${title}`}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        {level !== "view" && (
          <MenuItem
            icon={<Pencil size={15} aria-hidden />}
            onSelect={() => void navigate({ to: "/reports/$id/edit", params: { id } })}
          >
            Edit
          </MenuItem>
        )}
        <MenuItem icon={<History size={15} aria-hidden />} onSelect={() => setOpen("versions")}>
          Versions
        </MenuItem>
        {level === "own" && (
          <>
            <MenuItem icon={<Share2 size={15} aria-hidden />} onSelect={() => setOpen("shares")}>
              Share
            </MenuItem>
            <MenuItem icon={<Trash2 size={15} aria-hidden />} onSelect={() => setOpen("delete")}>
              Delete
            </MenuItem>
          </>
        )}
      </Menu>
      {open === "shares" && <ReportShares id={id} title={title} onClose={close} />}
      {open === "versions" && <VersionsDialog report={report} onClose={close} />}
      {open === "delete" && (
        <ConfirmDialog
          title={`Delete ${title}?`}
          action="Delete report"
          onConfirm={() => remove.mutate(undefined)}
          onClose={close}
        >
          Its versions and snapshots go with it, also for those whom it is shared with.
        </ConfirmDialog>
      )}
    </li>
  );
};

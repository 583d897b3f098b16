import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";
import { readExplorerSearch } from "../explorer/explorer-search.ts";
import { ShareForm } from "./share-dialog.tsx";

type View = Answer<"GET /api/v1/views">["items"][number];

/** Views of the Explorer that somebody saved under a name. */
export const ViewsTab = () => {
  const views = useQuery({
    queryKey: ["views", "explorer"],
    queryFn: ({ signal }) => call("GET /api/v1/views", { query: { page: "explorer" }, signal }),
  });
  const items = views.data?.items;
  return (
    <Card title="Explorer views" about="Yours, and those that were shared with you">
      {views.isError ? (
        <ProblemPanel error={views.error} onRetry={() => void views.refetch()} />
      ) : items === undefined ? (
        <SkeletonRows count={3} />
      ) : items.length === 0 ? (
        <EmptyState
          icon={<Bookmark size={20} aria-hidden />}
          title="No saved views"
          actions={
            <Link to="/explorer" className={buttonClass("primary")}>
              To the Explorer
            </Link>
          }
        >
          Ask a question in the Explorer, then press Save.
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {items.map((view) => (
            <ViewRow key={view.id} view={view} />
          ))}
        </ul>
      )}
    </Card>
  );
};

const ViewRow = ({ view }: { readonly view: View }) => {
  const [open, setOpen] = useState<"shares" | "delete">();
  const { id, name, owner, level, updatedAt, place } = view;
  const remove = useChange({
    run: () => call("DELETE /api/v1/views/:id", { params: { id } }),
    refreshes: ["views"],
    done: "View deleted",
  });
  const close = () => setOpen(undefined);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-1 last:pb-0">
      <div className="min-w-48 grow">
        <Link
          to="/explorer"
          search={readExplorerSearch(place.search)}
          className="font-medium text-accent hover:underline"
        >
          {name}
        </Link>
        <p className="text-sm text-ink-3">
          {level === "own" ? "yours" : `${owner.name}'s`} · {formatMoment(updatedAt)}
        </p>
      </div>
      {level === "own" && (
        <div className="flex gap-2">
          <Button size="sm" aria-label={`Share ${name}`} onClick={() => setOpen("shares")}>
            Share
          </Button>
          <Button size="sm" kind="danger" aria-label={`Delete ${name}`} onClick={() => setOpen("delete")}>
            Delete
          </Button>
        </div>
      )}
      {open === "shares" && (
        <Dialog isOpen onClose={close} title={`Share ${name}`} about="Everybody sees only what they may see">
          <ShareForm
            shares={view.shares ?? []}
            save={(shares) => call("PUT /api/v1/views/:id/shares", { params: { id }, body: { shares } })}
            refreshes={["views"]}
            onClose={close}
          />
        </Dialog>
      )}
      {open === "delete" && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          action="Delete view"
          onConfirm={() => remove.mutate(undefined)}
          onClose={close}
        >
          It goes for those, too, whom it is shared with.
        </ConfirmDialog>
      )}
    </li>
  );
};

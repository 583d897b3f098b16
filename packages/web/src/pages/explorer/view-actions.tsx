import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Bookmark, ChevronDown, Copy, Download, Link2, Save, SquareTerminal } from "lucide-react";
import { type FormEvent, useState } from "react";
import { call, callForFile } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { useMay } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { copyText, saveFile } from "../../components/copy-text.ts";
import { Dialog } from "../../components/dialog.tsx";
import { FormProblem } from "../../components/entry-frame.tsx";
import { Field } from "../../components/field.tsx";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../../components/menu.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { toast } from "../../components/toaster.tsx";
import { isOverTime, seriesQuestion, tableQuestion } from "./explorer-question.ts";
import { type ExplorerSearch, readExplorerSearch } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";

export interface ViewActionsProps {
  readonly state: ExplorerState;
  readonly search: ExplorerSearch;
}

/** Take the question along: saved, as a link, for the command line, or as a file. */
export const ViewActions = ({ state, search }: ViewActionsProps) => {
  const [isSaving, setSaving] = useState(false);
  const question = isOverTime(state) ? seriesQuestion(state) : tableQuestion(state);
  const fail = (error: unknown) => toast(toProblem(error).message, "failed");
  const copyCommand = () =>
    call("POST /api/v1/query/text", { body: question })
      .then(({ command }) => copyText(command, "Command"))
      .catch(fail);
  const exportAs = (format: "csv" | "xlsx") => {
    const { currency, timeZone, ...query } = question;
    return callForFile("POST /api/v1/exports/query", { body: { query, format, currency, timeZone } })
      .then((file) => saveFile(`trimtab-${state.period.start}.${format}`, file))
      .catch(fail);
  };
  return (
    <>
      <SavedViews />
      <Button onClick={() => setSaving(true)}>
        <Save size={15} aria-hidden /> Save
      </Button>
      <Menu
        align="end"
        trigger={
          <Button>
            Share <ChevronDown size={14} aria-hidden />
          </Button>
        }
      >
        <MenuItem
          icon={<Link2 size={15} aria-hidden />}
          onSelect={() => void copyText(location.href, "Link")}
        >
          Copy link
        </MenuItem>
        <MenuItem icon={<SquareTerminal size={15} aria-hidden />} onSelect={() => void copyCommand()}>
          Copy as command
        </MenuItem>
        <MenuItem
          icon={<Copy size={15} aria-hidden />}
          onSelect={() => void copyText(JSON.stringify(question, null, 2), "Question")}
        >
          Copy as JSON
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<Download size={15} aria-hidden />} onSelect={() => void exportAs("csv")}>
          Download CSV
        </MenuItem>
        <MenuItem icon={<Download size={15} aria-hidden />} onSelect={() => void exportAs("xlsx")}>
          Download Excel
        </MenuItem>
      </Menu>
      {isSaving && <SaveDialog search={search} onClose={() => setSaving(false)} />}
    </>
  );
};

const viewsKey = ["views", "explorer"] as const;

/** Asked for when it is opened: most visits need none. */
const SavedViews = () => (
  <Menu
    align="end"
    trigger={
      <Button>
        <Bookmark size={15} aria-hidden /> Views <ChevronDown size={14} aria-hidden />
      </Button>
    }
  >
    <MenuLabel>Saved views</MenuLabel>
    <ViewItems />
  </Menu>
);

const ViewItems = () => {
  const navigate = useNavigate();
  const views = useQuery({
    queryKey: viewsKey,
    queryFn: ({ signal }) => call("GET /api/v1/views", { query: { page: "explorer" }, signal }),
  });
  if (views.isError) return <p className="max-w-64 px-2 pb-2 text-sm">{toProblem(views.error).message}</p>;
  if (views.data === undefined) return <Skeleton className="mx-2 my-2 h-4 w-40" />;
  if (views.data.items.length === 0) {
    return <p className="px-2 pb-2 text-sm text-ink-3">None yet: Save keeps what you see.</p>;
  }
  return views.data.items.map(({ id, name, place, owner, level }) => (
    <MenuItem
      key={id}
      onSelect={() => void navigate({ to: "/explorer", search: readExplorerSearch(place.search) })}
    >
      <span className="grow">{name}</span>
      {level !== "own" && <span className="text-xs text-ink-3">{owner.name}</span>}
    </MenuItem>
  ));
};

const SaveDialog = ({
  search,
  onClose,
}: {
  readonly search: ExplorerSearch;
  readonly onClose: () => void;
}) => {
  const client = useQueryClient();
  const maySave = useMay("save");
  const save = useMutation({
    mutationFn: (name: string) =>
      call("POST /api/v1/views", {
        body: { name, place: { page: "explorer", search: JSON.parse(JSON.stringify(search)) } },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: viewsKey });
      toast("View saved");
      onClose();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(`${new FormData(event.currentTarget).get("name")}`.trim());
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save this view"
      about="Filters, groups, period and chart, under a name"
    >
      {maySave ? (
        <form onSubmit={onSubmit} className="flex flex-col gap-4 p-4">
          <Field
            label="Name"
            name="name"
            required
            maxLength={200}
            autoFocus
            placeholder="Compute by team, weekly"
          />
          {save.isError && <FormProblem>{toProblem(save.error).message}</FormProblem>}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button kind="primary" type="submit" disabled={save.isPending}>
              Save
            </Button>
          </div>
        </form>
      ) : (
        <p className="p-4 text-sm">
          Your role reads only. The address of this page holds the whole view: bookmark it, or copy it by
          Share.
        </p>
      )}
    </Dialog>
  );
};

import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  CalendarClock,
  Download,
  Ellipsis,
  History,
  Pencil,
  Pin,
  Printer,
  Share2,
  Timer,
} from "lucide-react";
import { tablesOf } from "trimtab/report-tables";
import { callForFile } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { useMay } from "../../api/use-me.ts";
import { Button, buttonClass, IconButton } from "../../components/button.tsx";
import { saveFile } from "../../components/copy-text.ts";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../../components/menu.tsx";
import { toast } from "../../components/toaster.tsx";
import type { Report } from "./report-options.ts";
import { type ReportSearch, type ReportSearchChange, readingOf } from "./report-search.ts";
import { useShownRun } from "./use-shown-run.ts";

interface ReportActionsProps {
  readonly report: Report;
  readonly search: ReportSearch;
  readonly onChange: (change: ReportSearchChange) => void;
}

/** What can be done with the whole report. */
export const ReportActions = ({ report, search, onChange }: ReportActionsProps) => {
  const maySave = useMay("save");
  const { id, level } = report;
  return (
    <>
      {level !== "view" && maySave && (
        <Link to="/reports/$id/edit" params={{ id }} className={buttonClass()}>
          <Pencil size={14} aria-hidden /> Edit
        </Link>
      )}
      <DownloadMenu report={report} search={search} />
      {maySave && (
        <Button onClick={() => onChange({ panel: "schedules" })}>
          <CalendarClock size={15} aria-hidden /> Schedule
        </Button>
      )}
      {level === "own" && maySave && (
        <Button onClick={() => onChange({ panel: "share" })}>
          <Share2 size={14} aria-hidden /> Share
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <IconButton label="More of this report">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pin size={15} aria-hidden />} onSelect={() => onChange({ panel: "snapshots" })}>
          Pinned results
        </MenuItem>
        <MenuItem icon={<History size={15} aria-hidden />} onSelect={() => onChange({ panel: "versions" })}>
          Versions
        </MenuItem>
        {level === "own" && maySave && (
          <MenuItem icon={<Timer size={15} aria-hidden />} onSelect={() => onChange({ panel: "expiry" })}>
            How long results are kept
          </MenuItem>
        )}
        <MenuItem icon={<Printer size={15} aria-hidden />} onSelect={() => print()}>
          Print this page
        </MenuItem>
      </Menu>
    </>
  );
};

type Format = "pdf" | "xlsx" | "csv" | "json";

interface ExportTable {
  readonly id: string;
  readonly title: string;
}

/** Tables of a data set by both titles: two of them may hold tables of the same name. */
const titled = ({ id, title, of }: ReturnType<typeof tablesOf>[number]): ExportTable => ({
  id,
  title: of === undefined ? title : `${of}: ${title}`,
});

/** As it is read here: period, currency and filters, or the pinned result. */
const DownloadMenu = ({ report, search }: Omit<ReportActionsProps, "onChange">) => {
  const { id, title } = report;
  const run = useShownRun(id, search);
  const download = useMutation({
    mutationFn: async ({ format, table }: { readonly format: Format; readonly table?: ExportTable }) => {
      const { snapshot } = search;
      const query = {
        format,
        locale: navigator.language,
        ...(snapshot === undefined ? readingOf(search) : { snapshot }),
        ...(table === undefined ? {} : { block: table.id }),
      };
      const name = table === undefined ? title : `${title} - ${table.title}`;
      saveFile(
        `${name}.${format}`,
        await callForFile("GET /api/v1/reports/:id/export", { params: { id }, query }),
      );
    },
    onError: (error) => toast(`${toProblem(error).message} ${toProblem(error).hint}`, "failed"),
  });
  // What its reader is shown has the tables: of a data set nobody knows before.
  const tables = run === undefined ? [] : tablesOf(run).map(titled);
  return (
    <Menu
      align="end"
      trigger={
        <Button aria-label={`Download ${title}`} disabled={download.isPending}>
          <Download size={14} aria-hidden /> {download.isPending ? "Making…" : "Download"}
        </Button>
      }
    >
      <MenuItem onSelect={() => download.mutate({ format: "pdf" })}>PDF</MenuItem>
      <MenuItem onSelect={() => download.mutate({ format: "xlsx" })}>Excel</MenuItem>
      <MenuItem onSelect={() => download.mutate({ format: "json" })}>JSON</MenuItem>
      {tables.length === 1 && <MenuItem onSelect={() => download.mutate({ format: "csv" })}>CSV</MenuItem>}
      {tables.length > 1 && (
        <>
          <MenuLine />
          <MenuLabel>CSV, one table</MenuLabel>
          {tables.map((table) => (
            <MenuItem key={table.id} onSelect={() => download.mutate({ format: "csv", table })}>
              CSV: {table.title}
            </MenuItem>
          ))}
        </>
      )}
    </Menu>
  );
};

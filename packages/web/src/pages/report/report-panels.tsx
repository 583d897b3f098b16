import { ReportShares } from "../reports/share-dialog.tsx";
import { VersionsDialog } from "../reports/versions-dialog.tsx";
import { ExpiryDialog } from "./expiry-dialog.tsx";
import type { Report } from "./report-options.ts";
import type { ReportSearch, ReportSearchChange } from "./report-search.ts";
import { SchedulesPanel } from "./schedules-panel.tsx";
import { SnapshotsDialog } from "./snapshots-dialog.tsx";

interface ReportPanelsProps {
  readonly report: Report;
  readonly search: ReportSearch;
  readonly onChange: (change: ReportSearchChange) => void;
}

/** What is opened over the report; its name stands in the address. */
export const ReportPanels = ({ report, search, onChange }: ReportPanelsProps) => {
  const onClose = () => onChange({ panel: undefined });
  switch (search.panel) {
    case "schedules":
      return <SchedulesPanel report={report} onClose={onClose} />;
    case "snapshots":
      return <SnapshotsDialog report={report} search={search} onChange={onChange} onClose={onClose} />;
    case "versions":
      return <VersionsDialog report={report} onClose={onClose} />;
    case "share":
      return <ReportShares id={report.id} title={report.title} onClose={onClose} />;
    case "expiry":
      return <ExpiryDialog report={report} onClose={onClose} />;
    default:
      return null;
  }
};

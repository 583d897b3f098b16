import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMay } from "../../api/use-me.ts";
import { buttonClass } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PageTabs } from "../../components/page-tabs.tsx";
import { ReportsTab } from "./reports-tab.tsx";
import { TemplatesTab } from "./templates-tab.tsx";
import { ViewsTab } from "./views-tab.tsx";

/** Reports to read and send, what to start them from, and the Explorer's saved views. */
export const ReportsPage = () => {
  const { tab = "reports" } = useSearch({ from: "/signed-in/reports" });
  const navigate = useNavigate();
  const maySave = useMay("save");
  const onChoose = (next: typeof tab) => void navigate({ to: "/reports", search: { tab: next } });
  return (
    <>
      <PageHeader
        title="Reports"
        about="Take what Trimtab knows to those who need it"
        actions={
          maySave && (
            <Link to="/reports/new" className={buttonClass("primary")}>
              <Plus size={15} aria-hidden /> New report
            </Link>
          )
        }
      />
      <PageTabs
        label="Reports"
        value={tab}
        onChoose={onChoose}
        choices={[
          { value: "reports", title: "Reports" },
          { value: "templates", title: "Templates" },
          { value: "views", title: "Saved views" },
        ]}
      >
        {tab === "reports" && <ReportsTab onTemplates={() => onChoose("templates")} />}
        {tab === "templates" && <TemplatesTab />}
        {tab === "views" && <ViewsTab />}
      </PageTabs>
    </>
  );
};

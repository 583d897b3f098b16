import { Play } from "lucide-react";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { DryRunCard } from "./dry-run-card.tsx";
import { GuardrailsCard } from "./guardrails-card.tsx";
import { JournalCard } from "./journal-card.tsx";
import { LiveCard } from "./live-card.tsx";
import type { PlanPage } from "./plan-search.ts";
import { RunLog } from "./run-log.tsx";

/** The dry run before, the run itself as it happens, and what the journal keeps of it. */
export const RunTab = ({ page }: { readonly page: PlanPage }) => {
  const { line, run, journal } = page;
  const isBefore = line.status === "draft" || line.status === "approved";
  const wasBegun = run !== null || journal.length > 0;
  return (
    <div className="flex flex-col gap-4">
      {wasBegun && (
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-12">
          <div className="flex min-w-0 flex-col gap-4 lg:col-span-7">
            <LiveCard page={page} />
          </div>
          <div className="flex min-w-0 flex-col gap-4 lg:col-span-5">
            <GuardrailsCard page={page} />
            {run !== null && <RunLog run={run} />}
          </div>
        </div>
      )}
      {isBefore && <DryRunCard page={page} />}
      {!isBefore && !wasBegun && (
        <Card title="Run">
          <EmptyState icon={<Play size={20} aria-hidden />} title="It never ran">
            Nothing was changed by this plan.
          </EmptyState>
        </Card>
      )}
      {journal.length > 0 && <JournalCard page={page} />}
    </div>
  );
};

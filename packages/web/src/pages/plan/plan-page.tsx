import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useMe } from "../../api/use-me.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { PageTabs } from "../../components/page-tabs.tsx";
import { PlanStatusBadge, VerdictBadge } from "../../components/plan-badges.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Skeleton, SkeletonRows } from "../../components/skeleton.tsx";
import { Stages } from "../../components/stages.tsx";
import { formatMoment } from "../../format/dates.ts";
import { isExpired } from "../plans/plan-step.ts";
import { OnlyForAll } from "../plans/plans-page.tsx";
import { ApprovalTab } from "./approval-tab.tsx";
import { ChangesTab } from "./changes-tab.tsx";
import { CommandsTab } from "./commands-tab.tsx";
import { NextCard } from "./next-card.tsx";
import { type PlanPage as Page, type PlanPart, type PlanSearch, planOptions } from "./plan-search.ts";
import { planStages } from "./plan-stages.ts";
import { ProofTab } from "./proof-tab.tsx";
import { RunTab } from "./run-tab.tsx";
import { StepsTab } from "./steps-tab.tsx";

/** One plan: what it does, who approved it, how its run goes, and what it saved. */
export const PlanPage = () => {
  const { id } = useParams({ from: "/signed-in/plans/$id" });
  const seesAll = useMe()?.scope.kind === "all";
  const { data, error, refetch } = useQuery({ ...planOptions(id), enabled: seesAll });
  return (
    <>
      <Link
        to="/plans"
        className="mb-2 inline-flex min-h-6 items-center gap-1 text-sm text-ink-2 hover:text-ink"
      >
        <ArrowLeft size={14} aria-hidden /> Plans
      </Link>
      {data !== undefined ? (
        <WholePlan page={data} />
      ) : (
        <>
          <PageHeader title="Plan" />
          {!seesAll && <OnlyForAll />}
          {seesAll && error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
          {seesAll && error === null && (
            <div role="status" aria-label="Loading the plan" className="flex flex-col gap-4">
              <Skeleton className="h-16 w-full" />
              <SkeletonRows count={8} />
            </div>
          )}
        </>
      )}
    </>
  );
};

export interface PlanPartProps {
  readonly page: Page;
  readonly search: PlanSearch;
  readonly go: (search: PlanSearch) => void;
}

const WholePlan = ({ page }: { readonly page: Page }) => {
  const search = useSearch({ from: "/signed-in/plans/$id" });
  const navigate = useNavigate();
  const { line, body } = page;
  const go = (next: PlanSearch) =>
    void navigate({ to: "/plans/$id", params: { id: line.id }, search: next, resetScroll: false });
  const view = search.view ?? "changes";
  const open = (part: PlanPart) => go(part === "changes" ? {} : { view: part });
  const shared = { page, search, go };
  return (
    <>
      <PageHeader title={line.title} about={<About page={page} />} />
      <Stages label="How far the plan is" stages={planStages(page)} />
      <NextCard page={page} onOpen={open} />
      <PageTabs
        label="Parts of the plan"
        value={view}
        onChoose={open}
        choices={[
          { value: "changes", title: "Changes", note: body.changes.length },
          { value: "steps", title: "Steps", note: body.steps.length },
          { value: "approval", title: "Approval" },
          { value: "run", title: "Run" },
          { value: "proof", title: "Proof" },
          { value: "commands", title: "Commands" },
        ]}
      >
        {view === "changes" && <ChangesTab page={page} />}
        {view === "steps" && <StepsTab {...shared} />}
        {view === "approval" && <ApprovalTab page={page} />}
        {view === "run" && <RunTab page={page} />}
        {view === "proof" && <ProofTab {...shared} />}
        {view === "commands" && <CommandsTab {...shared} />}
      </PageTabs>
    </>
  );
};

const About = ({ page: { line } }: { readonly page: Page }) => (
  <>
    <PlanStatusBadge status={line.status} isExpired={isExpired(line, new Date())} />
    {line.proof !== null && <VerdictBadge verdict={line.proof.verdict} />}
    <span>
      made by {line.createdBy}, {formatMoment(line.createdAt)} ·
    </span>
    {(line.status === "draft" || line.status === "approved") && (
      <span>to be applied before {formatMoment(line.expiresAt)} ·</span>
    )}
    <span>
      digest <code className="font-mono text-xs">{line.digest.slice(0, 12)}</code>
    </span>
  </>
);

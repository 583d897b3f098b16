import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ClipboardCheck, Plus } from "lucide-react";
import { useMay, useMe } from "../../api/use-me.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { PlanCards, PlanTable } from "./plan-lists.tsx";
import { listOf } from "./plan-step.ts";
import { type PlanLine, type PlanList, plansOptions } from "./plans-search.ts";

const lists: readonly { readonly value: PlanList | "all"; readonly title: string }[] = [
  { value: "all", title: "All" },
  { value: "waiting", title: "Waiting" },
  { value: "applied", title: "Applied" },
  { value: "over", title: "Over" },
];

/** Changes that are frozen, approved, carried out and proven. */
export const PlansPage = () => {
  const seesAll = useMe()?.scope.kind === "all";
  const { data, error, refetch } = useQuery({ ...plansOptions, enabled: seesAll });
  const plans = data?.items ?? [];
  return (
    <>
      <PageHeader
        title="Plans"
        about="Accepted recommendations as changes: frozen, approved, carried out, watched, and proven on the bill"
        actions={plans.length > 0 && <NewPlanLink />}
      />
      {seesAll ? (
        <>
          {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
          {data === undefined && error === null && <SkeletonRows count={6} />}
          {data !== undefined && (plans.length === 0 ? <NoPlans /> : <Listed plans={plans} />)}
        </>
      ) : (
        <OnlyForAll />
      )}
    </>
  );
};

/** A plan may touch anything, so that a part of the charges is not enough to judge it. */
export const OnlyForAll = () => (
  <EmptyState icon={<ClipboardCheck size={20} aria-hidden />} title="Plans are for those who see all charges">
    You see a part of them. Ask an admin for a team that sees all, or somebody in one for this plan.
  </EmptyState>
);

export const NewPlanLink = () =>
  useMay("operate") ? (
    <Link to="/plans/new" className={buttonClass("primary")}>
      <Plus size={16} aria-hidden /> New plan
    </Link>
  ) : null;

const NoPlans = () => (
  <EmptyState
    className="min-h-[50dvh]"
    icon={<ClipboardCheck size={20} aria-hidden />}
    title="No plan yet"
    actions={
      <>
        <NewPlanLink />
        <Link to="/recommendations" className={buttonClass()}>
          See recommendations
        </Link>
      </>
    }
  >
    Accept recommendations, then freeze them into a plan. It reads the live systems, changes nothing, and
    waits until somebody else has approved it.
  </EmptyState>
);

const Listed = ({ plans }: { readonly plans: readonly PlanLine[] }) => {
  const { show } = useSearch({ from: "/signed-in/plans" });
  const navigate = useNavigate();
  const now = new Date();
  const shown = show === undefined ? plans : plans.filter((plan) => listOf(plan, now) === show);
  const choose = (next: PlanList | "all") =>
    void navigate({ to: "/plans", search: next === "all" ? {} : { show: next } });
  return (
    <>
      <div className="mb-4 max-w-full overflow-x-auto">
        <Segmented label="Which plans" value={show ?? "all"} choices={lists} onChoose={choose} />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title="None of the plans is here"
          actions={<Button onClick={() => choose("all")}>Show all {plans.length}</Button>}
        />
      ) : (
        <Card title={shown.length === 1 ? "1 plan" : `${shown.length} plans`} about="Newest first" isFlush>
          <div className="max-md:hidden">
            <PlanTable plans={shown} now={now} />
          </div>
          <div className="md:hidden">
            <PlanCards plans={shown} now={now} />
          </div>
        </Card>
      )}
    </>
  );
};

import { Link } from "@tanstack/react-router";
import { DataTable } from "../../components/data-table.tsx";
import { PlanStatusBadge, VerdictBadge } from "../../components/plan-badges.tsx";
import { formatDay } from "../../format/dates.ts";
import { formatMoney } from "../../format/numbers.ts";
import { isExpired, nextStep } from "./plan-step.ts";
import type { PlanLine } from "./plans-search.ts";

interface PlansProps {
  readonly plans: readonly PlanLine[];
  readonly now: Date;
}

const MOST_NAMES = 3;

/** What it changes, in a line. */
const resourcesText = ({ resources }: PlanLine): string => {
  const rest = resources.length - MOST_NAMES;
  const names = resources.slice(0, MOST_NAMES).join(", ");
  return rest > 0 ? `${names} and ${rest} more` : names;
};

const approvalsText = ({ status, approvals, requiredApprovals, approvers }: PlanLine): string => {
  if (approvers.length > 0) return approvers.join(", ");
  if (requiredApprovals === 0) return "none needed";
  return status === "draft" ? `${approvals} of ${requiredApprovals}` : "–";
};

const Saving = ({ plan }: { readonly plan: PlanLine }) => (
  <>
    {plan.saving.map(({ mid, currency }) => (
      <span key={currency} className="block font-semibold">
        {formatMoney(mid, currency)}
      </span>
    ))}
    {plan.proof?.realised && (
      <span className="block text-xs text-ink-3">
        {formatMoney(plan.proof.realised.mid, plan.proof.realised.currency)} realised
      </span>
    )}
  </>
);

const Status = ({ plan, now }: { readonly plan: PlanLine; readonly now: Date }) => (
  <span className="flex flex-wrap gap-1">
    <PlanStatusBadge status={plan.status} isExpired={isExpired(plan, now)} />
    {plan.proof !== null && <VerdictBadge verdict={plan.proof.verdict} />}
  </span>
);

export const PlanTable = ({ plans, now }: PlansProps) => (
  <DataTable
    caption="Plans"
    rows={plans}
    rowKey={({ id }) => id}
    columns={[
      {
        id: "title",
        title: "Plan",
        sortBy: ({ title }) => title,
        cell: (plan) => (
          <span className="block min-w-64">
            <Link
              to="/plans/$id"
              params={{ id: plan.id }}
              className="font-medium hover:text-accent hover:underline"
            >
              {plan.title}
            </Link>
            <span className="block text-xs text-ink-3">
              {resourcesText(plan)} · {plan.steps} {plan.steps === 1 ? "step" : "steps"}
            </span>
          </span>
        ),
      },
      {
        id: "saving",
        title: "Saves a month",
        isNumber: true,
        sortBy: ({ saving }) => Number(saving[0]?.mid ?? 0),
        cell: (plan) => <Saving plan={plan} />,
      },
      {
        id: "status",
        title: "Status",
        sortBy: ({ status }) => status,
        cell: (plan) => <Status plan={plan} now={now} />,
      },
      {
        id: "made",
        title: "Made",
        sortBy: ({ createdAt }) => createdAt,
        cell: ({ createdBy, createdAt }) => (
          <>
            <span className="whitespace-nowrap">{formatDay(createdAt.slice(0, 10))}</span>
            <span className="block text-xs text-ink-3">{createdBy}</span>
          </>
        ),
      },
      {
        id: "approved",
        title: "Approved",
        cell: (plan) => <span className="text-sm">{approvalsText(plan)}</span>,
      },
      {
        id: "next",
        title: "Next step",
        cell: (plan) => <span className="text-sm">{nextStep(plan, now).text}</span>,
      },
    ]}
  />
);

/** The same for a narrow screen. */
export const PlanCards = ({ plans, now }: PlansProps) => (
  <ul aria-label="Plans" className="flex flex-col divide-y divide-line px-4">
    {plans.map((plan) => (
      <li key={plan.id} className="flex flex-col gap-1.5 py-3">
        <div className="flex items-start justify-between gap-3">
          <Link to="/plans/$id" params={{ id: plan.id }} className="min-w-0 py-0.5 font-medium">
            {plan.title}
          </Link>
          <span className="num shrink-0 text-right">
            <Saving plan={plan} />
          </span>
        </div>
        <p className="text-xs text-ink-3">{resourcesText(plan)}</p>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Status plan={plan} now={now} />
          <span className="text-sm">{nextStep(plan, now).text}</span>
        </div>
        <p className="text-xs text-ink-3">
          {plan.createdBy}, {formatDay(plan.createdAt.slice(0, 10))}
          {plan.approvers.length > 0 && ` · approved by ${plan.approvers.join(", ")}`}
        </p>
      </li>
    ))}
  </ul>
);

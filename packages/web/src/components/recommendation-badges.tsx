import { Link } from "@tanstack/react-router";
import { livePlanOf } from "../pages/plans/plannable.ts";
import type { RecommendationLine } from "../pages/recommendations/recommendations-search.ts";
import { Badge, type BadgeTone } from "./badge.tsx";

const riskTones: Readonly<Record<RecommendationLine["risk"], BadgeTone>> = {
  none: "good",
  low: "good",
  medium: "warn",
  high: "bad",
};

export const RiskBadge = ({ risk }: { readonly risk: RecommendationLine["risk"] }) => (
  <Badge tone={riskTones[risk]}>{risk} risk</Badge>
);

const statusTones: Readonly<Record<RecommendationLine["status"], BadgeTone>> = {
  open: "plain",
  accepted: "accent",
  dismissed: "plain",
  snoozed: "warn",
};

export const StatusBadge = ({ line }: { readonly line: RecommendationLine }) => (
  <Badge tone={statusTones[line.status]}>{line.status}</Badge>
);

/** Where it is carried out. */
export const PlanLink = ({ line }: { readonly line: Pick<RecommendationLine, "plans"> }) => {
  const id = livePlanOf(line);
  return id === undefined ? null : (
    <Link to="/plans/$id" params={{ id }} className="ml-1 text-xs whitespace-nowrap text-accent underline">
      in a plan
    </Link>
  );
};

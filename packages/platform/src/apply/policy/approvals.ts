import type { Instant, PlanApproval, PlanBody, PlanStep } from "@trimtab/domain";
import type { Policy } from "./policy.ts";

type Delegation = Policy["approvals"]["delegations"][number];

type Classed = Pick<PlanStep, "action" | "reversibility" | "resource">;

export interface GivenApproval {
  readonly approver: string;
  readonly at: Instant;
}

/** What counts for a step that meets no rule: a gap in a policy lets nothing through. */
const OTHERWISE: PlanApproval = { about: "what no rule names", needs: 1, approvers: [] };

/** What the policy asks for a plan of these steps: of each rule that a step meets first, its number of people. */
export const approvalsFor = ({ approvals }: Policy, steps: readonly Classed[]): readonly PlanApproval[] => {
  const firstOf = (step: Classed) => approvals.rules.find((rule) => meets(rule, step));
  const met = new Set(steps.map(firstOf));
  return [
    ...approvals.rules
      .filter((rule) => met.has(rule))
      .map(({ about, needs, approvers }) => ({ about, needs, approvers })),
    ...(met.has(undefined) ? [OTHERWISE] : []),
  ];
};

type Rule = Policy["approvals"]["rules"][number];

const meets = ({ when }: Rule, { action, reversibility, resource }: Classed) =>
  (when.action === undefined || when.action === action) &&
  (when.reversibility === undefined || when.reversibility === reversibility) &&
  (when.account === undefined || when.account === resource.scope.account) &&
  (when.resource === undefined || when.resource === resource.name || when.resource === resource.id);

export const approvalsNeeded = (approvals: readonly PlanApproval[]): number =>
  approvals.reduce((sum, { needs }) => sum + needs, 0);

/**
 * Why one more approval can't be given; undefined: it can. Each approval is for one rule, and all given so far must fit
 * the rules together.
 */
export const approvalProblem = (
  body: Pick<PlanBody, "approvals" | "creatorMayApproveAlone">,
  policy: Policy,
  given: readonly GivenApproval[],
  next: GivenApproval,
  creator: string,
): string | undefined => {
  const isAlone = approvalsNeeded(body.approvals) === 1;
  if (isAlone && next.approver === creator && !body.creatorMayApproveAlone)
    return "who made a plan may not approve it alone";
  if (!fits(body.approvals, policy, [...given, next])) {
    const names = [...new Set(body.approvals.flatMap(({ approvers }) => approvers))];
    return names.length === 0
      ? "no more approvals are needed"
      : `the policy names ${names.join(", ")}, and no rule is still open to ${next.approver}`;
  }
  return undefined;
};

/** Rules that the approvals given so far leave open, in words. */
export const openApprovals = (
  approvals: readonly PlanApproval[],
  policy: Policy,
  given: readonly GivenApproval[],
): readonly string[] => {
  const taken = assign(approvals, policy, given);
  return approvals.flatMap(({ about, needs, approvers }, index) => {
    const missing = needs - taken.filter((rule) => rule === index).length;
    if (missing <= 0) return [];
    return [`${missing} for ${about}${approvers.length === 0 ? "" : ` (${approvers.join(", ")})`}`];
  });
};

const fits = (approvals: readonly PlanApproval[], policy: Policy, given: readonly GivenApproval[]): boolean =>
  assign(approvals, policy, given).every((rule) => rule !== undefined);

/** Which rule each approval counts for, as many of them as can: augmenting paths, for an early choice may block a later. */
const assign = (
  approvals: readonly PlanApproval[],
  { approvals: { delegations } }: Policy,
  given: readonly GivenApproval[],
): readonly (number | undefined)[] => {
  const places = approvals.flatMap((approval, rule) =>
    Array.from({ length: approval.needs }, () => ({ approval, rule })),
  );
  const holder: (number | undefined)[] = places.map(() => undefined);
  const seat = (person: number, tried: Set<number>): boolean => {
    const approval = given[person];
    if (approval === undefined) return false;
    for (const [index, place] of places.entries()) {
      if (tried.has(index) || !mayFill(place.approval, approval, delegations)) continue;
      tried.add(index);
      const sitting = holder[index];
      if (sitting === undefined || seat(sitting, tried)) {
        holder[index] = person;
        return true;
      }
    }
    return false;
  };
  for (const person of given.keys()) seat(person, new Set());
  return given.map((_, person) => places[holder.indexOf(person)]?.rule);
};

const mayFill = (
  { about, approvers }: PlanApproval,
  { approver, at }: GivenApproval,
  delegations: readonly Delegation[],
): boolean =>
  approvers.length === 0 ||
  approvers.includes(approver) ||
  delegations.some(
    ({ from, to, rules, until }) =>
      to === approver &&
      approvers.includes(from) &&
      (rules === undefined || rules.includes(about)) &&
      Date.parse(at) <= Date.parse(until),
  );

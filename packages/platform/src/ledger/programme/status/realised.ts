import { add, type Day, type MoneyEstimate } from "@trimtab/domain";
import type { Board } from "../board.ts";
import { tasksOf } from "../board.ts";

/** What the newest verification of a plan found, and the tasks that the plan carried out. */
export interface VerifiedPlan {
  readonly plan: string;
  readonly tasks: readonly string[];
  readonly verdict: "pending" | "proven" | "not-proven" | "harmful";
  readonly realised?: MoneyEstimate;
  readonly coversFrom: Day;
  readonly coversTo: Day;
}

/** A saving that verification has proven, or why there is no figure. Never an estimate of what it should be. */
export type Realised =
  | { readonly status: "verified"; readonly saving: MoneyEstimate; readonly note?: string }
  | { readonly status: "not-verified"; readonly reason: string };

const REASONS = {
  pending: "verification is pending",
  proven: "verification gave no figure",
  "not-proven": "verified, and no saving is proven",
  harmful: "verification found harm and gave no figure",
} as const;

/** What plans realised together: the proven and the harmful ones count, the others are told. */
export function realisedBy(plans: readonly VerifiedPlan[]): Realised {
  const counted = plans.filter(({ verdict }) => verdict === "proven" || verdict === "harmful");
  const amounts = counted.flatMap(({ realised }) => realised ?? []);
  const [first, ...others] = amounts;
  const open = plans
    .filter((plan) => !counted.includes(plan))
    .map(({ plan, verdict }) => `${plan}: ${REASONS[verdict]}`);
  if (first === undefined || others.some(({ currency }) => currency !== first.currency)) {
    const [plan] = plans;
    const reason = plan === undefined ? "not verified" : REASONS[plan.verdict];
    return {
      status: "not-verified",
      reason: first === undefined ? reason : "verified in several currencies",
    };
  }
  const saving = others.reduce(
    (sum, { low, mid, high }) => ({
      currency: sum.currency,
      low: add(sum.low, low),
      mid: add(sum.mid, mid),
      high: add(sum.high, high),
    }),
    first,
  );
  return { status: "verified", saving, ...(open.length === 0 ? {} : { note: open.join("; ") }) };
}

/** The plans that changed one line only; a plan over several lines has one figure for all of them. */
export function plansOfLine(
  board: Board,
  plans: readonly VerifiedPlan[],
  line: string,
): readonly VerifiedPlan[] {
  return plans.filter(({ tasks }) => {
    const lines = new Set(tasks.flatMap((task) => linesOfTask(board, task)));
    return lines.size === 1 && lines.has(line);
  });
}

export function isAcrossLines(board: Board, { tasks }: VerifiedPlan): boolean {
  return new Set(tasks.flatMap((task) => linesOfTask(board, task))).size !== 1;
}

function linesOfTask(board: Board, id: string): readonly string[] {
  const task = tasksOf(board).find((own) => own.id === id);
  const placed =
    task?.recommendation === undefined ? undefined : board.recommendations.get(task.recommendation);
  const stated = (task?.effects ?? []).flatMap(({ on }) => on);
  return placed?.line === undefined ? stated : [...stated, placed.line];
}

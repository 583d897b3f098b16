import { add, type Day, type Decimal, decimal, formatDecimal, type MoneyEstimate } from "@trimtab/domain";
import type { State } from "../../state/state.ts";

/** What the state database adds to the overview: how far savings are, and what is to be done. */
export interface StateFigures {
  readonly savings: SavingsFigures | null;
  readonly tasks: readonly TaskFigure[];
}

interface SumOfEstimates {
  readonly low: string;
  readonly mid: string;
  readonly high: string;
  readonly count: number;
}

/** A month, in one currency. */
export interface SavingsFigures {
  readonly found: SumOfEstimates;
  readonly accepted: SumOfEstimates;
  readonly approved: SumOfEstimates;
  readonly realised: SumOfEstimates;
  readonly otherCurrencies: number;
}

export interface TaskFigure {
  readonly id: string;
  readonly programme: { readonly id: string; readonly name: string };
  readonly title: string;
  readonly owner: string | null;
  readonly status: string;
  readonly dueOn: string | null;
  readonly isOverdue: boolean;
}

const SHOWN_TASKS = 8;
const APPROVED = new Set(["approved", "applying", "applied"]);
const OPEN = new Set(["todo", "in-progress", "blocked"]);

export const stateFigures = async (state: State, currency: string, today: Day): Promise<StateFigures> => {
  const [savings, tasks] = await Promise.all([savingsOf(state, currency), tasksOf(state, today)]);
  return { savings, tasks };
};

const savingsOf = async (state: State, currency: string): Promise<SavingsFigures | null> => {
  const { listRecommendations } = await import("../../state/recommendations.ts");
  const { listPlans, readPlan } = await import("../../state/plans.ts");
  const { listVerifications } = await import("../../state/verifications.ts");
  const all = await listRecommendations(state);
  const plans = await listPlans(state);
  if (all.length === 0 && plans.length === 0) return null;
  const byId = new Map(all.map((one) => [one.id, one]));
  const inPlans = new Set<string>();
  const realised: MoneyEstimate[] = [];
  for (const { id, status } of plans) {
    if (!APPROVED.has(status)) continue;
    const { recommendations } = await readPlan(state, id);
    for (const own of recommendations) inPlans.add(own.id);
    const newest = (await listVerifications(state, id)).at(-1);
    if (newest?.realised !== undefined) realised.push(newest.realised);
  }
  const live = all.filter(({ status }) => status !== "dismissed");
  const savingsIn = (items: typeof all) => items.flatMap(({ saving }) => saving ?? []);
  const groups = {
    found: savingsIn(live),
    accepted: savingsIn(live.filter(({ status }) => status === "accepted")),
    approved: savingsIn([...inPlans].flatMap((id) => byId.get(id) ?? [])),
    realised,
  };
  const isOther = (one: MoneyEstimate) => one.currency !== currency;
  return {
    found: sumOf(groups.found, currency),
    accepted: sumOf(groups.accepted, currency),
    approved: sumOf(groups.approved, currency),
    realised: sumOf(groups.realised, currency),
    otherCurrencies: groups.found.filter(isOther).length + groups.realised.filter(isOther).length,
  };
};

const sumOf = (estimates: readonly MoneyEstimate[], currency: string): SumOfEstimates => {
  const own = estimates.filter((one) => one.currency === currency);
  const total = (pick: (one: MoneyEstimate) => Decimal) =>
    formatDecimal(own.reduce((sum, one) => add(sum, pick(one)), decimal("0")));
  return {
    low: total(({ low }) => low),
    mid: total(({ mid }) => mid),
    high: total(({ high }) => high),
    count: own.length,
  };
};

/** Open tasks of all programmes; what is overdue or due soonest first, undated ones last. */
const tasksOf = async (state: State, today: Day): Promise<readonly TaskFigure[]> => {
  const { listProgrammes } = await import("../../state/programmes.ts");
  const { listTasks } = await import("../../state/tasks.ts");
  const tasks: TaskFigure[] = [];
  for (const programme of await listProgrammes(state))
    for (const { id, title, owner, status, dueOn } of await listTasks(state, programme.id))
      if (OPEN.has(status))
        tasks.push({
          id,
          programme: { id: programme.id, name: programme.name },
          title,
          owner: owner ?? null,
          status,
          dueOn: dueOn ?? null,
          isOverdue: dueOn !== undefined && dueOn < today,
        });
  const key = ({ dueOn }: TaskFigure): string => dueOn ?? "9999";
  return tasks.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).slice(0, SHOWN_TASKS);
};

import { addDays, type Day, dayOf } from "@trimtab/domain";
import type { LineCosts } from "./baseline.ts";
import { type Board, factsOf, tasksOf, waterfallOf } from "./board.ts";
import type { Schedule } from "./schedule/critical-path.ts";
import { mondayOf } from "./schedule/work-calendar.ts";
import type { Scenarios } from "./waterfall/effect.ts";

/** What a month will cost on a day, once what was planned up to then is done. */
export interface PlannedCost {
  readonly on: Day;
  readonly monthly: Scenarios;
}

/** One week of the programme, from Monday. */
export interface PlannedWeek {
  readonly monday: Day;
  readonly inWork: readonly string[];
  readonly finishing: readonly string[];
  readonly milestones: readonly string[];
  /** A month at the end of the week; absent: there is no baseline. */
  readonly cost?: Scenarios;
}

/** The programme week by week. */
export function weeksOf(board: Board, plan: Schedule, costs: LineCosts | undefined): readonly PlannedWeek[] {
  const weeks: PlannedWeek[] = [];
  for (let monday = mondayOf(plan.start); monday <= plan.finish; monday = addDays(monday, 7)) {
    const sunday = addDays(monday, 6);
    const inWork = plan.tasks.filter(({ start, finish }) => start <= sunday && finish >= monday);
    const milestones = (board.programme.milestones ?? []).filter(
      ({ dueOn }) => dueOn >= monday && dueOn <= sunday,
    );
    weeks.push({
      monday,
      inWork: inWork.map(({ key }) => key),
      finishing: inWork.filter(({ finish }) => finish <= sunday).map(({ key }) => key),
      milestones: milestones.map(({ title }) => title),
      ...(costs === undefined ? {} : { cost: plannedOn(board, plan, costs, sunday).monthly }),
    });
  }
  return weeks;
}

/** A month by the plan: with the tasks whose planned last day is before the end of that day. */
function plannedOn(board: Board, plan: Schedule, costs: LineCosts, on: Day): PlannedCost {
  const done = new Set(plan.tasks.filter(({ finish }) => finish <= on).map(({ key }) => key));
  return { on, monthly: waterfallOf(board, costs, on, (task) => done.has(task)).end };
}

/** What the whole programme leaves on each later day on which commitments or effects begin or end. */
export function laterCosts(board: Board, costs: LineCosts, after: Day): readonly PlannedCost[] {
  const days = tasksOf(board).flatMap(({ effects = [], recommendation }) => {
    const stated = effects.flatMap(({ from, until }) => [from, until]);
    const placed = recommendation === undefined ? undefined : board.recommendations.get(recommendation);
    const until = placed?.recommendation.saving.commitment?.until;
    return [...stated, until === undefined ? undefined : dayOf(until)];
  });
  const later = [...new Set(days)].filter((day) => day !== undefined && day > after) as Day[];
  return later.toSorted().map((on) => ({ on, monthly: waterfallOf(board, costs, on).end }));
}

/** What does not fit together in a programme, as sentences; none of it stops it. */
export function remarksOn(board: Board, plan: Schedule): readonly string[] {
  const planned = new Map(plan.tasks.map((task) => [task.key, task]));
  const { ends } = board.programme;
  return [
    ...tasksOf(board).flatMap(({ id, starts, due, after = [], recommendation }) => {
      const own = planned.get(id);
      const early = after.filter(
        (other) => starts !== undefined && (planned.get(other)?.finish ?? "") >= starts,
      );
      const placed = recommendation === undefined ? undefined : board.recommendations.get(recommendation);
      return [
        ...early.map(
          (other) => `${id} is to start on ${starts}, before ${other}, which it waits for, is done`,
        ),
        ...(due !== undefined && own !== undefined && own.finish > due && factsOf(board, id).status !== "done"
          ? [`${id} is due on ${due} and can't be done before ${own.finish}`]
          : []),
        ...(placed !== undefined && placed.line === undefined
          ? [`${id}: the bill does not show ${placed.recommendation.resource.id}, so its saving is in no sum`]
          : []),
      ];
    }),
    ...(ends !== undefined && plan.finish > ends
      ? [`the last task ends on ${plan.finish}, after the programme's end on ${ends}`]
      : []),
  ];
}

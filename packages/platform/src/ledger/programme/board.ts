import {
  canonicalJson,
  type Day,
  dayOf,
  formatDecimal,
  type Recommendation,
  type RecommendationKey,
  type TaskStatus,
} from "@trimtab/domain";
import type { LineCosts } from "./baseline.ts";
import { parseChange, parseHours } from "./file/change-text.ts";
import type { ProgrammeFile, ProgrammeTask } from "./file/programme-schema.ts";
import { type Schedule, type ScheduleTask, schedule } from "./schedule/critical-path.ts";
import { type WorkCalendar, workDaysIn } from "./schedule/work-calendar.ts";
import type { Effect } from "./waterfall/effect.ts";
import { type Waterfall, type WaterfallTask, waterfall } from "./waterfall/waterfall.ts";

const HOURS_PER_DAY = 8;

/** What has happened to a task. */
export interface TaskFacts {
  readonly status: TaskStatus;
  readonly startedOn?: Day;
  readonly doneOn?: Day;
  /** Why it is blocked or cancelled. */
  readonly reason?: string;
}

/** A recommendation that a task carries out, and the line in which the bill shows its resource. */
export interface PlacedRecommendation {
  readonly recommendation: Recommendation;
  /** Absent: the bill does not show the resource, so nothing of the bill can be saved by it. */
  readonly line?: string;
}

/** A programme with what has become of it. */
export interface Board {
  readonly programme: ProgrammeFile;
  /** By task; absent: still to do. */
  readonly facts: ReadonlyMap<string, TaskFacts>;
  /** By the id that a task names. */
  readonly recommendations: ReadonlyMap<string, PlacedRecommendation>;
}

const TODO: TaskFacts = { status: "todo" };

export function factsOf({ facts }: Pick<Board, "facts">, task: string): TaskFacts {
  return facts.get(task) ?? TODO;
}

/** Tasks that count: all but the cancelled. */
export function tasksOf(board: Board): readonly ProgrammeTask[] {
  return board.programme.tasks.filter(({ id }) => factsOf(board, id).status !== "cancelled");
}

function calendarOf({ calendar }: ProgrammeFile): WorkCalendar {
  return { days: calendar?.days ?? "working", holidays: calendar?.holidays ?? [] };
}

/** When tasks are done: as planned, or with `today`, as things stand. */
export function scheduleOf(board: Board, today?: Day): Schedule {
  const { programme } = board;
  const calendar = calendarOf(programme);
  const tasks = tasksOf(board).map((task): ScheduleTask => {
    const { id, after = [], starts } = task;
    const { startedOn, doneOn } = today === undefined ? TODO : factsOf(board, id);
    return {
      key: id,
      after,
      days: durationOf(task, calendar),
      ...(starts === undefined ? {} : { earliest: starts }),
      ...(startedOn === undefined ? {} : { startedOn }),
      ...(doneOn === undefined ? {} : { doneOn }),
    };
  });
  return schedule({
    tasks,
    start: programme.starts,
    calendar,
    ...(today === undefined || today < programme.starts ? {} : { today }),
  });
}

/** Its days, else those from its start to its due day, else by its hours. */
function durationOf({ days, starts, due, effort }: ProgrammeTask, calendar: WorkCalendar): number {
  if (days !== undefined) return days;
  if (starts !== undefined && due !== undefined) return Math.max(workDaysIn(starts, due, calendar), 1);
  const hours = effort === undefined ? undefined : parseHours(effort);
  return hours === undefined ? 1 : Math.max(Math.ceil(Number(formatDecimal(hours.mid)) / HOURS_PER_DAY), 1);
}

/** The waterfall over tasks in the order in which they will be done; with `only`, over some of them. */
export function waterfallOf(
  board: Board,
  costs: LineCosts,
  at: Day,
  only: (task: string) => boolean = () => true,
): Waterfall {
  const order = scheduleOf(board).tasks.map(({ key }) => key);
  const tasks = tasksOf(board).filter(({ id }) => only(id));
  const keys = new Map(
    tasks.flatMap(({ id, recommendation }) => {
      const placed = recommendation === undefined ? undefined : board.recommendations.get(recommendation);
      return placed === undefined ? [] : [[keyText(placed.recommendation.key), id] as const];
    }),
  );
  const steps = tasks.map((task): WaterfallTask & { readonly turn: number } => ({
    key: task.id,
    title: task.title,
    effects: effectsOf(task, board.recommendations),
    excludes: excludedBy(task, board.recommendations, keys),
    turn: order.indexOf(task.id),
  }));
  const inTurn = steps.toSorted((a, b) => a.turn - b.turn);
  return waterfall({ currency: costs.currency, lines: costs.lines, tasks: inTurn, at });
}

function effectsOf(
  { effects = [], recommendation }: ProgrammeTask,
  recommendations: Board["recommendations"],
): readonly Effect[] {
  const stated = effects.flatMap(({ on, change, from, until }): Effect[] => {
    const parsed = parseChange(change);
    if (parsed.status === "unreadable") return [];
    const times = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
    return [{ on, change: parsed.change, ...times }];
  });
  const placed = recommendation === undefined ? undefined : recommendations.get(recommendation);
  return placed?.line === undefined
    ? stated
    : [...stated, recommendedEffect(placed.recommendation, placed.line)];
}

function recommendedEffect({ resource, costNow, saving }: Recommendation, line: string): Effect {
  const { net, gross, commitment } = saving;
  const until = commitment?.until;
  return {
    on: [line],
    change: {
      kind: "resource",
      resource: resource.id,
      costNow: costNow.amount,
      net,
      gross,
      ...(until === undefined ? {} : { committedUntil: dayOf(until) }),
    },
  };
}

function excludedBy(
  { recommendation, ...task }: ProgrammeTask,
  recommendations: Board["recommendations"],
  keys: ReadonlyMap<string, string>,
): readonly string[] {
  const placed =
    recommendation === undefined ? undefined : recommendations.get(recommendation)?.recommendation;
  const others = [...(placed?.alternatives ?? []), ...(placed?.conflicts ?? [])];
  return [...(task["instead-of"] ?? []), ...others.flatMap((key) => keys.get(keyText(key)) ?? [])];
}

const keyText = ({ advisor, resource, scope, fingerprint }: RecommendationKey): string =>
  canonicalJson([advisor, resource, scope, fingerprint]);

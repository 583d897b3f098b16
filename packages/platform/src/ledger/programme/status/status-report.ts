import {
  addDays,
  type CurrencyCode,
  type Day,
  type Decimal,
  decimal,
  type TaskStatus,
} from "@trimtab/domain";
import type { LineCosts } from "../baseline.ts";
import { type Board, factsOf, scheduleOf, tasksOf, waterfallOf } from "../board.ts";
import type { TaskJudgement } from "../criteria/judge-tasks.ts";
import type { ProgrammeFile } from "../file/programme-schema.ts";
import { remarksOn } from "../outlook.ts";
import type { Scenarios } from "../waterfall/effect.ts";
import { isAcrossLines, plansOfLine, type Realised, realisedBy, type VerifiedPlan } from "./realised.ts";
import { budgetsOf, type ProgrammeBudget, type Returns, returnsOf } from "./returns.ts";

export type Cadence = "daily" | "weekly";

/** A move of a task, for what has happened of late. */
export interface TaskMoved {
  readonly task: string;
  readonly to: TaskStatus;
  readonly on: Day;
  readonly reason?: string;
}

export interface StatusInput {
  readonly board: Board;
  readonly today: Day;
  readonly cadence: Cadence;
  readonly baseline: LineCosts;
  /** The last whole month; absent: no bill tells it. */
  readonly now?: LineCosts;
  readonly judged: readonly TaskJudgement[];
  readonly verified: readonly VerifiedPlan[];
  readonly moves: readonly TaskMoved[];
}

export interface LineStatus {
  readonly line: string;
  readonly baseline: Decimal;
  readonly now?: Decimal;
  /** By the plan, with what was to be done by today. */
  readonly planned: Scenarios;
  readonly target: Decimal;
  readonly realised: Realised;
}

/** Where a programme stands. Every amount is of a month. */
export interface StatusReport {
  readonly programme: string;
  readonly currency: CurrencyCode;
  readonly today: Day;
  readonly cadence: Cadence;
  readonly baseline: LineCosts["from"];
  readonly now: LineCosts["from"] | null;
  readonly tasks: Readonly<Record<TaskStatus, number>>;
  readonly lines: readonly LineStatus[];
  readonly total: {
    readonly baseline: Decimal;
    readonly now?: Decimal;
    readonly planned: Scenarios;
    readonly target: Decimal;
    readonly realised: Realised;
  };
  /** Plans that changed several lines, with one figure for all of them. */
  readonly acrossLines: readonly VerifiedPlan[];
  readonly steps: readonly {
    readonly task: string;
    readonly title: string;
    readonly status: TaskStatus;
    readonly start: Day;
    readonly finish: Day;
    readonly planned: Scenarios;
    readonly realised: Realised;
  }[];
  readonly criteria: readonly TaskJudgement[];
  readonly happened: readonly TaskMoved[];
  readonly next: readonly { readonly task: string; readonly what: "starts" | "ends"; readonly on: Day }[];
  readonly late: readonly { readonly task: string; readonly due: Day; readonly finish: Day }[];
  readonly blocked: readonly { readonly task: string; readonly reason?: string }[];
  readonly records: Pick<
    ProgrammeFile,
    "risks" | "blockers" | "incidents" | "milestones" | "sign-offs" | "lessons" | "people" | "claims"
  >;
  readonly budgets: readonly ProgrammeBudget[];
  readonly returns: { readonly planned: Returns; readonly realised: Returns | { readonly reason: string } };
  readonly remarks: readonly string[];
}

const DAYS_OF: Readonly<Record<Cadence, number>> = { daily: 1, weekly: 7 };

/** Puts together where a programme stands on a day. Nothing in it is estimated that could have been verified. */
export function statusReport(input: StatusInput): StatusReport {
  const { board, today, cadence, baseline, now, judged, verified, moves } = input;
  const { programme } = board;
  const asPlanned = scheduleOf(board);
  const forecast = scheduleOf(board, today);
  const goal = waterfallOf(board, baseline, addDays(asPlanned.finish, 1));
  const done = new Set(asPlanned.tasks.filter(({ finish }) => finish <= today).map(({ key }) => key));
  const sofar = waterfallOf(board, baseline, today, (task) => done.has(task));
  const realised = realisedBy(verified);
  const days = DAYS_OF[cadence];
  return {
    programme: programme.name,
    currency: baseline.currency,
    today,
    cadence,
    baseline: baseline.from,
    now: now?.from ?? null,
    tasks: countStates(board),
    lines: goal.lines.map(({ name, start, end }, index) => ({
      line: name,
      baseline: start,
      ...nowOf(now, name),
      planned: sofar.lines[index]?.end ?? end,
      target: targetOf(programme, name) ?? end.mid,
      realised: realisedBy(plansOfLine(board, verified, name)),
    })),
    total: {
      baseline: goal.start,
      ...(now === undefined ? {} : { now: waterfallOf(board, now, today, () => false).start }),
      planned: sofar.end,
      target: programme.target === undefined ? goal.end.mid : decimal(programme.target),
      realised,
    },
    acrossLines: verified.filter((plan) => isAcrossLines(board, plan)),
    steps: forecast.tasks.map(({ key, start, finish }) => ({
      task: key,
      title: programme.tasks.find(({ id }) => id === key)?.title ?? key,
      status: factsOf(board, key).status,
      start,
      finish,
      planned: goal.steps.find((step) => step.key === key)?.marginal ?? goal.saved,
      realised: realisedBy(verified.filter(({ tasks }) => tasks.length === 1 && tasks[0] === key)),
    })),
    criteria: judged,
    happened: moves.filter(({ on }) => on > addDays(today, -days) && on <= today),
    next: nextOf(board, forecast.tasks, today, addDays(today, days)),
    late: lateOf(board, forecast.tasks),
    blocked: tasksOf(board).flatMap(({ id }) => {
      const { status, reason } = factsOf(board, id);
      return status === "blocked" ? [{ task: id, ...(reason === undefined ? {} : { reason }) }] : [];
    }),
    records: recordsOf(programme),
    budgets: budgetsOf(board),
    returns: {
      planned: returnsOf(board, goal.saved),
      realised:
        realised.status === "verified" ? returnsOf(board, realised.saving) : { reason: realised.reason },
    },
    remarks: remarksOn(board, asPlanned),
  };
}

function countStates(board: Board): Readonly<Record<TaskStatus, number>> {
  const counts: Record<TaskStatus, number> = { todo: 0, "in-progress": 0, blocked: 0, done: 0, cancelled: 0 };
  for (const { id } of board.programme.tasks) counts[factsOf(board, id).status] += 1;
  return counts;
}

function nowOf(now: LineCosts | undefined, name: string): { readonly now?: Decimal } {
  const found = now?.lines.find((line) => line.name === name);
  return found === undefined ? {} : { now: found.monthly };
}

function targetOf({ targets = {} }: ProgrammeFile, line: string): Decimal | undefined {
  const stated = targets[line];
  return stated === undefined ? undefined : decimal(stated);
}

type Dated = readonly { readonly key: string; readonly start: Day; readonly finish: Day }[];

function nextOf(board: Board, tasks: Dated, today: Day, until: Day): StatusReport["next"] {
  const isSoon = (on: Day) => on > today && on <= until;
  return tasks.flatMap(({ key, start, finish }) => {
    const { status } = factsOf(board, key);
    if (status === "done") return [];
    return [
      ...(status === "todo" && isSoon(start) ? [{ task: key, what: "starts" as const, on: start }] : []),
      ...(isSoon(finish) ? [{ task: key, what: "ends" as const, on: finish }] : []),
    ];
  });
}

function lateOf(board: Board, tasks: Dated): StatusReport["late"] {
  return tasks.flatMap(({ key, finish }) => {
    const due = board.programme.tasks.find(({ id }) => id === key)?.due;
    const isOpen = factsOf(board, key).status !== "done";
    return isOpen && due !== undefined && finish > due ? [{ task: key, due, finish }] : [];
  });
}

function recordsOf(programme: ProgrammeFile): StatusReport["records"] {
  const { risks, blockers, incidents, milestones, lessons, people, claims } = programme;
  return {
    risks,
    blockers,
    incidents,
    milestones,
    "sign-offs": programme["sign-offs"],
    lessons,
    people,
    claims,
  };
}

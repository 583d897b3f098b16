import { addDays, type Day } from "@trimtab/domain";
import { shiftWorkDays, type WorkCalendar, workDayFrom, workDaysIn } from "./work-calendar.ts";

export interface ScheduleTask {
  readonly key: string;
  readonly after: readonly string[];
  /** Work days that it takes, at least 1. */
  readonly days: number;
  /** Not before this day; absent: as soon as what it waits for is done. */
  readonly earliest?: Day;
  readonly startedOn?: Day;
  readonly doneOn?: Day;
}

export interface ScheduledTask {
  readonly key: string;
  readonly start: Day;
  /** Last day of work. */
  readonly finish: Day;
  /** Last days on which it can start and finish without delaying the whole. */
  readonly latestStart: Day;
  readonly latestFinish: Day;
  /** Work days that it can slip without delaying the whole. */
  readonly slack: number;
}

export interface Schedule {
  readonly start: Day;
  readonly finish: Day;
  /** In the order in which they finish. */
  readonly tasks: readonly ScheduledTask[];
  /** The longest chain of tasks that wait for each other, whatever days they were set to. */
  readonly criticalPath: readonly string[];
}

export interface ScheduleInput {
  readonly tasks: readonly ScheduleTask[];
  readonly start: Day;
  /** Nothing that is not done yet ends before it; absent: the plan as it was made. */
  readonly today?: Day;
  readonly calendar: WorkCalendar;
}

type Dated = Pick<ScheduledTask, "key" | "start" | "finish">;

/**
 * When each task can be done: forwards from the start, backwards from the last finish. Tasks must not wait for each other
 * in a circle.
 * @see https://en.wikipedia.org/wiki/Critical_path_method, 2026-06
 */
export function schedule(input: ScheduleInput): Schedule {
  const ordered = inOrder(input.tasks);
  const dated = forwards(ordered, input);
  const finish = lastFinish([...dated.values()], input.start);
  const latest = backwards(ordered, dated, finish, input.calendar);
  const tasks = ordered.flatMap(({ key }): ScheduledTask[] => {
    const [own, limit] = [dated.get(key), latest.get(key)];
    if (own === undefined || limit === undefined) return [];
    const slack = Math.max(workDaysIn(own.finish, limit.finish, input.calendar) - 1, 0);
    return [{ ...own, latestStart: limit.start, latestFinish: limit.finish, slack }];
  });
  return {
    start: input.start,
    finish,
    tasks: tasks.toSorted((a, b) => (a.finish < b.finish ? -1 : a.finish > b.finish ? 1 : 0)),
    criticalPath: longestChain(ordered),
  };
}

/** Each after all that it waits for, otherwise as they stand. */
function inOrder(tasks: readonly ScheduleTask[]): readonly ScheduleTask[] {
  const done = new Set<string>();
  const keys = new Set(tasks.map(({ key }) => key));
  const ordered: ScheduleTask[] = [];
  let waiting = [...tasks];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ after }) => after.every((key) => done.has(key) || !keys.has(key)));
    if (ready.length === 0) throw new TypeError("tasks wait for each other in a circle");
    for (const task of ready) done.add(task.key);
    ordered.push(...ready);
    waiting = waiting.filter(({ key }) => !done.has(key));
  }
  return ordered;
}

function forwards(ordered: readonly ScheduleTask[], input: ScheduleInput): ReadonlyMap<string, Dated> {
  const dated = new Map<string, Dated>();
  for (const task of ordered) dated.set(task.key, datesOf(task, dated, input));
  return dated;
}

function datesOf(
  { key, after, days, earliest, startedOn, doneOn }: ScheduleTask,
  before: ReadonlyMap<string, Dated>,
  { start: begin, today, calendar }: ScheduleInput,
): Dated {
  if (doneOn !== undefined) return { key, start: earlierOf(startedOn ?? doneOn, doneOn), finish: doneOn };
  const waits = after.flatMap((other) => {
    const finish = before.get(other)?.finish;
    return finish === undefined ? [] : [addDays(finish, 1)];
  });
  const bounds = [begin, ...waits, ...(earliest ? [earliest] : []), ...(today ? [today] : [])];
  const start = startedOn ?? workDayFrom(bounds.reduce(laterOf), 1, calendar);
  const finish = shiftWorkDays(workDayFrom(start, 1, calendar), days - 1, calendar);
  return { key, start, finish: today === undefined ? finish : laterOf(finish, today) };
}

function backwards(
  ordered: readonly ScheduleTask[],
  dated: ReadonlyMap<string, Dated>,
  last: Day,
  calendar: WorkCalendar,
): ReadonlyMap<string, { readonly start: Day; readonly finish: Day }> {
  const latest = new Map<string, { readonly start: Day; readonly finish: Day }>();
  for (const { key, days, doneOn } of ordered.toReversed()) {
    const own = dated.get(key);
    const next = ordered.flatMap((other) => (other.after.includes(key) ? (latest.get(other.key) ?? []) : []));
    const limits = next.map(({ start }) => addDays(start, -1));
    const finish = workDayFrom([last, ...limits].reduce(earlierOf), -1, calendar);
    // What is done can't slip any more; what is late has no slack, but never a negative one.
    const bound =
      own === undefined || doneOn !== undefined ? (own?.finish ?? finish) : laterOf(finish, own.finish);
    const start = shiftWorkDays(workDayFrom(bound, -1, calendar), 1 - days, calendar);
    latest.set(key, { start, finish: bound });
  }
  return latest;
}

/** By durations and dependencies alone; of chains of one length, the one whose tasks stand first. */
function longestChain(ordered: readonly ScheduleTask[]): readonly string[] {
  const chains = new Map<string, { readonly length: number; readonly keys: readonly string[] }>();
  let longest: { readonly length: number; readonly keys: readonly string[] } = { length: 0, keys: [] };
  for (const { key, after, days } of ordered) {
    const before = after
      .flatMap((other) => chains.get(other) ?? [])
      .reduce((best, chain) => (chain.length > best.length ? chain : best), {
        length: 0,
        keys: [] as readonly string[],
      });
    const own = { length: before.length + days, keys: [...before.keys, key] };
    chains.set(key, own);
    if (own.length > longest.length) longest = own;
  }
  return longest.keys;
}

function lastFinish(dated: readonly Dated[], start: Day): Day {
  return dated.map(({ finish }) => finish).reduce(laterOf, start);
}

const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);
const earlierOf = (a: Day, b: Day): Day => (a < b ? a : b);

import { Cron } from "croner";
import { notifyErrors } from "../errors.ts";

/** When something is due: a cron expression of five fields, read in a time zone. */
export interface CronTimes {
  readonly cron: string;
  readonly timeZone: string;
}

/**
 * A time that a change of clocks leaves out comes right after the gap; one that comes twice counts once, the first time.
 * Expressions that go by intervals (a star or a step in minute or hour) follow the clock's real hours instead.
 */
const cronOf = ({ cron, timeZone }: CronTimes): Cron => {
  requireTimeZone(timeZone);
  try {
    return new Cron(cron, { timezone: timeZone, mode: "5-part", fixedTimeRule: "no-wildcard", paused: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^CronPattern: /, "") : "it can't be read";
    throw notifyErrors.create("SCHEDULE_CRON_INVALID", { cron, reason }, { cause });
  }
};

const requireTimeZone = (timeZone: string): void => {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch (cause) {
    throw notifyErrors.create("SCHEDULE_TIME_ZONE_INVALID", { timeZone }, { cause });
  }
};

/** @throws SCHEDULE_CRON_INVALID, SCHEDULE_TIME_ZONE_INVALID, SCHEDULE_NEVER */
export const checkCronTimes = (times: CronTimes, now: Date): Date => {
  const next = nextTime(times, now);
  if (next === undefined) throw notifyErrors.create("SCHEDULE_NEVER", { cron: times.cron });
  return next;
};

/** The first time after `now`. @throws SCHEDULE_CRON_INVALID, SCHEDULE_TIME_ZONE_INVALID */
export const nextTime = (times: CronTimes, now: Date): Date | undefined =>
  cronOf(times).nextRun(now) ?? undefined;

/** The next `count` times. @throws SCHEDULE_CRON_INVALID, SCHEDULE_TIME_ZONE_INVALID */
export const nextTimes = (times: CronTimes, now: Date, count: number): readonly Date[] =>
  cronOf(times).nextRuns(count, now);

/** The last time that is not after `now`. @throws SCHEDULE_CRON_INVALID, SCHEDULE_TIME_ZONE_INVALID */
export const lastTime = (times: CronTimes, now: Date): Date | undefined =>
  // Strictly before the whole second that comes next.
  cronOf(times).previousRuns(1, new Date(Math.floor(now.getTime() / 1000) * 1000 + 1000))[0];

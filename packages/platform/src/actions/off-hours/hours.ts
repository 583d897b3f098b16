import { z } from "zod";

const WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "times are HH:MM");

/** When something runs: on these days, from start to stop; else it is stopped. */
export const hoursSchema = z.strictObject({
  days: z
    .array(z.enum(WEEKDAYS))
    .min(1)
    .refine((days) => new Set(days).size === days.length, "a day is named twice"),
  start: time,
  stop: time,
  /** IANA name. */
  timeZone: z.string().refine(isTimeZone, "there is no such time zone"),
  /** Who stops and starts it: a service account's address, or a role's ARN. Absent: `trimtab-off-hours` of the account. */
  identity: z
    .string()
    .regex(/^[\w.+-]+@[\w.-]+$|^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/)
    .optional(),
});
export type Hours = z.output<typeof hoursSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Days on which it stops: the next ones, where it runs past midnight. */
export function stopDays({ days, start, stop }: Hours): readonly string[] {
  if (stop > start) return inWeek(days);
  return inWeek(days.map((day) => WEEKDAYS[(WEEKDAYS.indexOf(day) + 1) % 7] as (typeof WEEKDAYS)[number]));
}

export const startDays = ({ days }: Hours): readonly string[] => inWeek(days);

const inWeek = (days: readonly string[]): readonly string[] => WEEKDAYS.filter((day) => days.includes(day));

/** `0 20 * * MON,TUE`, as Cloud Scheduler takes it. */
export const unixCron = (clock: string, days: readonly string[]): string => {
  const [hour = "0", minute = "0"] = clock.split(":");
  return `${Number(minute)} ${Number(hour)} * * ${days.join(",")}`;
};

/** `cron(0 20 ? * MON,TUE *)`, as EventBridge Scheduler takes it. */
export const awsCron = (clock: string, days: readonly string[]): string => {
  const [hour = "0", minute = "0"] = clock.split(":");
  return `cron(${Number(minute)} ${Number(hour)} ? * ${days.join(",")} *)`;
};

export const sentence = ({ days, start, stop, timeZone }: Hours): string =>
  `${inWeek(days).join(", ")} from ${start} to ${stop} (${timeZone})`;

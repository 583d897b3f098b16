import type { PolicyWindow } from "./policy.ts";

const MINUTES_PER_DAY = 1440;
const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const DAYS: readonly string[] = WEEK;

/** Whether a moment is in one of the windows; no windows: always. */
export const isInWindow = (windows: readonly PolicyWindow[], now: Date): boolean =>
  windows.length === 0 || windows.some((window) => covers(window, now));

/** `mon, tue 22:00–02:00 Europe/Berlin` */
export const windowText = ({ days, from, to, timeZone }: PolicyWindow): string =>
  `${days.length === WEEK.length ? "every day" : days.join(", ")} ${from}–${to} ${timeZone}`;

/** By the wall clock of the window's zone, so that it moves with summer time. A window over midnight is its first day's. */
const covers = ({ days, from, to, timeZone }: PolicyWindow, now: Date): boolean => {
  const { day, minute } = localTime(now, timeZone);
  const start = minutes(from);
  const end = minutes(to);
  const isOn = (index: number) => days.includes(WEEK[(index + WEEK.length) % WEEK.length] ?? "mon");
  if (start < end) return isOn(day) && minute >= start && minute < end;
  return (isOn(day) && minute >= start) || (isOn(day - 1) && minute < end);
};

const minutes = (text: string): number => {
  const [hours = "0", rest = "0"] = text.split(":");
  return Math.min(Number(hours) * 60 + Number(rest), MINUTES_PER_DAY);
};

const localTime = (now: Date, timeZone: string): { readonly day: number; readonly minute: number } => {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? "";
  const day = DAYS.indexOf(part("weekday").toLowerCase());
  return { day, minute: Number(part("hour")) * 60 + Number(part("minute")) };
};

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** How often, as the form offers it; `custom` is any other expression. */
export interface Rhythm {
  readonly every: "day" | "weekday" | "week" | "month" | "custom";
  /** `07:30` */
  readonly time: string;
  /** Sunday is 0. */
  readonly weekday: number;
  readonly monthDay: number;
  readonly cron: string;
}

const two = (value: string | number): string => `${value}`.padStart(2, "0");

/** Reads what {@link toCron} writes; everything else is custom. */
export const readRhythm = (cron: string): Rhythm => {
  const custom = { every: "custom", time: "07:00", weekday: 1, monthDay: 1, cron } as const;
  const read = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|\d|1-5)$/.exec(cron.trim());
  if (read === null) return custom;
  const [, minute = "0", hour = "0", monthDay = "*", weekday = "*"] = read;
  const at = { ...custom, time: `${two(hour)}:${two(minute)}` };
  if (monthDay !== "*")
    return weekday === "*" ? { ...at, every: "month", monthDay: Number(monthDay) } : custom;
  if (weekday === "*") return { ...at, every: "day" };
  return weekday === "1-5"
    ? { ...at, every: "weekday" }
    : { ...at, every: "week", weekday: Number(weekday) % 7 };
};

export const toCron = ({ every, time, weekday, monthDay, cron }: Rhythm): string => {
  const [hour = "7", minute = "0"] = time.split(":");
  const at = `${Number(minute)} ${Number(hour)}`;
  if (every === "custom") return cron;
  if (every === "month") return `${at} ${monthDay} * *`;
  return `${at} * * ${every === "day" ? "*" : every === "weekday" ? "1-5" : weekday}`;
};

/** `every Monday at 07:00`; an expression that is not one of the usual ones stays as it is. */
export const cronWords = (cron: string): string => {
  const { every, time, weekday, monthDay } = readRhythm(cron);
  if (every === "custom") return `by cron ${cron}`;
  if (every === "day") return `every day at ${time}`;
  if (every === "weekday") return `Monday to Friday at ${time}`;
  return every === "week"
    ? `every ${days[weekday]} at ${time}`
    : `on day ${monthDay} of every month at ${time}`;
};

export const WEEKDAY_CHOICES = days.map((title, value) => ({ value: `${value}`, title }));

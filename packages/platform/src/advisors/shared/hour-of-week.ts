const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * The hour of the week of a moment in a time zone. What was worked out once is kept: thousands of series share the hours.
 * @throws RangeError for a zone that is none
 */
export function hourOfWeekIn(timeZone: string): (epochMs: number) => number {
  const known = new Map<number, number>();
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
  });
  return (epochMs) => {
    // A quarter of an hour: zones are not all at full hours from UTC.
    const quarter = Math.floor(epochMs / 900_000);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    const parts = format.formatToParts(quarter * 900_000);
    const textOf = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
    const hour = WEEKDAYS.indexOf(textOf("weekday")) * 24 + Number(textOf("hour"));
    known.set(quarter, hour);
    return hour;
  };
}

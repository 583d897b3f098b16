export const WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When something runs, week after week: on these days from start to stop. At all other times it is stopped. */
export interface RunningHours {
  readonly days: readonly Weekday[];
  /** `HH:MM`. */
  readonly start: string;
  /** `HH:MM`; not after the start: of the next day. */
  readonly stop: string;
  /** IANA name, whose summer time it follows. */
  readonly timeZone: string;
}

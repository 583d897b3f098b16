/** Days of ISO 8601: 1 is Monday, 7 Sunday. */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** From a full hour to another of the same days, `[from, to)`; 24 is midnight. */
export interface RunningBlock {
  readonly days: readonly IsoWeekday[];
  readonly from: number;
  readonly to: number;
}

/** When something runs, week after week; at all other times it does not. */
export interface RunningHours {
  /** IANA name, whose summer time it follows. */
  readonly timeZone: string;
  readonly on: readonly RunningBlock[];
}

/** Hours of the week in which it runs. */
export function hoursRunning({ on }: RunningHours): number {
  return on.reduce((sum, { days, from, to }) => sum + days.length * (to - from), 0);
}

import type { OptionSpec } from "./command.ts";

/** Every command has these. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  {
    name: "lake",
    value: "DIR",
    env: "TRIMTAB_LAKE",
    description:
      "folder of the lake, or s3://, gs:// or az:// URL of a prefix (default: the platform's data folder)",
  },
  {
    name: "state",
    value: "FILE",
    env: "TRIMTAB_STATE",
    description:
      "file of the state database, or postgres:// URL (default: DATABASE_URL, else beside the lake's folder)",
  },
  { name: "json", description: "print the answer as JSON, with full precision" },
  {
    name: "csv",
    value: "TABLE",
    valueOptional: true,
    description: "print one table as CSV (default: the first)",
  },
  {
    name: "currency",
    value: "CODE",
    env: "TRIMTAB_CURRENCY",
    description: "the currency to answer in, e.g. USD",
  },
  {
    name: "time-zone",
    value: "ZONE",
    env: "TRIMTAB_TIME_ZONE",
    default: "UTC",
    description: "zone of hours and of today, e.g. Europe/Berlin",
  },
  { name: "quiet", short: "q", description: "print no progress and no remarks" },
  { name: "no-color", description: "print no colours (as NO_COLOR does)" },
  { name: "help", short: "h", description: "print the help of a command" },
];

/** What the global options say, before they are checked. */
export interface GlobalValues {
  readonly lake: string | undefined;
  readonly state: string | undefined;
  readonly json: boolean;
  readonly csv: string | boolean;
  readonly currency: string | undefined;
  readonly timeZone: string;
  readonly quiet: boolean;
  readonly noColor: boolean;
}

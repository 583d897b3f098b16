import { addDays, addMonths, type Day, day, firstDayOf, month, type Period, period } from "@trimtab/domain";
import type { OptionSpec } from "./command.ts";
import { cliErrors } from "./errors.ts";

/** `--from` and `--to` of commands about one period; both days are included. */
export const PERIOD_OPTIONS: readonly OptionSpec[] = [
  { name: "from", value: "DAY", description: "first day or month, e.g. 2026-01-15 or 2026-01" },
  { name: "to", value: "DAY", description: "last day or month, included" },
];

const startOf = (text: string): Day => (text.length === 7 ? firstDayOf(month(text)) : day(text));

const endAfter = (text: string): Day =>
  text.length === 7 ? firstDayOf(addMonths(month(text), 1)) : addDays(day(text), 1);

/** The period that two words name, the last one included. @throws DAY_INVALID, MONTH_INVALID, PERIOD_INVALID */
const periodBetween = (from: string, to: string): Period => period(startOf(from), endAfter(to));

/** A month (`2026-01`), a day, or a range `2026-01..2026-03` whose ends are included. @throws CLI_PERIOD_INVALID */
export const periodOf = (option: string, text: string): Period => {
  const [from = "", to = from, ...more] = text.split("..");
  if (from === "" || to === "" || more.length > 0)
    throw cliErrors.create("CLI_PERIOD_INVALID", { option, value: text });
  return periodBetween(from, to);
};

/** The period of `--from` and `--to`, if both or either are given. @throws CLI_PERIOD_INVALID */
export const optionalPeriod = (from: unknown, to: unknown): Period | undefined => {
  if (typeof from !== "string" && typeof to !== "string") return undefined;
  if (typeof from !== "string" || typeof to !== "string")
    throw cliErrors.create("CLI_PERIOD_INVALID", {
      option: typeof from === "string" ? "--to" : "--from",
      value: "",
    });
  return periodBetween(from, to);
};

import { addDays, type Day, day, type Instant, instant } from "@trimtab/domain";
import type { MetricWindow } from "../evidence/metrics/resource-metric-store.ts";
import { cliErrors } from "./errors.ts";

const MS_PER_DAY = 86_400_000;

/** From `90d` ago or a day on, to the end of a day or until now. @throws CLI_PERIOD_INVALID */
export const windowOf = (since: unknown, until: unknown, now: Instant): MetricWindow => {
  const end = until === undefined ? now : startOf(addDays(dayOf("--until", until), 1));
  const [, days] = /^(\d{1,4})d$/.exec(String(since)) ?? [];
  const start =
    days === undefined
      ? startOf(dayOf("--since", since))
      : startOf(day(new Date(Date.parse(end) - Number(days) * MS_PER_DAY).toISOString().slice(0, 10)));
  if (start < end) return { start, end };
  throw cliErrors.create("CLI_PERIOD_INVALID", { option: "--since", value: String(since) });
};

const startOf = (date: Day): Instant => instant(`${date}T00:00:00Z`);

const dayOf = (option: string, value: unknown): Day => {
  try {
    return day(String(value));
  } catch (cause) {
    throw cliErrors.create("CLI_PERIOD_INVALID", { option, value: String(value) }, { cause });
  }
};

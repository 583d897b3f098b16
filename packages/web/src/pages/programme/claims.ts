import { add, decimal, formatDecimal } from "@trimtab/domain";
import type { Scenarios, StatusReport } from "./programme-search.ts";

/** What somebody claims, beside what the tasks it rests on save in their turns. */
export interface ClaimLine {
  readonly title: string;
  readonly saving: string;
  readonly note?: string | undefined;
  readonly tasks: readonly string[];
  /** Absent: the claim names no task. */
  readonly planned?: Scenarios;
}

/** Exact sums, in each assumption apart. */
export const claimLines = ({
  records,
  steps,
}: Pick<StatusReport, "records" | "steps">): readonly ClaimLine[] =>
  (records.claims ?? []).map(({ title, saving, by = [], note }) => {
    const own = steps.filter(({ task }) => by.includes(task));
    const sum = (scenario: keyof Scenarios) =>
      formatDecimal(own.reduce((total, { planned }) => add(total, decimal(planned[scenario])), decimal("0")));
    return {
      title,
      saving,
      note,
      tasks: by,
      ...(own.length === 0 ? {} : { planned: { low: sum("low"), mid: sum("mid"), high: sum("high") } }),
    };
  });

import { type CurrencyCode, sumDecimals } from "@trimtab/domain";
import type { StatusReport } from "../../ledger/programme/status/status-report.ts";
import type { Block, Document } from "../output/document.ts";
import { moneyText, scenarioText } from "./programme-figures.ts";
import { budgetBlocks, costBlocks, realisedText, section } from "./programme-status.ts";

/** The report that ends a programme: what was claimed, planned and realised, and what was learned. */
export function closingDocument(report: StatusReport): Document {
  const { programme, today, currency, records, steps } = report;
  return {
    title: `${programme}: closing report of ${today}`,
    subtitle: `Amounts are of a month, in ${currency}.`,
    blocks: [
      ...costBlocks(report),
      ...claimBlocks(report, currency),
      ...section(
        "Planned against realised, task by task",
        steps.map(
          ({ title, status, planned, realised }) =>
            `${title} (${status}): planned ${scenarioText(planned, currency)}; realised: ${realisedText(realised)}`,
        ),
      ),
      ...budgetBlocks(report),
      ...section(
        "What was learned",
        (records.lessons ?? []).map(({ title, lesson }) => `${title}: ${lesson}`),
      ),
      ...section(
        "Incidents",
        (records.incidents ?? []).map(({ title, effect }) => `${title}: ${effect}`),
      ),
      ...section(
        "Sign-offs",
        (records["sign-offs"] ?? []).map(({ title, by, statement }) => `${title}: ${by}: ${statement}`),
      ),
    ],
  };
}

/** Claims stand beside what the plan comes to and what the bill shows, so that nobody has to believe them. */
function claimBlocks({ records, steps, total }: StatusReport, currency: CurrencyCode): Block[] {
  const items = (records.claims ?? []).map(({ title, saving, by, note }) => {
    const own = steps.filter(({ task }) => by === undefined || by.includes(task));
    const planned = sumDecimals(own.map((step) => step.planned.mid));
    const realised =
      by === undefined
        ? realisedText(total.realised)
        : own.map((step) => realisedText(step.realised)).join("; ");
    const told = note === undefined ? "" : ` ${note}`;
    return `${title}: claimed ${saving}, worked out ${moneyText(planned, currency)}, realised: ${realised}.${told}`;
  });
  return section("Claimed against realised", items);
}

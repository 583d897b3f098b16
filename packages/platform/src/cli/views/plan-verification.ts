import { compare, decimal, divide, formatDecimal, multiply } from "@trimtab/domain";
import type { PlanVerification } from "../../loop/verify-plan.ts";
import type { Block, Document } from "../output/document.ts";
import { momentText } from "./figures.ts";
import { verificationDocument } from "./verification.ts";

const NOTHING = decimal("0");

/** Realised of promised, both as they are likely. */
const shareText = (promised: string, realised: string): string | null =>
  compare(decimal(promised), NOTHING) > 0
    ? `${formatDecimal(divide(multiply(decimal(realised), decimal("100")), decimal(promised), 0))} %`
    : null;

const promiseTable = ({ plan, report }: PlanVerification): Block => {
  const { savingPerMonth, currency } = report;
  const promised = plan.promised.map(({ low, mid, high, ...own }) => [
    "promised",
    own.currency,
    ...[low, mid, high],
    null,
  ]);
  const own = plan.promised.find((one) => one.currency === currency);
  const share = own === undefined || savingPerMonth === null ? null : shareText(own.mid, savingPerMonth.mid);
  return {
    kind: "table",
    id: "promise",
    columns: [
      { name: "Saving a month", kind: "text" },
      { name: "Currency", kind: "text" },
      { name: "At least", kind: "amount" },
      { name: "Likely", kind: "amount" },
      { name: "At most", kind: "amount" },
      { name: "Of the promise", kind: "text" },
    ],
    rows: [
      ...promised,
      [
        report.verdict === "proven" ? "realised" : `found (${report.verdict.replace("-", " ")})`,
        currency,
        ...[savingPerMonth?.low ?? null, savingPerMonth?.mid ?? null, savingPerMonth?.high ?? null],
        share,
      ],
    ],
  };
};

const notJudged = (text: string): string => `Not judged here: ${text}`;

/** The page of `trimtab verify PLAN`: the plan's promise, then the report as of any change. */
export const planVerificationDocument = (verified: PlanVerification): Document => {
  const { plan, report } = verified;
  const page = verificationDocument(report);
  const kept = plan.recorded === null ? "no: it was a dry run" : `verification ${plan.recorded} of the plan`;
  const head: readonly Block[] = [
    {
      kind: "facts",
      facts: [
        ["Plan", `${plan.id}: ${plan.title}`],
        ["Applied", `${momentText(plan.startedAt)} to ${momentText(plan.endedAt)}`],
        ["Changed", plan.resources.join(", ")],
        ["Kept", kept],
      ],
    },
    promiseTable(verified),
    ...(plan.notJudged.length === 0
      ? []
      : [{ kind: "list" as const, items: plan.notJudged.map(notJudged), tone: "muted" as const }]),
  ];
  return { ...page, blocks: [...head, ...page.blocks] };
};

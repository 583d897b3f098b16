import { decimal, formatDecimal, subtract } from "@trimtab/domain";
import { EFFECTS, type EffectId } from "../../ledger/verify/split-change.ts";
import type { VerificationReport } from "../../ledger/verify/verification-report.ts";
import type { Block, Document, Table, Tone } from "../output/document.ts";
import { momentText } from "./figures.ts";

const VERDICTS: Readonly<
  Record<VerificationReport["verdict"], { readonly title: string; readonly tone: Tone }>
> = {
  proven: { title: "Proven", tone: "good" },
  "not-proven": { title: "Not proven", tone: "warn" },
  harmful: { title: "Harmful", tone: "bad" },
  pending: { title: "Pending", tone: "warn" },
};

/** A share as people read it. */
const percentText = (value: number): string => `${(100 * value).toFixed(Math.abs(value) < 0.01 ? 2 : 1)} %`;

/** The p-value, which is never nothing. */
const chanceText = (p: number): string => `${(100 * p).toFixed(1)} %`;

const savingTable = ({ saving, savingPerMonth, window, currency }: VerificationReport): readonly Block[] => {
  if (saving === null || savingPerMonth === null || window === null) return [];
  return [
    {
      kind: "table",
      id: "saving",
      columns: [
        { name: `Saving (${currency})`, kind: "text" },
        { name: "At least", kind: "amount" },
        { name: "Likely", kind: "amount" },
        { name: "At most", kind: "amount" },
      ],
      rows: [
        [
          `in ${window.days} ${window.days === 1 ? "day" : "days"} from ${window.start}`,
          saving.low,
          saving.mid,
          saving.high,
        ],
        ["a month (730 hours)", savingPerMonth.low, savingPerMonth.mid, savingPerMonth.high],
      ],
    },
  ];
};

const evidenceFacts = ({ statistics, controls }: VerificationReport): readonly Block[] => {
  if (statistics === null) return [];
  return [
    {
      kind: "facts",
      facts: [
        [
          "Use changed by",
          `${percentText(statistics.effect)} ± ${percentText(statistics.halfWidth)} (95 of 100 times)`,
        ],
        ["Chance alone shows as much", `${chanceText(statistics.p)} of the time`],
        ["This series can prove", `changes above ${percentText(statistics.detectable)}, 9 times out of 10`],
        ["Method", statistics.method],
        [
          "Its mean error before",
          statistics.prePeriodError === null ? "not known" : percentText(statistics.prePeriodError),
        ],
        [
          "Placebo dates",
          `${statistics.placebos.length}, worth ${statistics.effectivePlacebos.toFixed(1)} independent ones`,
        ],
        ...(controls.length === 0 ? [] : [["Controls", controls.join("; ")] as const]),
      ],
    },
  ];
};

/** What can be proven at all: the only figures there are before a change. */
const provableTable = ({ provable, statistics }: VerificationReport): readonly Block[] => {
  if (provable.length === 0 || statistics !== null) return [];
  return [
    {
      kind: "table",
      id: "provable",
      title: "What could be proven here, 9 times out of 10",
      columns: [
        { name: "After", kind: "text" },
        { name: "Changes above", kind: "text" },
      ],
      rows: provable.map(({ days, change }) => [
        `${days} ${days === 1 ? "day" : "days"}`,
        percentText(change),
      ]),
    },
  ];
};

const effectName = (id: EffectId): string => id.replaceAll("-", " ");

const billTable = ({ bill, currency, window }: VerificationReport): readonly Block[] => {
  if (bill === null || window === null) return [];
  const { effects } = bill;
  const ids = (Object.keys(EFFECTS) as EffectId[]).filter((id) => id !== "usage" && effects[id] !== "0");
  return [
    { kind: "heading", text: "Why the bill changed" },
    {
      kind: "table",
      id: "bill",
      columns: [
        { name: "Part", kind: "text" },
        { name: `Amount (${currency})`, kind: "amount", signed: true },
        { name: "What it is", kind: "text", wrap: true },
      ],
      rows: [
        [
          "saving",
          negated(bill.counterfactual, bill.actual),
          "use there would have been, less the use there was",
        ],
        ["drift", bill.drift, "how use would have changed anyway"],
        ...ids.map((id) => [effectName(id), effects[id], EFFECTS[id]]),
      ],
      total: ["Change", bill.change, `${bill.after} after ${bill.before} in the ${window.days} days before`],
    },
  ];
};

/** actual − counterfactual, exactly. */
const negated = (counterfactual: string, actual: string): string =>
  formatDecimal(subtract(decimal(actual), decimal(counterfactual)));

const metricTable = ({ metrics }: VerificationReport): readonly Block[] => {
  if (metrics.length === 0) return [];
  const shown = (value: number | undefined, kind: "share" | "absolute") =>
    value === undefined ? null : kind === "share" ? percentText(value) : String(value);
  const table: Table = {
    kind: "table",
    id: "metrics",
    columns: [
      { name: "Metric", kind: "text" },
      { name: "Within its margin", kind: "text" },
      { name: "Margin", kind: "text" },
      { name: "Change", kind: "text" },
      { name: "At least", kind: "text" },
      { name: "At most", kind: "text" },
      { name: "Why", kind: "text", wrap: true },
    ],
    rows: metrics.map(({ id, verdict, margin, result, reason }) => [
      id,
      { held: "yes", broken: "no", open: "not proven", abstained: "can't be told" }[verdict],
      `${margin.worse === "lower" ? "-" : margin.worse === "either" ? "±" : "+"}${shown(margin.size, margin.kind)}`,
      shown(result?.change, margin.kind),
      shown(result?.low, margin.kind),
      shown(result?.high, margin.kind),
      reason ?? null,
    ]),
  };
  return [{ kind: "heading", text: "Nothing got worse?" }, table];
};

const invoiceTable = ({ invoices, currency }: VerificationReport): readonly Block[] => {
  if (invoices.lines.length === 0) return [];
  const ids = (Object.keys(EFFECTS) as EffectId[]).filter((id) =>
    invoices.lines.some(({ effects }) => id === "usage" || effects[id] !== "0"),
  );
  return [
    { kind: "heading", text: "The invoices" },
    {
      kind: "table",
      id: "invoices",
      columns: [
        { name: "Invoice", kind: "text" },
        { name: "Status", kind: "text" },
        { name: `Before (${invoices.reference.slice(0, 7)}, ${currency})`, kind: "amount" },
        { name: "Billed", kind: "amount" },
        { name: "Change", kind: "amount", signed: true },
        ...ids.map((id) => ({ name: `of it ${effectName(id)}`, kind: "amount" as const, signed: true })),
        { name: "Saved by the change", kind: "amount" },
        { name: "at least", kind: "amount" },
        { name: "at most", kind: "amount" },
      ],
      rows: invoices.lines.map((line) => [
        line.billingPeriod.slice(0, 7),
        line.status,
        line.before,
        line.after,
        line.change,
        ...ids.map((id) => line.effects[id]),
        line.saved?.mid ?? null,
        line.saved?.low ?? null,
        line.saved?.high ?? null,
      ]),
    },
  ];
};

const plotTable = ({ plot }: VerificationReport): readonly Block[] => {
  if (plot.length === 0) return [];
  const texts = (pick: (point: VerificationReport["plot"][number]) => number | null) =>
    plot.map((point) => {
      const value = pick(point);
      return value === null ? null : String(value);
    });
  return [
    {
      kind: "table",
      id: "plot",
      columns: [
        { name: "A day", kind: "text" },
        { name: `${plot[0]?.day} to ${plot.at(-1)?.day}`, kind: "trend" },
      ],
      rows: [
        ["was", texts(({ actual }) => actual)],
        ["would have been", texts(({ counterfactual }) => counterfactual)],
      ],
    },
  ];
};

/** The page of `trimtab verify`. */
export const verificationDocument = (report: VerificationReport): Document => {
  const { title, tone } = VERDICTS[report.verdict];
  const complete =
    report.completeTo === null ? "nothing delivered" : `complete to ${momentText(report.completeTo)}`;
  return {
    title: `${title}: the change of ${momentText(report.changedAt)}`,
    subtitle: `${report.basis} cost · ${report.currency} · ${complete} · lake version ${report.lakeVersion}`,
    blocks: [
      { kind: "list", items: report.reasons, tone },
      ...savingTable(report),
      ...evidenceFacts(report),
      ...provableTable(report),
      ...plotTable(report),
      ...billTable(report),
      ...metricTable(report),
      ...invoiceTable(report),
      ...(report.notes.length === 0
        ? []
        : [{ kind: "list" as const, items: report.notes, tone: "muted" as const }]),
    ],
  };
};

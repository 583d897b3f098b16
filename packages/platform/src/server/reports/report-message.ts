import type { Message, MessageChart, MessageFigure, MessageFile } from "../../notify/message.ts";
import { type Formatter, formatterFor } from "../../reports/charts/format.ts";
import { chartSvg } from "../../reports/exports/chart-svg.ts";
import type { ReportRun, RunBlock, RunPart } from "../../reports/run/report-run-schema.ts";

/** More belongs into the attachment. */
const MOST_FIGURES = 12;
const MOST_CHARTS = 6;
const STYLE = { mode: "light", fontFamily: "Roboto, Arial, sans-serif", width: 720, height: 360 } as const;

export interface MessageOptions {
  readonly locale: string;
  /** It says what the schedule's owner sees. */
  readonly isOwners: boolean;
  readonly attachments: readonly MessageFile[];
  readonly link?: Message["link"];
}

/** A report as a message: its figures and charts within, its files attached, and what it is of. */
export const reportMessage = async (
  run: ReportRun,
  { locale, isOwners, attachments, link }: MessageOptions,
): Promise<Message> => {
  const format = formatterFor(locale);
  const leaves = run.blocks.flatMap((block): readonly (RunBlock | RunPart)[] =>
    block.type === "dataset" ? block.parts : [block],
  );
  const figures = leaves.flatMap((block) => (block.type === "figure" ? figuresOf(block, format) : []));
  const summary = summaryOf(run, leaves, isOwners);
  return {
    title: run.title,
    ...(summary === "" ? {} : { summary }),
    figures: figures.slice(0, MOST_FIGURES),
    charts: await chartsOf(leaves, locale),
    attachments,
    ...(link === undefined ? {} : { link }),
    footer: footerOf(run),
  };
};

const summaryOf = (run: ReportRun, leaves: readonly (RunBlock | RunPart)[], isOwners: boolean): string => {
  const scope = run.scopeText ?? "part of the charges";
  const held = leaves.flatMap((block) =>
    block.type === "withheld" ? [`${block.title}: ${block.reason}`] : [],
  );
  return [
    run.subtitle ?? "",
    isOwners ? "This shows what the schedule's owner sees." : "",
    run.scoped ? `Only charges within the scope: ${scope}.` : "",
    ...held,
  ]
    .filter((text) => text !== "")
    .join("\n\n")
    .slice(0, 10_000);
};

const figuresOf = (
  { title, values }: Extract<RunPart, { type: "figure" }>,
  format: Formatter,
): readonly MessageFigure[] =>
  values.map(({ value, kind, currency, changeRate }) => {
    const column = { kind, ...(currency === undefined ? {} : { currency }) };
    const hasRate = changeRate !== undefined && changeRate !== null;
    return {
      label: title,
      value: format.amount(value, column),
      ...(hasRate ? { note: format.change(changeRate, { kind: "ratio" }) } : {}),
    };
  });

const chartsOf = async (
  leaves: readonly (RunBlock | RunPart)[],
  locale: string,
): Promise<readonly MessageChart[]> => {
  const charts: MessageChart[] = [];
  for (const block of leaves) {
    if (block.type !== "chart" || charts.length === MOST_CHARTS) continue;
    const svg = await chartSvg(block.data, block.chart, { ...STYLE, locale });
    if (svg === undefined) continue;
    const image = {
      fileName: `chart-${charts.length + 1}.svg`,
      contentType: "image/svg+xml",
      bytes: Buffer.from(svg),
    };
    charts.push({ title: block.title, alt: `${block.title}, a ${block.chart.type} chart`, image });
  }
  return charts;
};

const footerOf = ({ currency, completeTo, openMonths, lakeVersion }: ReportRun): string =>
  [
    currency.join(", ") || "no currency",
    completeTo === null ? "nothing delivered" : `complete to ${completeTo.slice(0, 10)}`,
    openMonths.length === 0 ? "closed" : `${openMonths.join(", ")} still open`,
    `lake version ${lakeVersion}`,
  ].join(" · ");

import type { ReactNode } from "react";
import type { Formatter } from "trimtab/charts";
import { BasisMark, BasisNotes } from "./report-basis.tsx";
import { ReportChart } from "./report-chart.tsx";
import { ReportFigure } from "./report-figure.tsx";
import { ReportTable } from "./report-table.tsx";
import { ReportText } from "./report-text.tsx";
import type { RunBasis, RunBlock, RunPart } from "./report-types.ts";

interface ReportBlockProps {
  readonly block: RunBlock | RunPart;
  readonly format: Formatter;
  readonly lakeVersion: number;
  /** Of headings: they never skip a level. */
  readonly headingLevel?: number | undefined;
}

/** One block of a report, as it is printed. */
export const ReportBlock = ({ block, format, lakeVersion, headingLevel = 3 }: ReportBlockProps) => {
  switch (block.type) {
    case "heading":
      return <BlockHeading text={block.text} look={block.level} level={headingLevel} />;
    case "text":
      return <ReportText text={block.text} />;
    case "page-break":
      return (
        <div className="flex items-center gap-3 py-2 text-xs text-ink-3 print:invisible print:break-after-page">
          <span aria-hidden className="h-px grow border-t border-dashed border-line-strong" />
          next page
          <span aria-hidden className="h-px grow border-t border-dashed border-line-strong" />
        </div>
      );
    case "figure":
      return <ReportFigure block={block} format={format} lakeVersion={lakeVersion} />;
    case "chart":
      return (
        <Titled {...block} lakeVersion={lakeVersion}>
          <ReportChart block={block} format={format} />
        </Titled>
      );
    case "table":
      return (
        <Titled {...block} lakeVersion={lakeVersion}>
          <ReportTable title={block.title} data={block.data} format={format} hasHeat={block.heat} />
        </Titled>
      );
    case "withheld":
      return (
        <Titled title={block.title} lakeVersion={lakeVersion}>
          <p className="rounded-md bg-sunken px-3 py-2 text-sm text-ink-2">Not shown: {block.reason}</p>
        </Titled>
      );
    case "dataset":
      return (
        <div className="flex flex-col gap-4">
          <p className="text-lg font-semibold">{block.title}</p>
          {inRows(block.parts).map((row) => {
            const parts = row.map((part) => (
              <ReportBlock key={part.id} block={part} format={format} lakeVersion={lakeVersion} />
            ));
            return row.length === 1 ? (
              parts
            ) : (
              <div key={row[0]?.id} className="grid grid-cols-2 gap-4 @2xl:grid-cols-3">
                {parts}
              </div>
            );
          })}
        </div>
      );
  }
};

/** Figures that follow each other stand side by side; all else has a row of its own. */
const inRows = (parts: readonly RunPart[]): readonly (readonly RunPart[])[] => {
  const rows: RunPart[][] = [];
  for (const part of parts) {
    const last = rows.at(-1);
    if (part.type === "figure" && last?.[0]?.type === "figure") last.push(part);
    else rows.push([part]);
  }
  return rows;
};

const looks: Readonly<Record<number, string>> = {
  1: "border-b border-line pb-1.5 text-xl font-semibold tracking-tight",
  2: "text-lg font-semibold",
  3: "font-semibold text-ink-2",
};

const BlockHeading = ({
  text,
  look,
  level,
}: {
  readonly text: string;
  readonly look: number;
  readonly level: number;
}) => {
  const className = `mt-3 ${looks[look] ?? looks[1]}`;
  if (level <= 3) return <h3 className={className}>{text}</h3>;
  return level === 4 ? <h4 className={className}>{text}</h4> : <h5 className={className}>{text}</h5>;
};

interface TitledProps {
  readonly title: string;
  readonly basis?: RunBasis | undefined;
  readonly lakeVersion: number;
  readonly children: ReactNode;
}

const Titled = ({ title, basis, lakeVersion, children }: TitledProps) => (
  <div className="min-w-0">
    <p className="mb-1 flex items-center gap-1 font-semibold">
      {title}
      <BasisMark title={title} basis={basis} lakeVersion={lakeVersion} />
    </p>
    {children}
    <BasisNotes basis={basis} />
  </div>
);

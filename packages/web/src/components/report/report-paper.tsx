import { useMemo } from "react";
import { formatterFor } from "trimtab/charts";
import { formatMoment, formatMonth, formatPeriod } from "../../format/dates.ts";
import { classNames } from "../class-names.ts";
import { ReportBlock } from "./report-block.tsx";
import type { ReportRun, RunBlock } from "./report-types.ts";

/** How much of the page a block takes; on a narrow page figures stand two by two and all else is whole. */
const spans = {
  full: "col-span-2 @2xl:col-span-12",
  half: "col-span-2 @2xl:col-span-6",
  third: "col-span-2 @2xl:col-span-4",
  quarter: "col-span-2 @2xl:col-span-3",
} as const;

const spanOf = (block: RunBlock): string => {
  const width = "width" in block ? block.width : "full";
  const isSmall = block.type === "figure" && width !== "full";
  return isSmall ? spans[width].replace("col-span-2 ", "col-span-1 ") : spans[width];
};

interface ReportPaperProps {
  readonly run: ReportRun;
  readonly className?: string;
  /** Of the block that is edited beside it. */
  readonly marked?: string | undefined;
}

/** A report as a printed page, as wide as its box allows. */
export const ReportPaper = ({ run, className, marked }: ReportPaperProps) => {
  const format = useMemo(() => formatterFor(navigator.language), []);
  const levels = headingLevels(run.blocks);
  return (
    <article
      aria-label={`Report ${run.title}`}
      className={classNames(
        "@container rounded-xl border border-line bg-surface shadow-card print:border-0 print:shadow-none",
        className,
      )}
    >
      <div className="flex flex-col gap-6 px-4 py-6 @2xl:px-10 @2xl:py-10">
        <PaperHead run={run} />
        {run.blocks.length === 0 && <p className="text-ink-3">This report has no blocks yet.</p>}
        <div className="grid grid-cols-2 items-start gap-x-4 gap-y-6 @2xl:grid-cols-12">
          {run.blocks.map((block, index) => (
            <Placed key={block.id} block={block} isMarked={block.id === marked}>
              <ReportBlock
                block={block}
                format={format}
                lakeVersion={run.lakeVersion}
                headingLevel={levels[index]}
              />
            </Placed>
          ))}
        </div>
        <PaperFoot run={run} />
      </div>
    </article>
  );
};

interface PlacedProps {
  readonly block: RunBlock;
  readonly isMarked: boolean;
  readonly children: React.ReactNode;
}

const Placed = ({ block, isMarked, children }: PlacedProps) => (
  <div
    data-block={block.id}
    className={classNames(
      "h-full min-w-0 break-inside-avoid",
      spanOf(block),
      isMarked && "rounded-md outline-2 outline-offset-4 outline-accent",
    )}
  >
    {children}
  </div>
);

/** Headings follow the page's title and never skip a level, whatever their look. */
const headingLevels = (blocks: readonly RunBlock[]): readonly (number | undefined)[] => {
  let last = 2;
  return blocks.map((block) => {
    if (block.type !== "heading") return undefined;
    last = Math.min(block.level + 2, last + 1);
    return last;
  });
};

const periodText = ({ start, end }: ReportRun["period"]): string =>
  start === null || end === null ? "All there is" : formatPeriod(start, end);

const PaperHead = ({ run }: { readonly run: ReportRun }) => (
  <header className="border-b-2 border-accent pb-4">
    <h2 className="text-2xl font-semibold tracking-tight text-balance">{run.title}</h2>
    {run.subtitle !== undefined && run.subtitle !== "" && <p className="mt-1 text-ink-2">{run.subtitle}</p>}
    <p className="mt-2 flex flex-wrap gap-x-3 text-sm text-ink-3">
      <span>{periodText(run.period)}</span>
      {run.currency.length > 0 && <span>{run.currency.join(", ")}</span>}
      <span>
        {run.completeTo === null ? "no bills yet" : `bills complete to ${formatMoment(run.completeTo)}`}
      </span>
      <span>
        {run.openMonths.length === 0
          ? "closed by the provider"
          : `${run.openMonths.map((month) => formatMonth(month)).join(", ")} may still change`}
      </span>
    </p>
    {run.scoped && (
      <p className="mt-1 text-sm text-ink-2">
        Only charges within your scope{run.scopeText === undefined ? "" : `: ${run.scopeText}`}
      </p>
    )}
  </header>
);

const PaperFoot = ({ run }: { readonly run: ReportRun }) => (
  <footer className="num flex flex-wrap justify-between gap-x-4 border-t border-line pt-3 text-xs text-ink-3">
    <span>Read {formatMoment(run.madeAt)}</span>
    <span>Data version {run.lakeVersion}</span>
  </footer>
);

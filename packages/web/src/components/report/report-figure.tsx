import type { Formatter } from "trimtab/charts";
import { formatPeriod } from "../../format/dates.ts";
import { Delta } from "../delta.tsx";
import { Sparkline } from "../sparkline.tsx";
import { BasisMark, BasisNotes } from "./report-basis.tsx";
import type { PartOf } from "./report-types.ts";

interface ReportFigureProps {
  readonly block: PartOf<"figure">;
  readonly format: Formatter;
  readonly lakeVersion: number;
}

/** A number a reader takes along, with what it was before. */
export const ReportFigure = ({ block, format, lakeVersion }: ReportFigureProps) => {
  const { title, values, basis, better, remark } = block;
  const than = basis?.comparedWith;
  return (
    <figure className="flex h-full flex-col gap-0.5 rounded-lg border border-line px-3.5 py-3">
      <figcaption className="flex min-h-6 items-center gap-1 text-sm text-ink-2">
        <span className="min-w-0 truncate" title={title}>
          {title}
        </span>
        <BasisMark title={title} basis={basis} lakeVersion={lakeVersion} />
      </figcaption>
      {values.map((value) => (
        <FigureLine
          key={`${value.currency} ${value.kind}`}
          value={value}
          better={better}
          format={format}
          title={title}
        />
      ))}
      {(remark ?? than) !== undefined && (
        <p className="text-xs text-ink-3">
          {remark ?? (than === undefined ? "" : `against ${formatPeriod(than.start, than.end)}`)}
        </p>
      )}
      <BasisNotes basis={basis} />
    </figure>
  );
};

interface FigureLineProps {
  readonly value: PartOf<"figure">["values"][number];
  readonly better: PartOf<"figure">["better"];
  readonly format: Formatter;
  readonly title: string;
}

const FigureLine = ({ value: figure, better, format, title }: FigureLineProps) => {
  const { value, kind, currency, change, changeRate, trend } = figure;
  const column = { kind, ...(currency === undefined ? {} : { currency }) };
  const changed = change === undefined || change === null ? undefined : change;
  const rate =
    changeRate === undefined || changeRate === null
      ? ""
      : ` (${format.change(changeRate, { kind: "ratio" })})`;
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-3">
        <p className="num text-2xl font-semibold break-words @max-md:text-xl">
          {format.amount(value, column)}
        </p>
        {trend !== undefined && trend.length > 1 && <Sparkline values={trend} label={`Course of ${title}`} />}
      </div>
      {changed !== undefined &&
        (better === "neither" ? (
          <p className="num text-sm text-ink-2">
            {format.change(changed, column)}
            {rate}
          </p>
        ) : (
          <Delta
            className="text-sm whitespace-normal"
            change={changed}
            text={`${format.change(changed, column)}${rate}`}
            isRiseGood={better === "more"}
          />
        ))}
    </>
  );
};

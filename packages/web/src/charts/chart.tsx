import { useEffect, useEffectEvent, useRef, useState } from "react";
import { classNames } from "../components/class-names.ts";
import { type BrushedRange, useBrush } from "./brush.ts";
import { type ChartHandle, type ChartOption, type EngineKind, makeChart } from "./engine.ts";

/** What a click on a chart hit. */
export interface ChartPick {
  readonly name: string;
  readonly seriesName: string;
  readonly dataIndex: number;
  readonly data: unknown;
}

interface ChartProps {
  readonly kind: EngineKind;
  readonly option: ChartOption;
  /** What the chart shows, in a sentence; the numbers stand in a table beside it. */
  readonly label: string;
  readonly className?: string;
  /** The option has a legend or a title of its own. */
  readonly hasLegend?: boolean;
  readonly onPick?: (pick: ChartPick) => void;
  /** A range that was dragged over the buckets of the first axis. */
  readonly onBrush?: (range: BrushedRange) => void;
}

/** Each frame of a move draws all marks again: of many, the moves would take longer than they please. */
const MOST_MOVING = 400;

const marksIn = ({ series }: ChartOption): number =>
  Array.isArray(series)
    ? series.reduce((sum, { data }) => sum + (Array.isArray(data) ? data.length : 0), 0)
    : 0;

/** ECharts in a box: loads itself, follows size, theme and option. */
export const Chart = (props: ChartProps) => {
  const { kind, option, label, className, hasLegend = false, onPick, onBrush } = props;
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ChartHandle>();
  const pick = useEffectEvent((event: ChartPick) => onPick?.(event));
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let made: ChartHandle | undefined;
    let isGone = false;
    const resize = new ResizeObserver(() => made?.resize());
    void makeChart(kind, element, hasLegend).then((chart) => {
      if (isGone) return chart.dispose();
      made = chart;
      made.on("click", (event) => pick(event as unknown as ChartPick));
      resize.observe(element);
      setChart(made);
    });
    return () => {
      isGone = true;
      resize.disconnect();
      made?.dispose();
      setChart(undefined);
    };
  }, [kind, hasLegend]);
  useEffect(() => {
    if (chart === undefined || chart.isDisposed()) return;
    const isStill = marksIn(option) > MOST_MOVING || matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart.setOption(
      { animationDuration: isStill ? 0 : 350, animationDurationUpdate: isStill ? 0 : 250, ...option },
      true,
    );
  }, [chart, option]);
  useBrush(chart, place, onBrush);
  return (
    <div className={classNames("relative", className ?? "h-72")}>
      <div
        ref={place}
        role="img"
        aria-label={label}
        className={classNames("absolute inset-0", onBrush !== undefined && "touch-pan-y")}
      />
      {chart === undefined && <div aria-hidden className="skeleton absolute inset-2" />}
    </div>
  );
};

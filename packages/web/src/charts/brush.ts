import { type RefObject, useEffect, useEffectEvent } from "react";
import type { ChartHandle } from "./engine.ts";

/** Indexes of the first and last bucket, both included. */
export interface BrushedRange {
  readonly first: number;
  readonly last: number;
}

/** Less is a click with an unsteady hand. */
const leastPixels = 8;

const bucketAt = (chart: ChartHandle, x: number): number => {
  const [index = 0] = chart.convertFromPixel({ gridIndex: 0 }, [x, 0]) as number[];
  return Math.max(0, Math.round(index));
};

/**
 * Drag over a chart to choose a range of its buckets. ECharts' own brush would take the clicks and tooltips, so this one
 * only watches the pointer and draws a band of its own.
 */
export const useBrush = (
  chart: ChartHandle | undefined,
  place: RefObject<HTMLDivElement | null>,
  onBrush: ((range: BrushedRange) => void) | undefined,
): void => {
  const isOn = onBrush !== undefined;
  const finish = useEffectEvent((from: number, to: number) => {
    if (chart === undefined || chart.isDisposed()) return;
    const [first, last] = [bucketAt(chart, Math.min(from, to)), bucketAt(chart, Math.max(from, to))];
    onBrush?.({ first, last });
  });
  useEffect(() => {
    const element = place.current;
    if (chart === undefined || element === null || !isOn) return;
    return watchDrag(element, finish);
  }, [chart, place, isOn]);
};

const watchDrag = (element: HTMLDivElement, finish: (from: number, to: number) => void): (() => void) => {
  const band = document.createElement("div");
  band.className =
    "pointer-events-none absolute inset-y-0 z-10 hidden border-x border-accent bg-accent opacity-20";
  element.append(band);
  let from: number | undefined;
  const xOf = (event: PointerEvent) => event.clientX - element.getBoundingClientRect().left;
  const onDown = (event: PointerEvent) => {
    if (event.button === 0 && event.pointerType !== "touch") from = xOf(event);
  };
  const onMove = (event: PointerEvent) => {
    if (from === undefined) return;
    const x = xOf(event);
    const isDragged = Math.abs(x - from) >= leastPixels;
    band.classList.toggle("hidden", !isDragged);
    band.style.left = `${Math.min(from, x)}px`;
    band.style.width = `${Math.abs(x - from)}px`;
  };
  const onUp = (event: PointerEvent) => {
    const start = from;
    from = undefined;
    band.classList.add("hidden");
    if (start !== undefined && Math.abs(xOf(event) - start) >= leastPixels) finish(start, xOf(event));
  };
  element.addEventListener("pointerdown", onDown);
  addEventListener("pointermove", onMove);
  addEventListener("pointerup", onUp);
  return () => {
    band.remove();
    element.removeEventListener("pointerdown", onDown);
    removeEventListener("pointermove", onMove);
    removeEventListener("pointerup", onUp);
  };
};

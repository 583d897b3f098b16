import { useMemo } from "react";
import { type ChartLook, INKS, PALETTES } from "trimtab/charts";
import { useTheme } from "../design/theme.ts";
import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";

const TIPS = { frame: tooltipFrame, content: tooltipOf };

/** Where a chart does not know its own box: cards take the page's width. */
const usualWidth = (): number => Math.min(innerWidth - 48, 1100);

/**
 * Charts look on a screen as on paper; a screen adds its theme, the company's own colour, and tooltips.
 * Sizes are the box's, where it is measured.
 */
export const useChartLook = (box?: { readonly width: number; readonly height: number }): ChartLook => {
  const theme = useTheme();
  const { width = usualWidth(), height = 320 } = box ?? {};
  return useMemo(() => {
    const [, ...others] = PALETTES[theme];
    const first = getComputedStyle(document.documentElement).getPropertyValue("--series-1").trim();
    return {
      ink: INKS[theme],
      series: [first || PALETTES[theme][0], ...others],
      // a canvas inherits no font
      fontFamily: getComputedStyle(document.body).fontFamily,
      width,
      height,
      tips: TIPS,
    };
  }, [theme, width, height]);
};

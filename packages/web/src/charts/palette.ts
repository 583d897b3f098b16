import { useMemo } from "react";
import { useTheme } from "../design/theme.ts";

/** Colours as the canvas needs them: read from the tokens of the theme that is shown. */
export interface Palette {
  /** A canvas inherits no font. */
  readonly font: string;
  readonly series: readonly string[];
  readonly rest: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly surface: string;
  readonly sunken: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly up: string;
  readonly down: string;
}

const readPalette = (): Palette => {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    font: getComputedStyle(document.body).fontFamily,
    series: Array.from({ length: 10 }, (_unused, index) => read(`--series-${index + 1}`)),
    rest: read("--series-rest"),
    ink: read("--ink"),
    ink2: read("--ink-2"),
    ink3: read("--ink-3"),
    line: read("--line"),
    surface: read("--surface"),
    sunken: read("--sunken"),
    accent: read("--accent"),
    accentSoft: read("--accent-soft"),
    up: read("--up"),
    down: read("--down"),
  };
};

export const usePalette = (): Palette => {
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the theme
  return useMemo(readPalette, [theme]);
};

/** The colour of the nth series; the rest of a top is always grey. */
export const seriesColor = (palette: Palette, index: number, isRest = false): string =>
  isRest ? palette.rest : (palette.series[index % palette.series.length] ?? palette.accent);

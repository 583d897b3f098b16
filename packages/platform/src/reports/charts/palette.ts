/**
 * Colours of series, in the order in which they are given out. Any two are told apart by readers with protanopia,
 * deuteranopia and tritanopia, and each stands out from the page by 3:1 (WCAG 2.2, 1.4.11); `palette.test.ts` computes
 * both. The pages' own tokens say the same; a test of the web app compares them.
 */
export const PALETTES = {
  light: ["#364acc", "#d97c26", "#0984a2", "#662688", "#1e9aeb", "#816100", "#7a1f2c", "#e6177d"],
  dark: ["#697cfc", "#fb7600", "#00b77c", "#b36bbb", "#94bfff", "#ead27a", "#b0562a", "#f791bc"],
} as const;

export type ChartMode = keyof typeof PALETTES;

/** What else a chart draws with. */
export interface ChartInk {
  readonly page: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  /** The exact rest of a top list. */
  readonly other: string;
  /** Costs that went up, costs that went down, totals between them. */
  readonly more: string;
  readonly less: string;
  readonly total: string;
  /** Little to much. */
  readonly ramp: readonly string[];
}

export const INKS: Readonly<Record<ChartMode, ChartInk>> = {
  light: {
    page: "#ffffff",
    text: "#14202a",
    muted: "#5a6672",
    line: "#e1e6ea",
    other: "#8a94a3",
    more: "#a8381b",
    less: "#0f6b45",
    total: "#43505c",
    ramp: ["#eef2fc", "#c5d0f6", "#92a5ec", "#5b73dd", "#364acc", "#232f8a"],
  },
  dark: {
    page: "#131b21",
    text: "#e9eef2",
    muted: "#94a1ad",
    line: "#24303a",
    other: "#75808f",
    more: "#ff9d7c",
    less: "#62d39d",
    total: "#b7c2cc",
    ramp: ["#1c2130", "#27305a", "#374691", "#5062cc", "#7d8ffb", "#b9c4ff"],
  },
};

/** Black or white, whichever reads better on a colour. */
export const inkOn = (hex: string): string => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#10151d" : "#ffffff";
};

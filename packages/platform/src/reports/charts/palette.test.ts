import { describe, expect, it } from "vitest";
import { INKS, PALETTES } from "./palette.ts";

type Vector = readonly [number, number, number];

/** @see https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html, severity 1, read 2026-11-22 */
const SIGHTS: Readonly<Record<string, readonly Vector[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (hex: string): Vector => {
  const at = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [at(1), at(3), at(5)];
};

const seen = (matrix: readonly Vector[], [r, g, b]: Vector): Vector => {
  const [red = 0, green = 0, blue = 0] = matrix.map(([x, y, z]) =>
    Math.min(1, Math.max(0, x * r + y * g + z * b)),
  );
  return [red, green, blue];
};

/** @see https://bottosson.github.io/posts/oklab/, read 2026-11-22 */
const oklab = ([r, g, b]: Vector): Vector => {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};

const distance = (a: Vector, b: Vector) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const contrast = (a: string, b: string) => {
  const luminance = (hex: string) => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
};

describe.each(["light", "dark"] as const)("the %s palette", (mode) => {
  it.each(Object.entries(SIGHTS))("keeps every two series apart for readers with %s sight", (_, matrix) => {
    const colours = PALETTES[mode].map((hex) => oklab(seen(matrix, linear(hex))));
    const pairs = colours.flatMap((a, index) => colours.slice(index + 1).map((b) => distance(a, b)));
    expect(Math.min(...pairs)).toBeGreaterThan(0.085);
  });

  it("stands out from the page, and its words can be read", () => {
    const { page, text, muted, other, more, less, total } = INKS[mode];
    for (const colour of [...PALETTES[mode], other, more, less, total])
      expect(contrast(colour, page), colour).toBeGreaterThanOrEqual(3);
    for (const colour of [text, muted]) expect(contrast(colour, page), colour).toBeGreaterThanOrEqual(4.5);
  });
});

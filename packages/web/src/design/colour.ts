/** Relative luminance of `#rrggbb`, as WCAG defines it. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** From 1 to 21; text needs 4.5. */
export const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
};

/** What is read best on a colour. */
export const textOn = (colour: string): "#ffffff" | "#14202a" =>
  contrast(colour, "#ffffff") >= contrast(colour, "#14202a") ? "#ffffff" : "#14202a";

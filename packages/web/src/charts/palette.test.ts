import { readFileSync } from "node:fs";
import { join } from "node:path";
import { INKS, PALETTES } from "trimtab/charts";
import { expect, test } from "vitest";

const tokens = readFileSync(join(import.meta.dirname, "../design/tokens.css"), "utf8");

/** What a theme's block says of a token. */
const tokenOf = (theme: string, name: string): string | undefined => {
  const [, block = ""] = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]+)\\}`).exec(tokens) ?? [];
  return new RegExp(`--${name}: ([^;]+);`).exec(block)?.[1];
};

test.each(["light", "dark"] as const)(
  "%s pages and charts, on screens and paper, have one palette",
  (theme) => {
    const { page, text, muted, line, other, more, less } = INKS[theme];
    const inks = {
      surface: page,
      ink: text,
      "ink-3": muted,
      line,
      "series-rest": other,
      up: more,
      down: less,
    };
    const series = PALETTES[theme].map((colour, index) => [`series-${index + 1}`, colour] as const);
    for (const [name, colour] of [...Object.entries(inks), ...series])
      expect(tokenOf(theme, name), name).toBe(colour);
    expect(tokenOf(theme, `series-${PALETTES[theme].length + 1}`)).toBeUndefined();
  },
);

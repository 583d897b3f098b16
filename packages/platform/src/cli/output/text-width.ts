import stringWidth from "string-width";

const ASCII = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Columns that a text takes in a terminal; wide characters take two, marks and colours none. */
export function textWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - textWidth(text))) + text;
}

/** Cuts the middle out of a plain text that is too wide: both ends of names and ids tell them apart. */
export function truncateMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width < 2) return "…".slice(0, width);
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  const tailRoom = Math.floor((width - 1) / 2);
  const tail = takeWhileFits(parts.toReversed(), tailRoom).toReversed().join("");
  const head = takeWhileFits(parts, width - 1 - textWidth(tail)).join("");
  return `${head}…${tail}`;
}

function takeWhileFits(parts: readonly string[], room: number): string[] {
  const taken: string[] = [];
  let left = room;
  for (const part of parts) {
    left -= textWidth(part);
    if (left < 0) break;
    taken.push(part);
  }
  return taken;
}

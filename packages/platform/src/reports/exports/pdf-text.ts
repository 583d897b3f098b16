import type { Content } from "pdfmake";
import { INKS } from "../charts/palette.ts";
import { parseText, type Span } from "../text/parse-text.ts";
import { sanitiseLine } from "../text/sanitise.ts";

const INK = INKS.light;

/** A text block of a report on paper. */
export const textContent = (text: string): Content[] =>
  parseText(text).map(({ kind, items }): Content => {
    const lines = items.map((spans) => ({ text: spans.map(spanContent), lineHeight: 1.25 }));
    switch (kind) {
      case "bullets":
        return { ul: lines, margin: [0, 0, 0, 6] };
      case "numbers":
        return { ol: lines, margin: [0, 0, 0, 6] };
      case "heading":
        return { text: items.flat().map(spanContent), style: "heading3" };
      case "quote":
        return {
          text: items.flat().map(spanContent),
          color: INK.muted,
          margin: [12, 2, 0, 8],
          italics: true,
        };
      default:
        return { text: items.flat().map(spanContent), lineHeight: 1.25, margin: [0, 0, 0, 6] };
    }
  });

const spanContent = ({ text, style, link }: Span) => ({
  text: sanitiseLine(text),
  ...(style === "strong" ? { bold: true } : {}),
  ...(style === "emphasis" ? { italics: true } : {}),
  ...(style === "code" ? { background: "#eef1f6" } : {}),
  ...(link === undefined ? {} : { link, color: "#364acc" }),
});

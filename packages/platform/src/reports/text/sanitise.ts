import { stripVTControlCharacters } from "node:util";

/**
 * Characters that steer a terminal or hide what a text says: C0 and C1 controls, direction overrides and isolates,
 * invisible operators, tags and annotations. Joiners stay: scripts and emoji need them.
 */
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const BREAKS = /\s*[\n\r\v\f\u0085\u2028\u2029]+\s*|\t/g;

/** One line that can be printed anywhere: line breaks and tabs become a space, escapes and controls are gone. */
export function sanitiseLine(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return stripVTControlCharacters(text.toWellFormed()).replace(BREAKS, " ").replace(STEERING, "");
}

/** As {@link sanitiseLine}, line by line; tabs become two spaces. */
export function sanitiseLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => sanitiseLine(line.replaceAll("\t", "  ")))
    .join("\n");
}

/** JSON whose steering characters are escaped, so that it is safe to print and still says the same. */
export function escapeJson(json: string): string {
  return json.replace(STEERING, (character) =>
    character === "\n"
      ? character
      : [...character]
          .flatMap((point) => point.split(""))
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}

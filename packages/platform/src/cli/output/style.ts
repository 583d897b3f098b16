import { styleText } from "node:util";
import type { Tone } from "./document.ts";

type Format = "bold" | "dim" | "underline" | "red" | "green" | "yellow" | "cyan";

/** Adds colours, or nothing where there are none. */
export type Style = (format: Format, text: string) => string;

export const createStyle =
  (colour: boolean): Style =>
  (format, text) =>
    colour && text !== "" ? styleText(format, text, { validateStream: false }) : text;

const TONES: Readonly<Record<Tone, Format | undefined>> = {
  plain: undefined,
  good: "green",
  warn: "yellow",
  bad: "red",
  muted: "dim",
};

export function toned(style: Style, tone: Tone, text: string): string {
  const format = TONES[tone];
  return format === undefined ? text : style(format, text);
}

/**
 * Whether to print colours: `--no-color`, then FORCE_COLOR, then NO_COLOR, then whether a terminal reads.
 * @see https://no-color.org and https://force-color.org, 2026-06
 */
export function usesColour(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
  noColorOption: boolean,
): boolean {
  if (noColorOption) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  if (env.NO_COLOR) return false;
  return isTerminal && env.TERM !== "dumb";
}

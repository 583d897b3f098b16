import type { Tone } from "./document.ts";

const WORDS: Readonly<Record<Exclude<Tone, "plain" | "muted">, readonly string[]>> = {
  good: [
    "ok",
    "yes",
    "exact",
    "pass",
    "passed",
    "equal",
    "good",
    "healthy",
    "conformant",
    "verified",
    "closed",
  ],
  warn: ["warn", "warning", "rounding", "provisional", "partial", "missing", "unknown", "open"],
  bad: ["bad", "broken", "off", "fail", "failed", "error", "wrong", "false", "contradiction", "refused"],
};

const SYMBOLS: Readonly<Record<Tone, string>> = { good: "✓", warn: "!", bad: "✗", muted: "·", plain: " " };

/** How a status word is meant, by its first word: `ok`, `off by 0.02`. */
export function statusTone(text: string): Tone {
  const [first = ""] = text.toLowerCase().split(/[^a-z]+/, 1);
  for (const tone of ["good", "warn", "bad"] as const) if (WORDS[tone].includes(first)) return tone;
  return "muted";
}

/** A mark that says the same without colours. */
export const toneSymbol = (tone: Tone): string => SYMBOLS[tone];

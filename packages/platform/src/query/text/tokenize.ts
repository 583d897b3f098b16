import { queryErrors } from "../errors.ts";

export interface Token {
  /** `word`: names, keywords, numbers, dates. `string`: a quoted value. */
  readonly kind: "word" | "string" | "symbol" | "end";
  /** Words as they stand, strings without their quotes. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const WORD = /[\p{L}\p{N}_.:/@+\-*$%&|~^!?\\[\]{};#`]/u;
const SYMBOLS = ["!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ","] as const;

export const invalidText = (at: Pick<Token, "line" | "column">, problem: string, suggestion = "") =>
  queryErrors.create("QUERY_TEXT_INVALID", { line: at.line, column: at.column, problem, suggestion });

/**
 * Splits query text into tokens. Values stand in single quotes, with `''` for a quote; a key with odd characters in
 * double quotes: `tag:"my key"`, with `""` for one.
 * @throws QUERY_TEXT_INVALID for a quote that is never closed and characters that mean nothing
 */
export const tokenize = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let [at, line, lineStart] = [0, 1, 0];
  const place = () => ({ line, column: at - lineStart + 1 });
  const quoted = (quote: "'" | '"'): string => {
    const start = place();
    let value = "";
    at += 1;
    for (;;) {
      const end = text.indexOf(quote, at);
      if (end < 0) throw invalidText(start, "this quote is never closed");
      value += text.slice(at, end);
      at = end + 1;
      if (text[at] !== quote) return countLines(value, end);
      value += quote;
      at += 1;
    }
  };
  const countLines = (value: string, end: number): string => {
    const breaks = value.split("\n").length - 1;
    if (breaks > 0) {
      line += breaks;
      lineStart = text.lastIndexOf("\n", end) + 1;
    }
    return value;
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    const start = place();
    if (char === "\n") {
      at += 1;
      line += 1;
      lineStart = at;
    } else if (/\s/.test(char)) {
      at += 1;
    } else if (char === "'") {
      tokens.push({ kind: "string", text: quoted("'"), ...start });
    } else {
      const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, at));
      if (symbol !== undefined) {
        at += symbol.length;
        tokens.push({ kind: "symbol", text: symbol, ...start });
      } else {
        tokens.push({ kind: "word", text: readWord(), ...start });
      }
    }
  }
  return [...tokens, { kind: "end", text: "", ...place() }];

  function readWord(): string {
    const start = place();
    let word = "";
    while (at < text.length) {
      const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
      if (char === '"') word += quoted('"');
      else if (WORD.test(char) && !text.startsWith("!=", at)) {
        word += char;
        at += char.length;
      } else break;
    }
    if (at === start.column - 1 + lineStart) {
      throw invalidText(start, `${JSON.stringify(text[at])} has no meaning here`);
    }
    return word;
  }
};

/** Could the word stand unquoted? */
export const isPlainWord = (text: string): boolean =>
  text !== "" && !text.includes("!=") && [...text].every((char) => WORD.test(char));

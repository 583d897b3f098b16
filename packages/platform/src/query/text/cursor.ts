import { invalidText, type Token, tokenize } from "./tokenize.ts";

/** Reads tokens one after another. Keywords are recognised in any case; quoted words are never keywords. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  get token(): Token {
    return this.peek(0);
  }

  peek(ahead: number): Token {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) throw new TypeError("No tokens");
    return token;
  }

  next(): Token {
    const { token } = this;
    this.#at += 1;
    return token;
  }

  isWord(...words: readonly string[]): boolean {
    return this.token.kind === "word" && words.includes(this.token.text.toLowerCase());
  }

  isSymbol(...symbols: readonly string[]): boolean {
    return this.token.kind === "symbol" && symbols.includes(this.token.text);
  }

  /** Takes the words if they stand next, one after another. */
  take(...words: readonly string[]): boolean {
    const matches = words.every((word, index) => {
      const token = this.peek(index);
      return token.kind === "word" && token.text.toLowerCase() === word;
    });
    if (matches) this.#at += words.length;
    return matches;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  /** @throws QUERY_TEXT_INVALID */
  fail(problem: string, suggestion = ""): never {
    throw invalidText(this.token, problem, suggestion);
  }

  found(): string {
    return this.token.kind === "end" ? "the end" : JSON.stringify(this.token.text);
  }
}

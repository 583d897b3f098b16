import { parseQuantity, type Quantity } from "./quantity.ts";

export type Operator = "+" | "-" | "*" | "/";

/** What a claim is worked out from: `est-run + est-sql`, `cut(query-1)`, `monthly * 36 months`. */
export type Expression =
  | { readonly kind: "figure"; readonly quantity: Quantity }
  | { readonly kind: "claim"; readonly id: string }
  | {
      readonly kind: "binary";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "call"; readonly name: string; readonly parts: readonly Expression[] };

export type Parsed =
  | { readonly status: "parsed"; readonly expression: Expression }
  /** `at` counts characters from 0 within the text. */
  | { readonly status: "unreadable"; readonly problem: string; readonly at: number };

interface Token {
  readonly kind: "id" | "figure" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

const SPACE = /^\s+/;
const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*/;
const FIGURE = /^[$€£¥]?\d[\d,]*(?:\.\d+)?[KMB]?%?(?:\/[a-z]+)?(?:\s*[A-Za-z]+(?:\/[a-z]+)?)?/;
const SIGN = /^[-+*/(),]/;

class Unreadable extends Error {
  readonly at: number;

  constructor(problem: string, at: number) {
    super(problem);
    this.at = at;
  }
}

/** Reads an expression; a minus needs spaces around it, since ids hold hyphens. */
export function parseExpression(text: string, currency: string): Parsed {
  try {
    const reader = new Reader(tokens(text), currency);
    return { status: "parsed", expression: reader.whole() };
  } catch (error) {
    if (error instanceof Unreadable) return { status: "unreadable", problem: error.message, at: error.at };
    throw error;
  }
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const space = SPACE.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const token = nextToken(rest, at);
    found.push(token);
    at += token.text.length;
  }
  return [...found, { kind: "end", text: "", at: text.length }];
}

function nextToken(rest: string, at: number): Token {
  const id = ID.exec(rest);
  if (id) return { kind: "id", text: id[0], at };
  const figure = FIGURE.exec(rest);
  if (figure) return { kind: "figure", text: figure[0], at };
  const sign = SIGN.exec(rest);
  if (sign) return { kind: "sign", text: sign[0], at };
  throw new Unreadable(`cannot read ${JSON.stringify(rest.slice(0, 12))} in the expression`, at);
}

/** Products bind before sums, from left to right. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #currency: string;
  #index = 0;

  constructor(list: readonly Token[], currency: string) {
    this.#tokens = list;
    this.#currency = currency;
  }

  whole(): Expression {
    const expression = this.#sum();
    const next = this.#peek();
    if (next.kind !== "end")
      throw new Unreadable(`an operator is missing before ${JSON.stringify(next.text)}`, next.at);
    return expression;
  }

  #sum(): Expression {
    let left = this.#product();
    for (let sign = this.#takeSign("+", "-"); sign; sign = this.#takeSign("+", "-")) {
      left = { kind: "binary", operator: sign, left, right: this.#product() };
    }
    return left;
  }

  #product(): Expression {
    let left = this.#part();
    for (let sign = this.#takeSign("*", "/"); sign; sign = this.#takeSign("*", "/")) {
      left = { kind: "binary", operator: sign, left, right: this.#part() };
    }
    return left;
  }

  #part(): Expression {
    const token = this.#peek();
    this.#index += 1;
    if (token.kind === "figure") return this.#figure(token);
    if (token.kind === "id" && this.#peek().text === "(") return this.#call(token.text);
    if (token.kind === "id") return { kind: "claim", id: token.text };
    if (token.text === "(") {
      const inner = this.#sum();
      this.#expect(")");
      return inner;
    }
    throw new Unreadable("a claim, a figure or a function is missing", token.at);
  }

  #figure(token: Token): Expression {
    const quantity = parseQuantity(token.text, this.#currency);
    if (quantity === undefined) throw new Unreadable(`not a figure: ${token.text}`, token.at);
    return { kind: "figure", quantity };
  }

  #call(name: string): Expression {
    this.#expect("(");
    const parts = [this.#sum()];
    while (this.#peek().text === ",") {
      this.#index += 1;
      parts.push(this.#sum());
    }
    this.#expect(")");
    return { kind: "call", name, parts };
  }

  #takeSign<S extends Operator>(...wanted: S[]): S | undefined {
    const found = wanted.find((sign) => this.#peek().kind === "sign" && this.#peek().text === sign);
    if (found) this.#index += 1;
    return found;
  }

  #expect(text: string): void {
    const token = this.#peek();
    if (token.text !== text) throw new Unreadable(`${JSON.stringify(text)} is missing`, token.at);
    this.#index += 1;
  }

  #peek(): Token {
    return this.#tokens[this.#index] ?? { kind: "end", text: "", at: 0 };
  }
}

/** The ids an expression names, in order, each as often as it is named. */
export function namedIds(expression: Expression): string[] {
  switch (expression.kind) {
    case "figure":
      return [];
    case "claim":
      return [expression.id];
    case "binary":
      return [...namedIds(expression.left), ...namedIds(expression.right)];
    case "call":
      return expression.parts.flatMap(namedIds);
  }
}

/** The addends of a sum, with their signs: `a + b - c` is +a, +b, -c. */
export function addends(
  expression: Expression,
  negated = false,
): { expression: Expression; negated: boolean }[] {
  if (expression.kind === "binary" && (expression.operator === "+" || expression.operator === "-")) {
    const flips = expression.operator === "-";
    return [...addends(expression.left, negated), ...addends(expression.right, flips ? !negated : negated)];
  }
  return [{ expression, negated }];
}

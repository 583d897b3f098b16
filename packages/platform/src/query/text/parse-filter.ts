import { DIMENSION_NAMES, findDimension } from "../model/dimensions.ts";
import type { SemanticModel } from "../model/model.ts";
import type { Condition, Filter } from "../types.ts";
import type { Cursor } from "./cursor.ts";
import { KEYWORDS } from "./keywords.ts";
import { didYouMean } from "./nearest-name.ts";

/** Conditions nested deeper than this are a mistake or an attack, not a question. */
const MAX_DEPTH = 100;

/** `or` binds weakest, then `and`, then `not`. */
export const parseFilterAt = (cursor: Cursor, model: SemanticModel, depth = 0): Filter => {
  if (depth > MAX_DEPTH) cursor.fail(`conditions are nested deeper than ${MAX_DEPTH}`);
  const terms = [parseAnd(cursor, model, depth)];
  while (cursor.take("or")) terms.push(parseAnd(cursor, model, depth));
  return joined("or", terms);
};

const parseAnd = (cursor: Cursor, model: SemanticModel, depth: number): Filter => {
  const terms = [parseNot(cursor, model, depth)];
  while (cursor.take("and")) terms.push(parseNot(cursor, model, depth));
  return joined("and", terms);
};

const joined = (word: "and" | "or", terms: readonly Filter[]): Filter => {
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) return only;
  return word === "and" ? { and: terms } : { or: terms };
};

const parseNot = (cursor: Cursor, model: SemanticModel, depth: number): Filter => {
  if (depth > MAX_DEPTH) cursor.fail(`conditions are nested deeper than ${MAX_DEPTH}`);
  if (cursor.take("not")) return { not: parseNot(cursor, model, depth + 1) };
  if (!cursor.takeSymbol("(")) return parseCondition(cursor, model);
  const inner = parseFilterAt(cursor, model, depth + 1);
  if (!cursor.takeSymbol(")")) cursor.fail(`a closing parenthesis is missing before ${cursor.found()}`);
  return inner;
};

/** A dimension's name as it is spelt in the model. */
export const parseDimension = (cursor: Cursor, model: SemanticModel): string => {
  const { kind, text } = cursor.token;
  if (kind !== "word") cursor.fail(`a dimension is expected, not ${cursor.found()}`);
  const found = findDimension(text, model.virtual);
  if (found === undefined) {
    cursor.fail(
      `there is no dimension ${text.slice(0, 100)}`,
      didYouMean(text, [...model.virtual.keys(), ...DIMENSION_NAMES]),
    );
  }
  cursor.next();
  return found.name;
};

const parseCondition = (cursor: Cursor, model: SemanticModel): Condition => {
  const dimension = parseDimension(cursor, model);
  if (cursor.take("is", "not", "null")) return { dimension, op: "is not null" };
  if (cursor.take("is", "null")) return { dimension, op: "is null" };
  if (cursor.take("present")) return { dimension, op: "present" };
  if (cursor.take("absent")) return { dimension, op: "absent" };
  if (cursor.take("not", "in")) return { dimension, op: "not in", values: parseList(cursor) };
  if (cursor.take("in")) return { dimension, op: "in", values: parseList(cursor) };
  if (cursor.take("contains")) return { dimension, op: "contains", value: parseValue(cursor) };
  if (cursor.take("starts", "with")) return { dimension, op: "starts with", value: parseValue(cursor) };
  if (cursor.take("matches")) return { dimension, op: "matches", value: parseValue(cursor) };
  const operator = comparisons[cursor.token.kind === "symbol" ? cursor.token.text : ""];
  if (operator === undefined) {
    cursor.fail(
      `${cursor.found()} is no comparison; use =, !=, <, <=, >, >=, in, not in, contains, starts with, matches, is null, present or absent`,
    );
  }
  cursor.next();
  return { dimension, op: operator, value: parseValue(cursor) };
};

const comparisons: Readonly<Record<string, "=" | "!=" | "<" | "<=" | ">" | ">=" | undefined>> = {
  "=": "=",
  "!=": "!=",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

const parseList = (cursor: Cursor): readonly string[] => {
  if (!cursor.takeSymbol("(")) cursor.fail(`a list in parentheses is expected, not ${cursor.found()}`);
  const values = [parseValue(cursor)];
  while (cursor.takeSymbol(",")) values.push(parseValue(cursor));
  if (!cursor.takeSymbol(")"))
    cursor.fail(`the list goes on with a comma or ends with ), not ${cursor.found()}`);
  return values;
};

const parseValue = (cursor: Cursor): string => {
  const { kind, text } = cursor.token;
  if (kind === "word" && KEYWORDS.has(text.toLowerCase())) {
    cursor.fail(`a value is expected, not ${cursor.found()}; put it in single quotes if it is one`);
  }
  if (kind !== "word" && kind !== "string") cursor.fail(`a value is expected, not ${cursor.found()}`);
  cursor.next();
  return text;
};

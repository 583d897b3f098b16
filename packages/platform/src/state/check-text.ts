import { stateErrors } from "./errors.ts";

/** Texts that people and programs give: both databases keep them as they are, or they are refused. */
const LONGEST = 2000;

/** Why a text can't be kept; undefined: it can. Only PostgreSQL would refuse a zero byte, and neither keeps half a character. */
const textProblem = (text: string): string | undefined => {
  if (text.trim() === "") return "it is empty";
  if (text.length > LONGEST) return `it is longer than ${LONGEST} characters`;
  if (text.includes("\0")) return "it holds a zero byte";
  return text.isWellFormed() ? undefined : "it holds half a character";
};

/** @throws STATE_INPUT_INVALID */
export const checkText = (subject: string, field: string, text: string): string => {
  const reason = textProblem(text);
  if (reason === undefined) return text;
  const shown = subject.slice(0, 100);
  throw stateErrors.create("STATE_INPUT_INVALID", { subject: shown, field, reason });
};

/** @throws STATE_INPUT_INVALID */
export const checkOptionalText = (subject: string, field: string, text: string | undefined): string | null =>
  text === undefined ? null : checkText(subject, field, text);

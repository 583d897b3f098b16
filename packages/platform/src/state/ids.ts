import { randomInt } from "node:crypto";

/** Without letters that look like digits. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 12;

type Noun =
  | "programme"
  | "task"
  | "record"
  | "plan"
  | "approval"
  | "channel"
  | "message"
  | "delivery"
  | "schedule"
  | "run";

/** A new id that a person can type: `plan-7k2m9x4qd1wp`, one of 2^60. */
export const newId = (noun: Noun): string =>
  `${noun}-${Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;

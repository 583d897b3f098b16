import { randomInt } from "node:crypto";

/** Without letters that look like digits. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 12;

type Noun =
  | "approval"
  | "channel"
  | "comment"
  | "delivery"
  | "message"
  | "person"
  | "plan"
  | "programme"
  | "record"
  | "report"
  | "run"
  | "schedule"
  | "snapshot"
  | "task"
  | "team"
  | "token"
  | "view";

/** A new id that a person can type: `plan-7k2m9x4qd1wp`, one of 2^60. */
export const newId = (noun: Noun): string =>
  `${noun}-${Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;

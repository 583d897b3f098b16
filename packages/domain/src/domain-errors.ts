import { defineErrors } from "./errors.ts";

/** What can go wrong in the arithmetic of money and time. */
export const domainErrors = defineErrors({
  DECIMAL_INVALID: {
    message: "Not a decimal number: {text}",
    why: "Amounts are read exactly; what is not a plain or scientific decimal number is never guessed at.",
    hint: "Write it with digits, an optional sign, a point and an optional exponent, such as -1234.50 or 9.5e-14.",
  },
  DECIMAL_SCALE_INVALID: {
    message: "Not a number of decimal places: {scale}",
    hint: "Give a whole number from 0 to 6144.",
  },
  DECIMAL_DIVISION_BY_ZERO: {
    message: "Cannot divide {dividend} by zero",
    why: "A ratio to nothing is unknown, never zero.",
    hint: "Check that the divisor is not zero first and report the ratio as unknown where it is.",
  },
  ALLOCATION_NO_WEIGHT: {
    message: "Cannot share out {total}: none of the {count} shares has a weight",
    hint: "Give at least one share a weight above zero, or split evenly.",
  },
  ALLOCATION_NEGATIVE_WEIGHT: {
    message: "Cannot share out by a negative weight: {weight}",
    hint: "Use weights of zero or more; a negative total is fine.",
  },
  SAVING_EFFECT_INVALID: {
    message: "Commitments can't take {covered} of a saving of {gross} and give back {reused}",
    why: "What is given back is part of what was taken, and what was taken is part of the saving.",
    hint: "This is a fault of the program: please report it with the recommendation.",
  },
  CURRENCY_INVALID: {
    message: "Not an ISO 4217 currency code: {code}",
    hint: "Use three capital letters, such as USD or EUR.",
  },
  CURRENCY_MIXED: {
    message: "Cannot add {left} and {right}",
    why: "Amounts in different currencies have no sum.",
    hint: "Query one currency, or convert with a dated rates file.",
  },
  DAY_INVALID: {
    message: "Not a calendar day: {text}",
    hint: "Write it as YYYY-MM-DD, such as 2026-02-28.",
  },
  MONTH_INVALID: {
    message: "Not a calendar month: {text}",
    hint: "Write it as YYYY-MM with a month from 01 to 12, such as 2026-02.",
  },
  INSTANT_INVALID: {
    message: "Not an instant in UTC: {text}",
    hint: "Write it as YYYY-MM-DDTHH:mm:ssZ, such as 2026-02-28T13:00:00Z.",
  },
  PERIOD_INVALID: {
    message: "A period cannot run from {start} to {end}",
    why: "Periods include their first day and exclude their end.",
    hint: "Give an end after the start; one day runs from 2026-01-01 to 2026-01-02.",
  },
  FISCAL_MONTH_INVALID: {
    message: "A fiscal year cannot start in month {month}",
    hint: "Give a whole number from 1 (January) to 12 (December).",
  },
  JSON_VALUE_INVALID: {
    message: "JSON can't say a value of the kind {kind}",
    hint: "Use texts, finite numbers, booleans, null, lists and plain objects; amounts and instants are texts.",
  },
  ESTIMATE_UNORDERED: {
    message: "No estimate runs from {low} over {mid} to {high}",
    hint: "Give the low, the likely and the high figure in this order.",
  },
  WEEK_SCHEDULE_INVALID: {
    message: "Not a schedule of a week",
    hint: "Give runs of hours that sum to 168 from Monday 00:00 UTC, each with a whole number of zero or more.",
  },
});

import { defineErrors } from "@trimtab/domain";

/** What keeps a change from being verified at all; too little evidence is an answer and no error. */
export const ledgerErrors = defineErrors({
  VERIFY_CURRENCIES_MIXED: {
    message: "These charges are billed in {currencies}",
    why: "A saving is in one currency; rates of exchange would be a change of their own.",
    hint: "Choose one with --currency, or narrow --where to one of them.",
    exitCode: 2,
    status: 400,
  },
  VERIFY_NOTHING_BILLED: {
    message: "No charge before {moment} matches the filter",
    hint: 'Try the filter with `trimtab query "billed per month where …"`; resource ids are written as the bill has them.',
    exitCode: 2,
    status: 400,
  },
  VERIFY_IGNORED_AFTER_CHANGE: {
    message: "Days from {start} to before {end} can't be left out: the change counts from {change} on",
    why: "Whoever may leave out days after a change can prove anything.",
    hint: "Leave out days before the change only, such as those of a known incident.",
    exitCode: 2,
    status: 400,
  },
  VERIFY_PLAN_NOT_APPLIED: {
    message: "{plan} can't be verified: {reason}",
    why: "A saving is verified from the moment that a change was done, and only while it stands.",
    hint: "{hint}",
    exitCode: 2,
    status: 409,
  },
  VERIFY_PLAN_NOT_BILLED: {
    message: "What {plan} changed can't be found on the bill: {reason}",
    hint: "Give the charges of what it changed with --where, such as --where \"ServiceName = 'Cloud Run'\".",
    exitCode: 2,
    status: 409,
  },
  VERIFY_METRIC_AMBIGUOUS: {
    message: "{metric} has several values at {moment}",
    why: "The mean of percentiles is no percentile.",
    hint: "Name one series by its labels, e.g. {metric}{{label}=…}:5%.",
    exitCode: 2,
    status: 400,
  },
});

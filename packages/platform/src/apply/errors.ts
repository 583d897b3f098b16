import { defineErrors } from "@trimtab/domain";

/** What can go wrong between a recommendation and its change in the cloud. */
export const applyErrors = defineErrors({
  POLICY_INVALID: {
    message: "{file} is no policy: {reason}",
    hint: "docs/guides/apply.md shows what a policy may say.",
    exitCode: 2,
    status: 500,
  },
  PLAN_NOT_ACCEPTED: {
    message: "Recommendation {id} is {status}",
    why: "A plan carries out what somebody has decided on.",
    hint: "Accept it first: `trimtab recommendations accept {id}`.",
    exitCode: 2,
    status: 409,
  },
  PLAN_INPUT_UNREADABLE: {
    message: "{subject} can't be read: {reason}",
    why: "It was written by another version.",
    hint: "Run the analysis again, then plan.",
    exitCode: 3,
    status: 409,
  },
  PLAN_BY_HAND: {
    message: "Recommendation {id} is to be carried out by hand: {reason}",
    hint: "Leave it out of the plan; its page says what to do.",
    exitCode: 2,
    status: 409,
  },
  PLAN_STATE_DIFFERS: {
    message: "{resource} is not as recommendation {id} found it: {differences}",
    why: "Its saving and its risk were worked out for other settings.",
    hint: "Run the analysis again, then decide and plan anew.",
    exitCode: 1,
    status: 409,
  },
  PLAN_REFUSED: {
    message: "{subject} can't be planned: {reason}",
    hint: "Mend what is named, or leave it out of the plan.",
    exitCode: 1,
    status: 409,
  },
  APPROVAL_REFUSED: {
    message: "{approver} can't approve plan {plan}: {reason}",
    hint: "Ask somebody whom the policy names; `trimtab plan show {plan}` lists who is still to approve.",
    exitCode: 2,
    status: 409,
  },
  APPLY_REFUSED: {
    message: "Plan {plan} is not run: {reason}",
    why: "Nothing was changed.",
    hint: "{hint}",
    exitCode: 1,
    status: 409,
  },
  APPLY_TOOL_MISSING: {
    message: "{tool} is not to be found",
    why: "Changes are made with the clouds' own command lines.",
    hint: "Install it and put it into PATH; `trimtab doctor` looks for all of them.",
    exitCode: 3,
    status: 503,
  },
  APPLY_READ_FAILED: {
    message: "The state of {resource} can't be read: {reason}",
    hint: "Run the command of `trimtab plan show` by hand; check sign-in and permissions.",
    exitCode: 3,
    status: 502,
  },
  GUARDRAIL_SOURCE_FAILED: {
    message: "Prometheus at {url} does not answer: {reason}",
    hint: "Check the address in the policy; TRIMTAB_PROMETHEUS_TOKEN is sent as a bearer token.",
    exitCode: 3,
    status: 502,
  },
});

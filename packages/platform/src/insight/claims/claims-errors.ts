import { defineErrors } from "@trimtab/domain";

const SEE = "The format is described in docs/reference/claims.md.";

/** What can be wrong with a sheet of claims; each names file, line and column. */
export const claimsErrors = defineErrors({
  CLAIMS_SYNTAX: {
    message: "{file}:{line}:{column}: {problem}",
    why: "The sheet is not well-formed YAML or CSV.",
    hint: `Mend the text at that place. ${SEE}`,
    exitCode: 2,
  },
  CLAIMS_INVALID: {
    message: "{file}:{line}:{column}: {problem}",
    why: "The sheet has a key, value or figure that the format does not know.",
    hint: SEE,
    exitCode: 2,
  },
  CLAIMS_EXPRESSION: {
    message: "{file}:{line}:{column}: {problem}",
    why: "An expression may hold claim ids, figures, + - * / ( ) and the documented functions.",
    hint: `A minus needs spaces around it: \`before - after\`. ${SEE}`,
    exitCode: 2,
  },
  CLAIMS_UNKNOWN_ID: {
    message: "{file}:{line}:{column}: no claim has the id {id}",
    hint: "Write an id of this sheet, or add the claim that is meant.",
    exitCode: 2,
  },
  CLAIMS_DUPLICATE_ID: {
    message: "{file}:{line}:{column}: a second claim has the id {id}",
    hint: "Give each claim an id of its own.",
    exitCode: 2,
  },
  CLAIMS_CIRCULAR: {
    message: "{file}:{line}:{column}: {id} is worked out from itself",
    hint: "Say what the paper says for one of the claims in the circle.",
    exitCode: 2,
  },
});

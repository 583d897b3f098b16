import { defineErrors } from "@trimtab/domain";

/** What can be wrong with the environment that the parts are made from. */
export const composeErrors = defineErrors({
  ENVIRONMENT_INVALID: {
    message: '{name} can\'t be "{value}"',
    hint: "Set it to {expected}, or unset it.",
    exitCode: 2,
  },
});

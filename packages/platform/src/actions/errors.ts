import { defineErrors } from "@trimtab/domain";

/** What can go wrong where an action reads what a cloud's tool printed. */
export const actionErrors = defineErrors({
  ACTION_STATE_UNREADABLE: {
    message: "What {tool} says of {resource} can't be read: {reason}",
    why: "A change is made only on a state that is understood.",
    hint: "Run the command that the plan shows by hand; a newer or older version of the tool may print something else.",
    exitCode: 3,
  },
});

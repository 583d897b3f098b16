import { defineErrors } from "@trimtab/domain";

/** What can go wrong where an action reads what a cloud's tool printed. */
export const actionErrors = defineErrors({
  ACTION_STATE_UNREADABLE: {
    message: "What {tool} says of {resource} can't be read: {reason}",
    why: "A change is made only on a state that is understood.",
    hint: "Run the command that the plan shows by hand; a newer or older version of the tool may print something else.",
    exitCode: 3,
  },
  ACTION_NAME_INVALID: {
    message: 'The {what} "{name}" can\'t be handed to a command',
    why: "A name that starts with a dash or holds spaces could be taken for an option.",
    hint: "Check the inventory that the recommendation was made on: clouds give no such names.",
  },
  ACTION_LOOKUP_FAILED: {
    message: "{tool} printed no single word for {placeholder}: {reason}",
    why: "A command needs a name that only the live system knows, such as that of a snapshot taken before.",
    hint: "Run the look-up that the plan shows by hand; nothing was changed.",
    exitCode: 3,
  },
});

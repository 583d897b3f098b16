import { defineErrors } from "@trimtab/domain";

export const adviceErrors = defineErrors({
  ADVISOR_UNKNOWN: {
    message: "There is no advisor {id}{suggestion}",
    hint: "Name one of: {known}.",
    exitCode: 2,
    status: 404,
  },
  ADVISOR_SETTING_INVALID: {
    message: "{setting} can't be {value}: {reason}",
    hint: "See `trimtab advise --help` for what it may be and its default.",
    exitCode: 2,
    status: 400,
  },
  INVENTORY_EMPTY: {
    message: "There is no resource to advise on: the inventory is empty",
    why: "A recommendation says which setting to change, so the settings as they are must be known.",
    hint: "Read it with `trimtab inventory collect`, or load files with `trimtab inventory load`.",
    exitCode: 2,
    status: 409,
  },
});

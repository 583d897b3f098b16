import { defineErrors } from "@trimtab/domain";

export const serverScheduleErrors = defineErrors({
  SCHEDULE_JOB_NOT_ALLOWED: {
    message: "The job {kind} speaks of the whole lake, and you see a part of it",
    hint: "Ask somebody without a restriction to schedule it.",
    exitCode: 2,
    status: 403,
  },
  SCHEDULE_NOT_YOURS: {
    message: "What a schedule of somebody else sends, and to whom, is changed by its owner or an admin",
    why: "It shows what its owner may see, and reports that are shared with them.",
    hint: "Make a schedule of your own; its times you can change, and you can switch it off.",
    exitCode: 2,
    status: 403,
  },
  CHANNEL_NOT_ALLOWED: {
    message: "The channel can't be added or changed by you: {reason}",
    why: "Whoever says where a channel leads can read what is sent through it for others.",
    hint: "Ask an admin.",
    exitCode: 2,
    status: 403,
  },
});

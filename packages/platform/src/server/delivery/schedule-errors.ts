import { defineErrors } from "@trimtab/domain";

export const serverScheduleErrors = defineErrors({
  SCHEDULE_JOB_NOT_ALLOWED: {
    message: "The job {kind} speaks of the whole lake, and you see a part of it",
    hint: "Ask somebody without a restriction to schedule it.",
    exitCode: 2,
    status: 403,
  },
});

import { z } from "zod";
import type { LineCosts } from "../../ledger/programme/baseline.ts";
import type { TaskFacts } from "../../ledger/programme/board.ts";
import type { TaskJudgement } from "../../ledger/programme/criteria/judge-tasks.ts";
import type { ProgrammeFile } from "../../ledger/programme/file/programme-schema.ts";
import type { PlannedWeek } from "../../ledger/programme/outlook.ts";
import type { Schedule } from "../../ledger/programme/schedule/critical-path.ts";
import type { StatusReport } from "../../ledger/programme/status/status-report.ts";
import type { Waterfall } from "../../ledger/programme/waterfall/waterfall.ts";
import { defineRoutes } from "../contract.ts";
import { daySchema, list } from "./common.ts";
import { told } from "./told.ts";

const programmeId = z.strictObject({ id: z.string().min(1).max(200) });
const taskId = programmeId.extend({ task: z.string().min(1).max(200) });

const programmeHead = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.enum(["draft", "active", "closed"]),
  startsOn: daySchema.nullable(),
  endsOn: daySchema.nullable(),
  tasks: z.int(),
  done: z.int(),
});

/** What has happened to a task, by the id that the programme gives it. */
const taskFacts = z.record(z.string(), told<TaskFacts>("Status of a task, and since when."));

const board = z.strictObject({
  head: programmeHead,
  programme: told<ProgrammeFile>("As `trimtab programme export --json` tells it."),
  facts: taskFacts,
  schedule: told<Schedule>("Each task's days, slack, and whether it is on the critical path."),
  weeks: list(told<PlannedWeek>("What is planned for a week.")),
  /** Null, with the reason: the bill can't tell what is spent today. */
  costs: told<LineCosts>("What is spent today, by line.").nullable(),
  costsReason: z.string().nullable(),
  remarks: list(z.string()),
  /** Task by the recommendation that it carries out. */
  titles: z.record(z.string(), z.string()),
});

export const programmeContracts = defineRoutes({
  listProgrammes: {
    method: "GET",
    path: "/api/v1/programmes",
    summary: "Programmes of work",
    tag: "Programme",
    access: "read",
    scope: "unrestricted",
    response: z.strictObject({ items: list(programmeHead) }),
  },
  createProgramme: {
    method: "POST",
    path: "/api/v1/programmes",
    summary: "Make a programme of the accepted recommendations, or add those accepted since",
    tag: "Programme",
    access: "decide",
    scope: "unrestricted",
    body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
    response: programmeHead,
    status: 201,
  },
  getProgramme: {
    method: "GET",
    path: "/api/v1/programmes/:id",
    summary: "Tasks over time, critical path, week by week, risks and other records",
    tag: "Programme",
    access: "read",
    scope: "unrestricted",
    params: programmeId,
    response: board,
  },
  getWaterfall: {
    method: "GET",
    path: "/api/v1/programmes/:id/waterfall",
    summary: "What each task saves in its turn, from today's spend to the target, exactly",
    tag: "Programme",
    access: "read",
    scope: "unrestricted",
    params: programmeId,
    query: z.strictObject({ at: daySchema.optional() }),
    response: z.strictObject({
      waterfall: told<Waterfall>("As `trimtab programme waterfall --json` tells it."),
      costs: told<LineCosts>("What is spent today, by line."),
    }),
  },
  getProgrammeStatus: {
    method: "GET",
    path: "/api/v1/programmes/:id/status",
    summary: "Where it stands: costs before, now, planned and realised, criteria, risks, budget, return",
    tag: "Programme",
    access: "read",
    scope: "unrestricted",
    params: programmeId,
    query: z.strictObject({ cadence: z.enum(["daily", "weekly"]).default("weekly") }),
    response: told<StatusReport>("As `trimtab programme status --json` tells it."),
  },
  checkProgramme: {
    method: "POST",
    path: "/api/v1/programmes/:id/check",
    summary: "Measure every success criterion, and tick the tasks that it shows done",
    tag: "Programme",
    access: "decide",
    scope: "unrestricted",
    params: programmeId,
    response: z.strictObject({ tasks: list(told<TaskJudgement>("What its criteria say of a task.")) }),
  },
  moveTask: {
    method: "POST",
    path: "/api/v1/programmes/:id/tasks/:task/move",
    summary: "Start, block, resume, cancel or reopen a task",
    tag: "Programme",
    access: "decide",
    scope: "unrestricted",
    params: taskId,
    body: z.strictObject({
      call: z.enum(["start", "block", "resume", "cancel", "reopen"]),
      reason: z.string().max(1000).optional(),
    }),
    response: z.strictObject({ from: z.string(), to: z.string() }),
  },
  changeTask: {
    method: "PATCH",
    path: "/api/v1/programmes/:id/tasks/:task",
    summary: "Give a task its owner and days",
    tag: "Programme",
    access: "decide",
    scope: "unrestricted",
    params: taskId,
    body: z.strictObject({
      owner: z.string().max(320).nullable().optional(),
      startsOn: daySchema.nullable().optional(),
      dueOn: daySchema.nullable().optional(),
    }),
    response: z.null(),
    status: 204,
  },
});

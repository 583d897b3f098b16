import { z } from "zod";
import { defineRoutes } from "../contract.ts";

const id = z.string().min(1).max(100);
const name = z.string().trim().min(1).max(200);
const instant = z.iso.datetime();
const cron = z.string().trim().min(1).max(200);
const timeZone = z.string().min(1).max(60);

/**
 * Who gets what a run makes: a channel, and with it a person or an address. A person, also one whose address it is, gets what they
 * may see; a channel, and an address that is nobody's, what the schedule's owner may see.
 */
const scheduleRecipient = z.strictObject({
  channelId: id,
  personId: id.optional(),
  address: z.email().optional(),
  /** Of a schedule without an owner, which sees all charges: this address gets that, though it is nobody's. */
  asOwner: z.boolean().optional(),
});

const job = z.strictObject({
  /** `report`, `ingest`, `advise`; see `GET /api/v1/job-kinds`. */
  kind: z.string().min(1).max(50),
  /** As the kind asks for. */
  settings: z.record(z.string().max(100), z.json()),
});

/** `run-once`: one late run stands for all that were missed. `skip`: they are left out. */
const missed = z.enum(["run-once", "skip"]);

const runStatus = z.enum(["waiting", "running", "succeeded", "failed", "skipped"]);

const run = z.strictObject({
  id,
  scheduleId: id,
  /** When it should have begun. */
  dueAt: instant,
  trigger: z.enum(["cron", "late", "manual"]),
  status: runStatus,
  /** Takes: more than one where a process died over it. */
  takes: z.int().nonnegative(),
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  /** What it did, or why it failed. */
  summary: z.string(),
});

const schedule = z.strictObject({
  id,
  name,
  job,
  cron,
  timeZone,
  missed,
  recipients: z.array(scheduleRecipient),
  enabled: z.boolean(),
  nextRunAt: instant.optional(),
  lastRun: run.optional(),
  /** Whose scope applies where a recipient is no person. */
  ownerId: id.optional(),
  createdBy: z.string(),
  version: z.int().positive(),
  createdAt: instant,
  updatedAt: instant,
});

const params = z.strictObject({ id });

export const scheduleContracts = defineRoutes({
  listJobKinds: {
    method: "GET",
    path: "/api/v1/job-kinds",
    summary: "What can be scheduled, and the settings that each asks for as a JSON schema",
    tag: "Schedules",
    access: "save",
    scope: "none",
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          kind: z.string(),
          title: z.string(),
          description: z.string(),
          /** Whether it makes messages for recipients. */
          delivers: z.boolean(),
          settings: z.record(z.string(), z.json()),
        }),
      ),
    }),
  },
  previewSchedule: {
    method: "POST",
    path: "/api/v1/schedules/preview",
    summary: "The next times of a cron expression in a time zone",
    tag: "Schedules",
    access: "save",
    scope: "none",
    body: z.strictObject({ cron, timeZone, count: z.int().min(1).max(20).default(5) }),
    response: z.strictObject({ times: z.array(instant), timeZone: z.string() }),
  },
  listSchedules: {
    method: "GET",
    path: "/api/v1/schedules",
    summary: "Schedules; one's own only, where one's scope is restricted",
    tag: "Schedules",
    access: "save",
    scope: "rows",
    response: z.strictObject({ items: z.array(schedule) }),
  },
  createSchedule: {
    method: "POST",
    path: "/api/v1/schedules",
    summary: "Run something at set times",
    tag: "Schedules",
    access: "ingest",
    scope: "rows",
    body: z.strictObject({
      name,
      job,
      cron,
      timeZone,
      missed: missed.default("run-once"),
      recipients: z.array(scheduleRecipient).max(500).default([]),
      enabled: z.boolean().default(true),
    }),
    response: schedule,
    status: 201,
  },
  getSchedule: {
    method: "GET",
    path: "/api/v1/schedules/:id",
    summary: "A schedule",
    tag: "Schedules",
    access: "save",
    scope: "rows",
    params,
    response: schedule,
  },
  updateSchedule: {
    method: "PATCH",
    path: "/api/v1/schedules/:id",
    summary: "Change a schedule; what is left out stays",
    tag: "Schedules",
    access: "ingest",
    scope: "rows",
    params,
    body: z.strictObject({
      version: z.int().positive(),
      name: name.optional(),
      job: job.optional(),
      cron: cron.optional(),
      timeZone: timeZone.optional(),
      missed: missed.optional(),
      recipients: z.array(scheduleRecipient).max(500).optional(),
      enabled: z.boolean().optional(),
    }),
    response: schedule,
  },
  deleteSchedule: {
    method: "DELETE",
    path: "/api/v1/schedules/:id",
    summary: "Remove a schedule and its history",
    tag: "Schedules",
    access: "ingest",
    scope: "rows",
    params,
    response: z.undefined(),
    status: 204,
  },
  runSchedule: {
    method: "POST",
    path: "/api/v1/schedules/:id/run",
    summary: "Run it now; a runner takes it within seconds",
    tag: "Schedules",
    access: "ingest",
    scope: "rows",
    params,
    response: run,
    status: 202,
  },
  listRuns: {
    method: "GET",
    path: "/api/v1/schedules/:id/runs",
    summary: "Its runs and how they went, newest first",
    tag: "Schedules",
    access: "save",
    scope: "rows",
    params,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(200).optional(),
    }),
    response: z.strictObject({ items: z.array(run), nextCursor: z.string().optional() }),
  },
});

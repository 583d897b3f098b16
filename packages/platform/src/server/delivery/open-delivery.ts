import { hostname } from "node:os";
import type { Lake } from "../../lake/lake.ts";
import type { SourceDefinition } from "../../lake/source-definition.ts";
import type { ChannelDefinition } from "../../notify/channels/channel.ts";
import type { Resolve } from "../../notify/guard/guarded-lookup.ts";
import type { JobKind } from "../../notify/scheduler/job.ts";
import type { State } from "../../state/state.ts";
import type { EventHub } from "../events/event-hub.ts";
import { createJobs } from "../jobs/jobs.ts";
import { reportJob } from "../jobs/report-job.ts";
import type { WorkGiven } from "../open-server.ts";
import type { ServerLog } from "../parts.ts";
import type { Questions } from "../queries/questions.ts";
import type { ReportDesk } from "../reports/report-desk.ts";
import type { DeliveryService } from "./delivery-parts.ts";
import { startScheduler } from "./start-scheduler.ts";

export interface DeliveryGiven {
  readonly channelKinds: Readonly<Record<string, ChannelDefinition>>;
  /** What relative places of ingest jobs are relative to. */
  readonly cwd: string;
  /** Whether this process runs what is due. */
  readonly runs: boolean;
  readonly jobs?: readonly JobKind[];
  readonly resolve?: Resolve;
  /** Where people reach this server, for links in messages; none without. */
  readonly publicUrl?: string | undefined;
}

export interface DeliverySurroundings {
  readonly lake: Lake;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly state: State;
  readonly work: WorkGiven;
  readonly delivery: DeliveryGiven;
  readonly questions: Questions;
  readonly reports: ReportDesk;
  readonly events: EventHub;
  readonly log: ServerLog;
}

/** Delivery and schedules within the server: their parts, and the loop that runs what is due. */
export const openDelivery = (
  surroundings: DeliverySurroundings,
): { readonly service: DeliveryService; close(): Promise<void> } => {
  const { lake, sources, state, work, delivery, questions, reports, events, log } = surroundings;
  const actor = `scheduler on ${hostname()}, process ${process.pid}`;
  const jobs = createJobs({
    ...{ state, cwd: delivery.cwd, openLake: async () => lake, sources: async () => sources },
    advisors: async () => Object.fromEntries(work.advisors.map((advisor) => [advisor.id, advisor])),
    openWork: async ({ timeZone, signal }) => {
      const asking = { owner: "scheduler", scope: "unrestricted", timeZone, signal } as const;
      const { engine, context } = await questions.open(asking);
      return { services: work.services, openEngine: async () => engine, query: context, actor, signal };
    },
    others: [
      reportJob({ state, openDesk: async () => reports, publicUrl: delivery.publicUrl }),
      ...(delivery.jobs ?? []),
    ],
  });
  const { channelKinds, resolve } = delivery;
  const parts = { state, channelKinds, jobs, ...(resolve === undefined ? {} : { resolve }) };
  if (!delivery.runs) return { service: { ...parts, wake: () => undefined }, close: async () => undefined };
  const scheduler = startScheduler({
    ...parts,
    actor,
    onRun: ({ scheduleId, status, summary }) =>
      events.publish(
        { type: "run", kind: "schedule", id: scheduleId, status, message: summary },
        ({ permissions, scope }) => permissions.has("ingest") && scope === "unrestricted",
      ),
    onProblem: (subject, error) => log.error({ err: error }, subject),
  });
  return { service: { ...parts, wake: scheduler.wake }, close: scheduler.stop };
};

import { hostname } from "node:os";
import { instantOf } from "@trimtab/domain";
import type { DeliveryParts } from "../../server/delivery/delivery-parts.ts";
import type { CommandContext } from "../command.ts";

/** Who carries out what is scheduled, for histories and the audit log. */
export const runnerName = (): string => `scheduler on ${hostname()}, process ${process.pid}`;

/** What delivery and schedules work with, over the state database and the lake of this run. */
export async function deliveryParts(context: CommandContext): Promise<DeliveryParts> {
  const { services, cwd, env } = context;
  const { createJobs } = await import("../../server/jobs/jobs.ts");
  const { reportJob } = await import("../../server/jobs/report-job.ts");
  const state = await services.openState();
  const { readPublicUrl } = await import("../../server/access/own-origin.ts");
  const url = env.TRIMTAB_PUBLIC_URL;
  const openDesk = async () => await (await import("./report-desk.ts")).openReportDesk(context);
  const jobs = createJobs({
    ...{ state, cwd, openLake: services.openLake, sources: services.sources },
    advisors: async () => (await import("../../advisors/registry.ts")).advisors,
    openWork: ({ timeZone, signal }) => scheduledWork(context, timeZone, signal),
    others: [reportJob({ state, openDesk, publicUrl: url ? readPublicUrl(url) : undefined })],
  });
  return { state, channelKinds: await services.channelKinds(), jobs };
}

/** Over the whole lake, each currency by itself, as of now. */
async function scheduledWork({ services, cwd, env }: CommandContext, timeZone: string, signal: AbortSignal) {
  const { readModel } = await import("../query-context.ts");
  const { resolve } = await import("node:path");
  const rules = env.TRIMTAB_RULES;
  const now = instantOf(services.clock());
  const model = await readModel(services, rules ? resolve(cwd, rules) : undefined);
  const query = { scope: "unrestricted", currency: "each", timeZone, now, signal, model } as const;
  return { services, openEngine: () => services.openEngine("duckdb"), query, actor: runnerName(), signal };
}

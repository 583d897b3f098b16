import type { Clock } from "@trimtab/domain";
import type { Lake } from "../lake/lake.ts";
import type { MetricStore } from "../lake/metrics.ts";
import type { SourceDefinition } from "../lake/source-definition.ts";
import type { WorkServices } from "../loop/work.ts";
import type { QueryEngine } from "../query/engines/engine.ts";
import type { State } from "../state/state.ts";
import { type DeliveryGiven, openDelivery } from "./delivery/open-delivery.ts";
import type { DemoFiller } from "./demo.ts";
import { createEventHub } from "./events/event-hub.ts";
import { watchLake } from "./lake-watch.ts";
import type { ServerLog, ServerParts } from "./parts.ts";
import { createQueryDesk } from "./queries/query-desk.ts";
import { askingOf, createQuestions } from "./queries/questions.ts";
import { createSemantics } from "./queries/semantics.ts";
import { createReportDesk } from "./reports/report-desk.ts";
import { openUploadStore } from "./uploads/upload-store.ts";
import { createUploads, type UploadLimits } from "./uploads/uploads.ts";
import { adviseAt } from "./work/advise-at.ts";
import { watchJournals } from "./work/journal-watch.ts";
import { createPlanRuns } from "./work/plan-runs.ts";
import { createShownRecommendations } from "./work/shown-recommendations.ts";
import type { WorkParts } from "./work/work-parts.ts";

/** What the server is made of, opened by whoever starts it, who closes it, too. */
export interface ServerGiven {
  readonly version: string;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly lake: Lake;
  readonly engine: QueryEngine;
  readonly metrics: MetricStore;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly state: State;
  readonly demo: DemoFiller;
  /** On this machine: uploads wait and stay here. */
  readonly uploadFolder: string;
  readonly rulesFile?: string | undefined;
  /** What the demo brings with it; counts where no rules are given. */
  readonly demoRulesFile?: string | undefined;
  readonly ratesFile?: string | undefined;
  readonly limits?: Partial<ServerLimits>;
  /** The rest of what advice, programmes and plans are made with. */
  readonly work: WorkGiven;
  readonly delivery: DeliveryGiven;
}

export interface WorkGiven
  extends Pick<WorkParts, "advisors" | "hourlyCost" | "policy" | "run" | "judge" | "env"> {
  readonly services: WorkServices;
}

export interface ServerLimits {
  readonly statementsAtOnce: number;
  readonly questionsUnderWay: number;
  readonly questionsOfOne: number;
  readonly cacheBytes: number;
  /** How often the lake is looked at for versions that others made. */
  readonly lookEveryMs: number;
  readonly uploads: UploadLimits;
}

const GIB = 1024 ** 3;

/** @see docs/guides/server.md for why each is what it is */
export const SERVER_LIMITS: ServerLimits = {
  statementsAtOnce: 3,
  questionsUnderWay: 256,
  questionsOfOne: 64,
  cacheBytes: 128 * 1024 ** 2,
  lookEveryMs: 2000,
  uploads: {
    mostSentBytes: 2 * GIB,
    mostBytes: 64 * GIB,
    mostRatio: 250,
    mostFiles: 500,
    mostWaiting: 20,
    keptBytes: 50 * GIB,
  },
};

export interface OpenServer {
  readonly parts: ServerParts;
  /** Ends what runs beside requests; what is half done goes on at the next start. */
  close(): Promise<void>;
}

/** Wires the server's own parts over what it is given. */
export const openServer = async (given: ServerGiven): Promise<OpenServer> => {
  const { version, clock, log, lake, engine, metrics, sources, state, demo } = given;
  const limits = { ...SERVER_LIMITS, ...given.limits };
  const events = createEventHub();
  const watch = watchLake({
    lake,
    log,
    everyMs: limits.lookEveryMs,
    onChange: ({ version: lakeVersion }) => events.publish({ type: "lake", lakeVersion }),
  });
  const semantics = createSemantics({
    metrics,
    rulesFile: given.rulesFile,
    otherwiseRulesFile: given.demoRulesFile,
    ratesFile: given.ratesFile,
    freshMs: limits.lookEveryMs,
  });
  const desk = createQueryDesk({
    engine,
    lake,
    watch,
    atOnce: limits.statementsAtOnce,
    mostUnderWay: limits.questionsUnderWay,
    mostOfOwner: limits.questionsOfOne,
    cacheBytes: limits.cacheBytes,
  });
  const questions = createQuestions({ desk, watch, semantics, clock });
  const { services, ...operations } = given.work;
  const store = openUploadStore(given.uploadFolder, clock);
  const uploads = createUploads({
    store,
    lake,
    sources,
    watch,
    events,
    demo,
    adviseAt: adviseAt({ ...operations, questions, services, publish: events.publish }),
    clock,
    log,
    limits: limits.uploads,
  });
  const work: WorkParts = {
    ...operations,
    clock,
    state,
    workFor: async (caller, signal) => {
      const { engine: ofCaller, context } = await questions.open(askingOf({ caller, signal }));
      return { services, openEngine: async () => ofCaller, query: context, actor: caller.actor, signal };
    },
    onFault: (error, what) => log.error({ err: error }, what),
    publish: events.publish,
  };
  const planRuns = createPlanRuns(work);
  const journals = watchJournals({
    state,
    everyMs: limits.lookEveryMs,
    isHeard: () => events.listeners > 0,
    isOwn: planRuns.isOn,
    publish: events.publish,
    onFault: work.onFault,
  });
  const shown = createShownRecommendations(work);
  const reports = createReportDesk({ state, shown, questions, sources, services, watch, clock });
  const delivery = openDelivery({ ...given, questions, reports, events });
  await uploads.start();
  return {
    parts: {
      ...{ version, clock, log, lake, metrics, sources, state, watch, questions, events, uploads, demo },
      work,
      planRuns,
      shown,
      reports,
      delivery: delivery.service,
    },
    close: async () => {
      await delivery.close();
      journals.close();
      await planRuns.close();
      events.close();
      await uploads.close();
      watch.close();
    },
  };
};

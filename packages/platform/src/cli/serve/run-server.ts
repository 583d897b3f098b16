import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { commandRunner } from "../../apply/commands/run-command.ts";
import type { ReadPolicy } from "../../apply/policy/policy.ts";
import type { Services } from "../../compose.ts";
import { canaryVerdict } from "../../ledger/verify/canary-verdict.ts";
import { openAccess } from "../../server/access/access.ts";
import { readPublicUrl } from "../../server/access/own-origin.ts";
import { type AppAccess, createApp, type RequestsPerMinute } from "../../server/app.ts";
import { listen, stopListening } from "../../server/listen.ts";
import { openServer, type WorkGiven } from "../../server/open-server.ts";
import { createDemoFiller } from "./demo-filler.ts";

export interface ServeOptions {
  readonly services: Services;
  readonly host: string;
  readonly port: number;
  readonly uploadFolder: string | undefined;
  readonly rulesFile: string | undefined;
  readonly ratesFile: string | undefined;
  readonly publicUrl: string | undefined;
  readonly servicesFile: string | undefined;
  readonly webFolder: string | undefined;
  readonly trustProxy: boolean;
  /** What people agreed on about changes; read anew for each, as it may be edited. */
  readonly policy: () => Promise<ReadPolicy>;
  readonly hourlyCost: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly logLevel: string;
  /** Instead of people who sign in: for benchmarks, whose callers are made up. */
  readonly access?: AppAccess;
  readonly requestsPerMinute?: RequestsPerMinute;
  /** Aborts when the server is to stop. */
  readonly signal: AbortSignal;
  /** Once it listens: its address, and the path of a link for the first admin where there is nobody yet. */
  onReady(address: string, setupPath: string | undefined): void;
}

/** Runs the server until the signal aborts; by then requests were answered and nothing is half done. */
export const runServer = async (options: ServeOptions): Promise<void> => {
  const { services, signal } = options;
  const logger = pino({ level: options.logLevel, redact: SECRETS }, pino.destination(2));
  const lake = await services.openLake();
  const state = await services.openState();
  const { publicUrl, servicesFile, requestsPerMinute } = options;
  const signIn = await openAccess({ state, publicUrl, servicesFile });
  const uploadFolder = options.uploadFolder ?? join(lake.storage.scratch, "uploads");
  const demoRulesFile = join(uploadFolder, "demo-rules.yaml");
  const server = await openServer({
    version: services.version,
    clock: services.clock,
    log: logger,
    lake,
    engine: await services.openEngine("duckdb"),
    metrics: await services.openMetricStore(),
    sources: await services.sources(),
    state,
    demo: createDemoFiller(services, demoRulesFile),
    uploadFolder,
    rulesFile: options.rulesFile,
    demoRulesFile,
    ratesFile: options.ratesFile,
    work: await workGiven(options),
    delivery: {
      channelKinds: await services.channelKinds(),
      cwd: options.cwd,
      runs: true,
      publicUrl: publicUrl === undefined ? undefined : readPublicUrl(publicUrl),
    },
  });
  try {
    const app = await createApp({
      parts: server.parts,
      access: options.access ?? signIn,
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
      logger,
      webFolder: options.webFolder ?? findWebFolder(),
      trustProxy: options.trustProxy,
    });
    const address = await listen(app, options.host, options.port);
    options.onReady(publicUrl ?? address, await signIn.setupPath());
    await aborted(signal);
    await stopListening(app);
  } finally {
    await server.close();
  }
};

/** What advice, programmes and plans are made with: as the command line makes them. */
const workGiven = async ({ services, policy, hourlyCost, env }: ServeOptions): Promise<WorkGiven> => {
  const { advisors } = await import("../../advisors/registry.ts");
  return {
    services,
    advisors: Object.values(advisors),
    hourlyCost,
    policy,
    run: commandRunner(env),
    judge: canaryVerdict,
    env,
  };
};

/** Nothing that is logged should hold any of these; where something did, it is not written. */
const SECRETS = ["*.authorization", "*.cookie", "*.password", "*.token", "headers.authorization"];

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });

/** The built browser app: beside the compiled program in the package, else where the checkout builds it. */
const findWebFolder = (): string | undefined => {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const places = [resolve(here, "../../web"), resolve(here, "../../../../web/dist")];
  return places.find((place) => existsSync(join(place, "index.html")));
};

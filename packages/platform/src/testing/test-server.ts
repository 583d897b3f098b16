import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import { actions } from "../actions/registry.ts";
import { advisors } from "../advisors/registry.ts";
import { commandRunner } from "../apply/commands/run-command.ts";
import { DEFAULT_POLICY, type ReadPolicy } from "../apply/policy/policy.ts";
import { openInventory } from "../evidence/inventory/inventory-store.ts";
import { openResourceMetrics } from "../evidence/metrics/open-resource-metrics.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import { openMetricStore } from "../lake/metrics.ts";
import { canaryVerdict } from "../ledger/verify/canary-verdict.ts";
import { channelKinds } from "../notify/channels/registry.ts";
import { openDuckdbEngine } from "../query/engines/duckdb.ts";
import type { Scope } from "../query/types.ts";
import type { Caller } from "../server/access/caller.ts";
import { ROLE_PERMISSIONS, type Role } from "../server/access/permissions.ts";
import { type AppOptions, createApp } from "../server/app.ts";
import { openServer, SERVER_LIMITS, type ServerGiven, type ServerLimits } from "../server/open-server.ts";
import type { ServerLog, ServerParts } from "../server/parts.ts";
import { sources } from "../sources/registry.ts";
import type { State } from "../state/state.ts";
import { STATE_ENGINES } from "./state-engines.ts";
import { tempFolder } from "./temp-folder.ts";

/** A server of the running test, over a real lake and a real state database; who asks is said by a header. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly parts: ServerParts;
  readonly lake: Lake;
  readonly state: State;
  readonly folder: string;
  /** Lines that were logged. */
  readonly logged: readonly { readonly fields: object; readonly message: string }[];
  /** Headers of somebody with this role and scope; each name is a person of their own. */
  as(role: Role, scope?: Scope, name?: string): Record<string, string>;
}

export interface TestServerOptions {
  /** Absent: an empty lake. */
  readonly lake?: Lake;
  readonly limits?: Partial<ServerLimits>;
  readonly app?: Partial<AppOptions>;
  readonly given?: Partial<ServerGiven>;
}

const NOBODYS_DEMO: ServerGiven["demo"] = {
  companies: [],
  fill: async () => ({}),
};

export const openTestServer = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const folder = tempFolder();
  const clock = () => new Date();
  const lake = options.lake ?? (await openLake({ root: join(folder, "lake"), threads: 1, clock }));
  const home = await STATE_ENGINES[0]?.home();
  const state = await home?.open({ now: clock });
  if (state === undefined) throw new TypeError("SQLite is always there");
  const logged: { fields: object; message: string }[] = [];
  const log = testLog(logged);
  const { parts, close } = await openServer({
    version: "0.0.0-test",
    clock,
    log,
    lake,
    engine: openDuckdbEngine(lake),
    metrics: openMetricStore(lake.storage, lake.database, clock),
    sources,
    state,
    demo: NOBODYS_DEMO,
    uploadFolder: join(folder, "uploads"),
    work: workOver(lake, state),
    delivery: { channelKinds, cwd: folder, runs: false },
    ...options.given,
    limits: { ...SERVER_LIMITS, lookEveryMs: 50, ...options.limits },
  });
  const callers = new Map<string, Caller>();
  const app = await createApp({
    parts,
    access: { authenticate: async ({ headers }) => callers.get(String(headers["x-test-caller"])) },
    checkAnswers: true,
    ...options.app,
  });
  onTestFinished(async () => {
    await app.close();
    await close();
    lake.close();
  });
  return {
    app,
    parts,
    lake,
    state,
    folder,
    logged,
    as: (role, scope = "unrestricted", name = role) => {
      const id = `${callers.size}`;
      const permissions = new Set(ROLE_PERMISSIONS[role]);
      callers.set(id, {
        kind: "person",
        personId: name,
        actor: `${name}@example.com`,
        role,
        permissions,
        scope,
      });
      return { "x-test-caller": id };
    },
  };
};

/** The loop as `trimtab serve` wires it, with the default policy; commands run with these variables. */
export const workOver = (
  lake: Lake,
  state: State,
  {
    env = {},
    policy = DEFAULT_POLICY,
  }: { readonly env?: Record<string, string>; readonly policy?: ReadPolicy } = {},
): ServerGiven["work"] => {
  const clock = () => new Date();
  return {
    services: {
      version: "0.0.0-test",
      clock,
      openLake: async () => lake,
      openStorage: async () => ({ ...lake.storage, close: () => undefined }),
      openResourceMetrics: async () => openResourceMetrics(lake, clock),
      openInventory: async () => openInventory(lake.storage, clock),
      findState: async () => state,
      openState: async () => state,
      actions: async () => actions,
    },
    advisors: Object.values(advisors),
    hourlyCost: "100",
    policy: async () => policy,
    run: commandRunner({ ...process.env, ...env }),
    judge: canaryVerdict,
    env,
  };
};

const testLog = (logged: { fields: object; message: string }[]): ServerLog => {
  const write = (fields: object, message: string) => void logged.push({ fields, message });
  return { info: write, warn: write, error: write };
};

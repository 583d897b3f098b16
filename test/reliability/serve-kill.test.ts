import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished, vi } from "vitest";
import { verifyChain } from "../../packages/platform/src/state/audit.ts";
import { recordRecommendations } from "../../packages/platform/src/state/record-recommendations.ts";
import type { State } from "../../packages/platform/src/state/state.ts";
import { readStateStatus } from "../../packages/platform/src/state/state-status.ts";
import { service } from "../../packages/platform/src/testing/action-fixtures.ts";
import { recommendationBody } from "../../packages/platform/src/testing/plan-home.ts";
import { STATE_ENGINES } from "../../packages/platform/src/testing/state-engines.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { type Random, randomFrom } from "../fuzz/random.ts";
import { type Api, apiAt, type ServeProcess, startServe, takeToken } from "./serve-process.ts";
import { uploadsInto } from "./serve-uploads.ts";
import {
  answered,
  commentsOn,
  decisions,
  reports,
  schedules,
  snapshotsOf,
  views,
  type Work,
  workOf,
} from "./serve-work.ts";
import { expectNoLeftOvers, expectWhole, openTestLake, writeBill } from "./two-bills.ts";

/** `TRIMTAB_SERVE_KILLS=30` is what docs/reference/reliability.md tells of. */
const KILLS = Number(process.env.TRIMTAB_SERVE_KILLS ?? 3);
const SEED = Number(process.env.TRIMTAB_SEED ?? 1);
/** From the first request to the kill, at most. */
const WITHIN_MS = 2500;

vi.setConfig({ testTimeout: 7_200_000 });

const NAMES = ["web", "api", "jobs", "search"];

/** As an advisor would have found them. */
const recommend = (state: State): Promise<unknown> =>
  recordRecommendations(state, "test", {
    advisor: "test",
    settings: {},
    abstained: [],
    found: NAMES.map((name) => {
      const changes = [{ setting: "minInstances", from: 2, to: 1 }];
      const body = recommendationBody("cloud-run", { resource: service(name), changes });
      return { key: body.key, title: body.title, body: JSON.parse(JSON.stringify(body)) };
    }),
    programVersion: "test",
  });

const FORMATS = ["csv", "json", "xlsx", "pdf"] as const;

/** A file that was answered must be whole, whatever becomes of the server then. */
const expectWholeFile = (format: string, body: unknown): void => {
  if (format === "json") expect(body).toMatchObject({ blocks: expect.any(Array) });
  else if (!Buffer.isBuffer(body)) throw new Error(`${format} is no file`);
  else if (format === "csv") expect(body.toString()).toMatch(/Compute/);
  else if (format === "xlsx") expect(body.subarray(-22, -18).toString("latin1")).toBe("PK\u0005\u0006");
  else expect(body.toString("latin1")).toMatch(/^%PDF-[\s\S]*%%EOF\s*$/);
};

/** When the server dies: at any moment, or just after somebody asked for something. */
interface Death {
  readonly isOver: () => boolean;
  /** Somebody is about to ask. */
  asks(): void;
}

const killSoon = (server: ServeProcess, random: Random): Death & { readonly killed: Promise<void> } => {
  const isAtRequest = random.below(2) === 0;
  const askedFirst = random.below(25);
  const withinMs = isAtRequest ? random.below(20) : random.below(WITHIN_MS);
  let asked = 0;
  let isOver = false;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  if (!isAtRequest) begin();
  const kill = async (): Promise<void> => {
    await begun;
    await sleep(withinMs);
    isOver = true;
    await server.kill();
  };
  const asks = (): void => {
    asked += 1;
    if (asked > askedFirst) begin();
  };
  return { isOver: () => isOver, asks, killed: kill() };
};

/** Goes on until the server is gone. @returns how many files were answered */
const keepExporting = async (api: Api, report: string, random: Random, death: Death): Promise<number> => {
  let files = 0;
  while (!death.isOver()) {
    const format = FORMATS[random.below(FORMATS.length)] ?? "csv";
    const reply = await api.ask("GET", `/reports/${report}/export?format=${format}`);
    if (reply.kind === "cut") return files;
    if (reply.status === 200) {
      expectWholeFile(format, reply.body);
      files += 1;
    } else expect([429, 503], JSON.stringify(reply.body)).toContain(reply.status);
    await sleep(random.below(300));
  }
  return files;
};

const keepChanging = async (work: Work, api: Api, random: Random, death: Death): Promise<void> => {
  while (!death.isOver()) {
    death.asks();
    if (!(await work.change(api))) return;
    await sleep(random.below(250));
  }
};

/** Nothing is left on the machine's disk of what a process was about when it died. */
const expectTidy = (folder: string, { pid }: ServeProcess): void => {
  const uploads = join(folder, "lake", "uploads");
  expect(readdirSync(join(uploads, "_receiving"))).toEqual([]);
  for (const id of readdirSync(uploads).filter((name) => /^\d{8}T/.test(name))) {
    const { file } = JSON.parse(readFileSync(join(uploads, id, "upload.json"), "utf8"));
    expect(readdirSync(join(uploads, id)).toSorted(), id).toEqual([file, "upload.json"].toSorted());
  }
  const spilled = readdirSync(join(folder, "tmp"), { recursive: true, encoding: "utf8" });
  const ofTheDead = spilled.filter((path) => /\.\d+\.[0-9a-f]{12}$/.test(path) && !path.includes(`.${pid}.`));
  expect(ofTheDead).toEqual([]);
};

it(`a server that is killed ${KILLS} times while people work keeps all that it acknowledged`, async () => {
  const random = randomFrom(SEED);
  const folder = tempFolder();
  const own = await STATE_ENGINES[0]?.home();
  if (own === undefined) throw new TypeError("SQLite is always there");
  mkdirSync(join(folder, "tmp"));
  const env = {
    ...process.env,
    ...own.env,
    HOME: folder,
    TMPDIR: join(folder, "tmp"),
    TRIMTAB_LAKE: join(folder, "lake"),
    DATABASE_URL: "",
    NO_COLOR: "1",
    NODE_COMPILE_CACHE: join(tmpdir(), "trimtab-compiled-tests"),
  };
  const state = await own.open({ now: () => new Date() });
  await recommend(state);
  let server = await startServe(env);
  onTestFinished(() => server.kill());
  const token = await takeToken(server);
  let api = apiAt(server.address, token);

  const lake = await openTestLake(folder);
  const uploads = uploadsInto(lake, folder, random);
  const base = writeBill(folder, "base.csv", 1);
  answered(await api.ask("POST", "/uploads?name=base.csv", readFileSync(base.path)), "base.csv");
  await uploads.check(api);
  const definition = await reports.create?.("Pinned", "What is pinned");
  if (definition === undefined) throw new TypeError("Reports can be made");
  const report = answered(await api.ask("POST", ...definition), "report").id;
  const [{ id: subject }] = answered(await api.ask("GET", "/recommendations"), "recommendations").items;
  const works = [
    uploads,
    workOf(views, random),
    workOf(commentsOn(`recommendation ${subject}`), random),
    workOf(decisions, random),
    workOf(schedules, random),
    workOf(reports, random),
    workOf(snapshotsOf(report), random),
  ];
  for (const { claims, name } of works) if (name === "report") claims.begin("Pinned", "What is pinned");
  for (const work of works.slice(1)) await work.check(api);

  let files = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = api;
    const death = killSoon(server, random);
    const ends = [
      keepExporting(before, report, random, death).then((count) => {
        files += count;
      }),
      ...works.map((work) => keepChanging(work, before, random, death)),
    ];
    // What a work complains of is heard after the kill.
    await Promise.allSettled([death.killed, ...ends]);
    await Promise.all([death.killed, ...ends]);
    server = await startServe(env);
    api = apiAt(server.address, token);
    for (const work of works) await work.check(api);
    await expectWhole(lake);
    expect(await verifyChain(state)).toMatchObject({ status: "whole" });
    expect((await readStateStatus(state)).damage).toEqual([]);
    // The next load takes away what the dead one left in the lake.
    await uploads.change(api);
    await uploads.check(api);
    await expectNoLeftOvers(lake);
    expectTidy(folder, server);
    if ((kill + 1) % 10 === 0) console.log(`kills ${kill + 1} of ${KILLS}, seed ${SEED}`);
  }
  const tally = works.map(
    ({ name, claims: { acknowledged, metKept, metLost } }) =>
      `${name} ${acknowledged} (at the kill ${metKept} kept, ${metLost} not)`,
  );
  console.log(`kills ${KILLS}, seed ${SEED}: acknowledged ${tally.join(", ")}; ${files} files, each whole`);
  await server.stop();
  expect(server.said()).not.toMatch(/"level":(50|60)/);
});

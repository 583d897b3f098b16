import autocannon from "autocannon";
import { keptLake } from "../data/lake.ts";
import { atMost, type Figure, type PrintTable } from "../figure.ts";
import { type BenchServer, startServer } from "./api-server.ts";
import { type Ask, type Click, headersOf, type PacedAnswers, pacedLoad, percentile } from "./paced-load.ts";
import { cached, drill, rollup } from "./questions.ts";

/** `-- --large` is what people are promised; the other is soon done. */
const IS_LARGE = process.argv.includes("--large");
const ROWS = Number(process.env.BENCH_WEB_ROWS ?? (IS_LARGE ? 10_000_000 : 1_000_000));
const SECONDS = Number(process.env.BENCH_WEB_SECONDS ?? (IS_LARGE ? 120 : 20));
/** Until what is kept of answers and files has found its size: memory is measured from then on. */
const WARM_SECONDS = IS_LARGE ? 60 : 5;
const USERS = 200;
/** Of 200 people, 200 requests a second: more than people who read what they get ask for. */
const THINK_SECONDS = 1;

const KINDS = {
  cached: { ask: cached, goalMs: 150 },
  rollup: { ask: rollup, goalMs: 500 },
  drill: { ask: drill, goalMs: 3000 },
} as const;
type Kind = keyof typeof KINDS;

/** Of 100 requests, 89 for what others have open, too, ten for numbers that nobody asked for yet, one for bill lines. */
const kindOf = (index: number): Kind =>
  index % 100 === 99 ? "drill" : index % 10 === 4 ? "rollup" : "cached";

/** `from` keeps the questions of one run new to the next. */
const clicksFrom =
  (from: number): Click<Kind> =>
  (index) => {
    const kind = kindOf(index);
    return { kind, ...KINDS[kind].ask(from + index) };
  };

type Out = (figure: Figure) => void;

/** 200 people at once over the API of a server of their own process; load and server share the machine's cores. */
export const benchWebApi = async (out: Out, table: PrintTable): Promise<void> => {
  const server = await startServer(await keptLake(ROWS), 2 * USERS);
  try {
    await benchPeople(server, out, table);
    await benchAtOnce(server, out);
    await benchOverload(server, out);
  } finally {
    await server.stop();
  }
};

/** As many people would use it. */
const benchPeople = async (server: BenchServer, out: Out, table: PrintTable): Promise<void> => {
  const load = { ...server, cookies: server.cookies.slice(0, USERS), thinkSeconds: THINK_SECONDS };
  await pacedLoad({ ...load, click: clicksFrom(10_000_000), seconds: WARM_SECONDS });
  const watch = watchMemory(server);
  const before = await server.usage();
  const answers = await pacedLoad({ ...load, click: clicksFrom(0), seconds: SECONDS });
  const after = await server.usage();
  const samples = await watch.stop();
  const note = `${ROWS} rows, ${USERS} people signed in, each asks ${THINK_SECONDS} s after an answer, ${SECONDS} s`;
  for (const kind of Object.keys(KINDS) as Kind[])
    out(
      atMost(
        `web-api: ${kind}, 95 of 100 within`,
        percentile(answers.latenciesMs(kind), 95),
        "ms",
        KINDS[kind].goalMs,
        note,
      ),
    );
  out(atMost("web-api: answers other than 200", answers.wrong, "requests", 0, note));
  tellMemory(samples, out);
  const answered = sum(Object.keys(KINDS).map((kind) => answers.latenciesMs(kind as Kind).length));
  const perAnswer = (after.cpuMs - before.cpuMs) / answered;
  out(
    atMost("web-api: server's CPU for an answer", perAnswer, "ms", null, `${answered} answers of all kinds`),
  );
  table("Answers", ["Kind", "Answered", "Median", "95 %", "99 %", "Longest"], rowsOf(answers));
};

const rowsOf = (answers: PacedAnswers<Kind>): readonly (readonly string[])[] =>
  (Object.keys(KINDS) as Kind[]).map((kind) => {
    const all = answers.latenciesMs(kind);
    return [
      kind,
      String(all.length),
      ...[50, 95, 99, 100].map((at) => `${Math.round(percentile(all, at))} ms`),
    ];
  });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** The process's memory, every second. */
const watchMemory = (server: BenchServer) => {
  const samples: number[] = [];
  let isOn = true;
  const watching = (async () => {
    while (isOn) {
      const next = new Promise((done) => setTimeout(done, 1000));
      samples.push((await server.usage()).rssMiB);
      await next;
    }
  })();
  return {
    stop: async (): Promise<readonly number[]> => {
      isOn = false;
      await watching;
      return samples;
    },
  };
};

/** Flat is what does not grow any more once its caches are warm: the last quarter against the second. */
const tellMemory = (samples: readonly number[], out: Out): void => {
  const quarter = Math.floor(samples.length / 4);
  const growth = mean(samples.slice(-quarter)) / mean(samples.slice(quarter, 2 * quarter));
  const note = `resident, at most ${Math.round(Math.max(...samples))} MiB`;
  out(atMost("web-api: memory, last quarter ÷ second quarter", growth, "ratio", 1.1, note));
};

/** Nobody thinks: a machine for each person, which asks again the moment that it is answered. Harder than what was asked for. */
const benchAtOnce = async (server: BenchServer, out: Out): Promise<void> => {
  for (const [kind, from] of [
    ["cached", 0],
    ["rollup", 20_000_000],
  ] as const) {
    const { ask, goalMs } = KINDS[kind];
    const before = await server.usage();
    const result = await askAtOnce(server, (index) => ask(from + index), USERS);
    const cpuMs = ((await server.usage()).cpuMs - before.cpuMs) / result["2xx"];
    const note = `${USERS} that ask again at once, ${Math.round(result["2xx"] / result.duration)} answers a second, ${cpuMs.toFixed(2)} ms of CPU each; ${refused(result)} told to wait`;
    out(
      atMost(
        `web-api: ${kind} without a pause, 97.5 of 100 within`,
        result.latency.p97_5,
        "ms",
        goalMs,
        note,
      ),
    );
  }
};

const benchOverload = async (server: BenchServer, out: Out): Promise<void> => {
  const result = await askAtOnce(server, (index) => rollup(30_000_000 + index), 2 * USERS);
  const note = `${2 * USERS} that ask again at once: ${result["2xx"]} answered, ${refused(result)} told to wait`;
  out(atMost("web-api: overload, answers other than 200 and 503", unexpected(result), "requests", 0, note));
};

const askAtOnce = ({ address, cookies }: BenchServer, ask: (index: number) => Ask, users: number) => {
  let asked = 0;
  let joined = 0;
  return autocannon({
    url: address,
    connections: users,
    duration: Math.min(SECONDS, 10),
    timeout: 30,
    setupClient: (client) => {
      client.setHeaders(headersOf(cookies[joined % cookies.length] ?? ""));
      joined += 1;
    },
    requests: [
      {
        method: "POST",
        setupRequest: (request) => {
          const { path, body } = ask(asked);
          asked += 1;
          return { ...request, path, body: JSON.stringify(body) };
        },
      },
    ],
  });
};

const unexpected = ({ statusCodeStats = {}, errors, timeouts }: autocannon.Result): number => {
  const wrong = Object.entries(statusCodeStats).filter(([code]) => code !== "200" && code !== "503");
  return sum(wrong.map(([, { count = 0 }]) => count)) + errors + timeouts;
};

const refused = ({ statusCodeStats = {} }: autocannon.Result): number => statusCodeStats["503"]?.count ?? 0;

import autocannon from "autocannon";
import { DASHBOARDS } from "../dashboard.ts";
import { keptLake } from "../data/lake.ts";
import { atMost, type Figure, type PrintTable } from "../figure.ts";
import { type BenchServer, startServer } from "./api-server.ts";

const ROWS = Number(process.env.BENCH_WEB_ROWS ?? 1_000_000);
const SECONDS = Number(process.env.BENCH_WEB_SECONDS ?? 20);
const USERS = 200;

/** What 200 people ask in a second: pages that others have open, too; numbers nobody asked for yet; bill lines. */
const RATES = { cached: USERS, rollup: USERS / 10, drill: USERS / 100 };

type Ask = (index: number) => { readonly path: string; readonly body: object };

const SERVICES = ["Amazon EC2", "Amazon S3", "Amazon RDS", "AWS Lambda"];

/** The pages that are open on many screens. */
const cached: Ask = (index) => {
  const { request } = DASHBOARDS[index % DASHBOARDS.length] ?? { request: {} };
  return { path: "/api/v1/query", body: request };
};

/** A filter of its own for each: answered by the daily rollups, never from the cache. */
const rollup: Ask = (index) => ({
  path: "/api/v1/query",
  body: {
    measures: ["effective", "billed"],
    by: ["ServiceName"],
    grain: "month",
    where: { dimension: "ServiceName", op: "!=", value: `nothing ${index}` },
  },
});

/** Bill lines of a service in a month; the filter's second half makes each a question of its own. */
const drill: Ask = (index) => ({
  path: "/api/v1/charges",
  body: {
    period: { start: `2026-0${5 + (index % 4)}`, end: `2026-0${6 + (index % 4)}` },
    where: {
      and: [
        { dimension: "ServiceName", op: "!=", value: SERVICES[index % SERVICES.length] ?? "" },
        { dimension: "ResourceId", op: "!=", value: `nothing ${index}` },
      ],
    },
    limit: 100,
  },
});

interface Load {
  readonly ask: Ask;
  readonly seconds: number;
  /** Requests a second over all users; absent: each asks again as soon as it is answered. */
  readonly perSecond?: number;
  readonly users?: number;
}

/** Every user is a person of their own on a connection of their own. */
const run = ({ address }: BenchServer, { ask, seconds, perSecond, users = USERS }: Load) => {
  let asked = 0;
  let joined = 0;
  return autocannon({
    url: address,
    connections: users,
    duration: seconds,
    timeout: 30,
    ...(perSecond === undefined ? {} : { overallRate: perSecond }),
    setupClient: (client) => {
      joined += 1;
      const headers = {
        "x-bench-user": `user ${joined}`,
        "accept-encoding": "br",
        "content-type": "application/json",
      };
      client.setHeaders(headers);
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
  return wrong.reduce((sum, [, { count = 0 }]) => sum + count, 0) + errors + timeouts;
};

const refused = ({ statusCodeStats = {} }: autocannon.Result): number => statusCodeStats["503"]?.count ?? 0;

/** 200 people at once over the API of a server of their own process; load and server share the machine's cores. */
export const benchWebApi = async (out: (figure: Figure) => void, table: PrintTable): Promise<void> => {
  const server = await startServer(await keptLake(ROWS));
  try {
    const goals = { cached: 150, rollup: 500, drill: 3000 };
    const asks = { cached, rollup, drill };
    const rows: string[][] = [];
    let wrong = 0;
    let before = 0;
    for (const kind of ["cached", "rollup", "drill"] as const) {
      await run(server, { ask: asks[kind], seconds: 3, perSecond: Math.max(1, RATES[kind] / 4) });
      if (kind === "cached") before = (await server.memory()).rssMiB;
      const result = await run(server, { ask: asks[kind], seconds: SECONDS, perSecond: RATES[kind] });
      wrong += unexpected(result) + refused(result);
      const { p50, p97_5, p99, max } = result.latency;
      const note = `${ROWS} rows, ${USERS} users, ${RATES[kind]} requests a second, ${SECONDS} s`;
      out(atMost(`web-api: ${kind}, 97.5 of 100 within`, p97_5, "ms", goals[kind], note));
      rows.push([kind, String(result["2xx"]), ...[p50, p97_5, p99, max].map((ms) => `${Math.round(ms)} ms`)]);
    }
    out(atMost("web-api: answers other than 200", wrong, "requests", 0, "at these rates"));
    const overload = await run(server, { ask: rollup, seconds: Math.min(SECONDS, 10), users: 2 * USERS });
    out(
      atMost(
        "web-api: overload, answers other than 200 and 503",
        unexpected(overload),
        "requests",
        0,
        `${2 * USERS} users asking again at once: ${overload["2xx"]} answered, ${refused(overload)} told to wait`,
      ),
    );
    const after = (await server.memory()).rssMiB;
    out(
      atMost(
        "web-api: memory at the end ÷ after warming up",
        after / before,
        "ratio",
        null,
        `${Math.round(after)} MiB`,
      ),
    );
    table("Answers", ["Kind", "Answered", "Median", "97.5 %", "99 %", "Longest"], rows);
  } finally {
    await server.stop();
  }
};

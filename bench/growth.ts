import { type Lake, openLake } from "../packages/platform/src/lake/lake.ts";
import { openDuckdbEngine } from "../packages/platform/src/query/engines/duckdb.ts";
import type { QueryRequest } from "../packages/platform/src/query/types.ts";
import { buildLake, MONTHS } from "./data/lake.ts";
import { atMost, type Figure, median } from "./figure.ts";
import { ask, timed } from "./query.ts";

const SIZES = (process.env.BENCH_GROWTH_ROWS ?? "1000000,10000000,50000000").split(",").map(Number);
const ROUNDS = 5;

const QUERIES: readonly {
  readonly name: string;
  readonly isDaily: boolean;
  readonly request: QueryRequest;
}[] = [
  {
    name: "by service by day",
    isDaily: true,
    request: { by: ["ServiceName"], grain: "day", period: { start: "2026-09", end: "2026-10" } },
  },
  {
    name: "by category by month",
    isDaily: true,
    request: { by: ["ServiceCategory", "ChargeCategory"], grain: "month" },
  },
  { name: "top 20 resources", isDaily: false, request: { by: ["ResourceId"], top: 20 } },
];

interface Sample {
  readonly rows: number;
  readonly value: number;
}

/** Slope of log(value) over log(rows), least squares: 1 is linear growth, 0 is none. */
const slopeOf = (samples: readonly Sample[]): number => {
  const points = samples.map(({ rows, value }) => ({ x: Math.log(rows), y: Math.log(value) }));
  const mean = (pick: (point: { readonly x: number; readonly y: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  return mean((point) => (point.x - x) * (point.y - y)) / mean((point) => (point.x - x) ** 2);
};

const queryMs = async (
  lake: Lake,
  { request }: (typeof QUERIES)[number],
): Promise<{ readonly ms: number; readonly answeredBy: string }> => {
  const engine = openDuckdbEngine(lake);
  const { answeredBy } = await ask(engine, request);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push((await timed(() => ask(engine, request))).ms);
  return { ms: median(times), answeredBy };
};

/** How the cost of loading and of asking grows with the rows, over the same months. */
export const benchGrowth = async (out: (figure: Figure) => void): Promise<void> => {
  const ingest: Sample[] = [];
  const queries = new Map<string, Sample[]>(QUERIES.map(({ name }) => [name, []]));
  for (const size of SIZES) {
    const title = `growth ${size.toLocaleString("en-US")} rows`;
    const { root, figures } = await buildLake(size);
    const seconds = figures.ms / 1000;
    ingest.push({ rows: size, value: seconds });
    out(atMost(`${title}: ingest`, seconds, "s", null, `${MONTHS.length} months`));
    out({ ...atMost(`${title}: ingest rate`, Math.round(size / seconds), "rows/s", null, ""), met: null });
    const lake = await openLake({ root });
    for (const query of QUERIES) {
      const { ms, answeredBy } = await queryMs(lake, query);
      queries.get(query.name)?.push({ rows: size, value: ms });
      const note = answeredBy === (query.isDaily ? "daily" : "charges") ? "" : `answered by ${answeredBy}`;
      out(atMost(`${title}: ${query.name}`, ms, "ms", null, note));
    }
    lake.close();
  }
  if (SIZES.length < 2) return;
  out(atMost("growth of ingest", slopeOf(ingest), "slope", null, "of log time over log rows; 1 = linear"));
  for (const { name, isDaily } of QUERIES) {
    const note = isDaily ? "from the rollup; 0 = flat" : "from the charges; 1 = linear";
    out(atMost(`growth of ${name}`, slopeOf(queries.get(name) ?? []), "slope", null, note));
  }
};

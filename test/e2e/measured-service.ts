import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FileCloud } from "../reliability/file-cloud.ts";

/** How a revision answers, by the share of the traffic that it has. */
export interface Behaviour {
  readonly latencyMs: number;
  readonly fails: boolean;
}

const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const REQUEST_EVERY_MS = 20;
const LOOK_EVERY_MS = 200;

interface Counts {
  readonly buckets: number[];
  sum: number;
  count: number;
  failed: number;
}

/** A service whose requests go to revisions as the cloud splits its traffic, with clients that ask it all the time. */
export const startMeasuredService = async (
  cloud: FileCloud,
  name: string,
  behaviour: (revision: string, share: number) => Behaviour,
) => {
  const measured = new Map<string, Counts>();
  const countsOf = (revision: string): Counts => {
    const found = measured.get(revision);
    if (found !== undefined) return found;
    const made = { buckets: BUCKETS.map(() => 0), sum: 0, count: 0, failed: 0 };
    measured.set(revision, made);
    return made;
  };
  let split = trafficOf(cloud, name);
  const looking = setInterval(() => {
    split = trafficOf(cloud, name);
  }, LOOK_EVERY_MS);
  let turn = 0;

  const server = createServer(async (request, response) => {
    if (request.url === "/metrics") {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(metricsText(name, measured));
      return;
    }
    const startedAt = performance.now();
    turn = (turn + 37) % 100;
    const { revision, percent } = chosen(split, turn);
    const { latencyMs, fails } = behaviour(revision, percent);
    await sleep(latencyMs);
    const seconds = (performance.now() - startedAt) / 1000;
    const counts = countsOf(revision);
    counts.sum += seconds;
    counts.count += 1;
    if (fails) counts.failed += 1;
    for (const [index, bound] of BUCKETS.entries())
      if (seconds <= bound) counts.buckets[index] = (counts.buckets[index] ?? 0) + 1;
    response.statusCode = fails ? 500 : 200;
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const asking = setInterval(() => {
    get(`http://${address}/`, { agent }, (response) => response.resume()).on("error", () => undefined);
  }, REQUEST_EVERY_MS);
  return {
    address,
    requestsOf: (revision: string): number => measured.get(revision)?.count ?? 0,
    stop: () => {
      clearInterval(asking);
      clearInterval(looking);
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
};

interface Share {
  readonly revision: string;
  readonly percent: number;
}

const trafficOf = (cloud: FileCloud, name: string): readonly Share[] => {
  const targets = cloud.read().services[name]?.service.status?.traffic as
    | readonly { readonly revisionName?: string; readonly percent?: number }[]
    | undefined;
  return (targets ?? []).map(({ revisionName = "", percent = 0 }) => ({ revision: revisionName, percent }));
};

/** Whose turn it is among a hundred. */
const chosen = (split: readonly Share[], turn: number): Share => {
  let passed = 0;
  for (const share of split) {
    passed += share.percent;
    if (turn < passed) return share;
  }
  return { revision: "", percent: 0 };
};

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/, 2026-06 */
const metricsText = (name: string, measured: ReadonlyMap<string, Counts>): string => {
  const lines = ["# TYPE latency_seconds histogram", "# TYPE requests_total counter"];
  for (const [revision, { buckets, sum, count, failed }] of measured) {
    const labels = `service="${name}",revision="${revision}"`;
    for (const [index, bound] of BUCKETS.entries())
      lines.push(`latency_seconds_bucket{${labels},le="${bound}"} ${buckets[index]}`);
    lines.push(`latency_seconds_bucket{${labels},le="+Inf"} ${count}`);
    lines.push(`latency_seconds_sum{${labels}} ${sum}`, `latency_seconds_count{${labels}} ${count}`);
    lines.push(`requests_total{${labels},code="200"} ${count - failed}`);
    lines.push(`requests_total{${labels},code="500"} ${failed}`);
  }
  return `${lines.join("\n")}\n`;
};

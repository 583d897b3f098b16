import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** A request of the API. */
export interface Ask {
  readonly path: string;
  readonly body: object;
}

/** What people do, one click after the other; `kind` is what its figures are told under. */
export type Click<K extends string> = (index: number) => Ask & { readonly kind: K };

export interface PacedLoad<K extends string> {
  readonly address: string;
  /** One a person. */
  readonly cookies: readonly string[];
  readonly click: Click<K>;
  readonly seconds: number;
  /** Between an answer and the next click, on average; times vary as those of people who know nothing of each other. */
  readonly thinkSeconds: number;
}

export interface PacedAnswers<K extends string> {
  /** Of answers with status 200, from the click to the last byte, shortest first. */
  latenciesMs(kind: K): readonly number[];
  /** Answers with other statuses, and connections that broke. */
  readonly wrong: number;
}

/** Every person on a connection of their own: thinks, clicks, waits for the answer, thinks again. */
export const pacedLoad = async <K extends string>(load: PacedLoad<K>): Promise<PacedAnswers<K>> => {
  const { cookies, seconds, thinkSeconds, click } = load;
  const latencies = new Map<K, number[]>();
  const end = performance.now() + seconds * 1000;
  const told = (kind: K): number[] => {
    const known = latencies.get(kind) ?? [];
    latencies.set(kind, known);
    return known;
  };
  let clicks = 0;
  let wrong = 0;
  const person = async (cookie: string): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (;;) {
      await sleep(-Math.log(1 - Math.random()) * thinkSeconds * 1000);
      if (performance.now() >= end) break;
      const { kind, ...ask } = click(clicks);
      clicks += 1;
      const begin = performance.now();
      const status = await send(load.address, agent, cookie, ask).catch(() => 0);
      if (status === 200) told(kind).push(performance.now() - begin);
      else wrong += 1;
    }
    agent.destroy();
  };
  await Promise.all(cookies.map(person));
  return {
    latenciesMs: (kind) => (latencies.get(kind) ?? []).toSorted((a, b) => a - b),
    wrong,
  };
};

/** As the browser app asks. @returns the status, once the whole answer is there */
const send = (address: string, agent: Agent, cookie: string, { path, body }: Ask): Promise<number> =>
  new Promise((done, fail) => {
    const text = JSON.stringify(body);
    const headers = { ...headersOf(cookie), "content-length": Buffer.byteLength(text) };
    const sent = request(address + path, { method: "POST", agent, headers }, (response) => {
      response.on("error", fail);
      response.on("end", () => done(response.statusCode ?? 0));
      response.resume();
    });
    sent.on("error", fail);
    sent.end(text);
  });

export const headersOf = (cookie: string) => ({
  cookie,
  "content-type": "application/json",
  "x-trimtab-request": "1",
  "accept-encoding": "gzip, deflate, br",
});

/** The least value that so many of 100 are not above. */
export const percentile = (sorted: readonly number[], percent: number): number =>
  sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;

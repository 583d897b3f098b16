import type { ScheduledInterval } from "./schedule.ts";

export interface LoadTarget {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutSeconds: number;
  readonly maxConnections: number;
}

/** How one interval went. Latencies in ms, by a HDR histogram that is corrected for coordinated omission. */
export interface IntervalResult {
  readonly seconds: number;
  readonly requestsPerSecond: number;
  readonly sent: number;
  /** Answers below status 500. */
  readonly answered: number;
  /** Server errors, time-outs and broken connections. */
  readonly failed: number;
  readonly p50: number;
  readonly p90: number;
  readonly p97_5: number;
  readonly p99: number;
  readonly max: number;
}

/** Replays a schedule, one interval after the other; stops between two when the signal says so. */
export async function runLoad(
  schedule: readonly ScheduledInterval[],
  target: LoadTarget,
  { signal, onProgress }: { readonly signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<readonly IntervalResult[]> {
  const results: IntervalResult[] = [];
  for (const interval of schedule) {
    signal.throwIfAborted();
    onProgress(results.length, schedule.length);
    results.push(await runInterval(interval, target, signal));
  }
  return results;
}

async function runInterval(
  { seconds, requestsPerSecond }: ScheduledInterval,
  { url, method, headers, body, timeoutSeconds, maxConnections }: LoadTarget,
  signal: AbortSignal,
): Promise<IntervalResult> {
  const amount = Math.round(requestsPerSecond * seconds);
  const none = { sent: 0, answered: 0, failed: 0, p50: 0, p90: 0, p97_5: 0, p99: 0, max: 0 };
  if (amount === 0) {
    await pause(seconds, signal);
    return { seconds, requestsPerSecond, ...none };
  }
  const { default: autocannon } = await import("autocannon");
  // Each connection has its share of the rate, a request a second at least.
  const rate = Math.max(1, Math.round(requestsPerSecond));
  const running = autocannon({
    url,
    method: method as "GET",
    headers: { ...headers },
    ...(body === undefined ? {} : { body }),
    connections: Math.min(maxConnections, rate, amount),
    overallRate: rate,
    // Below a request a second they come at one a second, and then none.
    amount,
    timeout: timeoutSeconds,
  });
  const stop = () => (running as unknown as { stop(): void }).stop();
  signal.addEventListener("abort", stop, { once: true });
  const started = Date.now();
  const result = await running;
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  await pause(seconds - (Date.now() - started) / 1000, signal);
  const { latency } = result;
  const failed = result["5xx"] + result.errors;
  return {
    seconds,
    requestsPerSecond,
    sent: result.requests.sent,
    answered: result.requests.total - result["5xx"],
    failed,
    p50: latency.p50,
    p90: latency.p90,
    p97_5: latency.p97_5,
    p99: latency.p99,
    max: latency.max,
  };
}

async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  if (seconds <= 0) return;
  const { setTimeout: sleep } = await import("node:timers/promises");
  await sleep(seconds * 1000, undefined, { signal });
}

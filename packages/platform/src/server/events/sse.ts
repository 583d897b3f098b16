import type { ServerEvent } from "../contracts/events.ts";

/** Proxies close connections that are silent for a minute. */
const BEAT_MS = 25_000;

/** Events as `text/event-stream`: named by their type, with a sign of life in between. */
export async function* sseText(
  events: AsyncIterable<ServerEvent>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  // Tells the browser when to come back, and that it is connected.
  yield "retry: 3000\n\n: connected\n\n";
  const iterator = events[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    while (!signal.aborted) {
      const { promise: beat, cancel } = beatAfter(BEAT_MS);
      const told = await Promise.race([next, beat]);
      cancel();
      if (told === "beat") {
        yield ": still here\n\n";
        continue;
      }
      if (told.done === true) return;
      const { type, ...data } = told.value;
      yield `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

const beatAfter = (ms: number) => {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<"beat">((resolve) => {
    timer = setTimeout(() => resolve("beat"), ms);
  });
  return { promise, cancel: () => clearTimeout(timer) };
};

import type { Caller } from "../access/caller.ts";
import type { ServerEvent } from "../contracts/events.ts";

/** Who may be told of an event; absent: whoever listens. */
export type Audience = (caller: Caller) => boolean;

/** Takes events and hands them to those who listen now; nothing is kept. */
export interface EventHub {
  publish(event: ServerEvent, audience?: Audience): void;
  /** Events that the caller may be told of, until the signal aborts or the hub closes. */
  listen(caller: Caller, signal: AbortSignal): AsyncIterable<ServerEvent>;
  readonly listeners: number;
  /** Ends every listening. */
  close(): void;
}

/** A listener that reads this slowly is dropped; its browser connects again and asks anew. */
const MAX_WAITING = 1000;

interface Listener {
  readonly caller: Caller;
  readonly waiting: ServerEvent[];
  wake: () => void;
  isOver: boolean;
}

export const createEventHub = (): EventHub => {
  const listeners = new Set<Listener>();
  const end = (listener: Listener): void => {
    listener.isOver = true;
    listeners.delete(listener);
    listener.wake();
  };
  return {
    get listeners() {
      return listeners.size;
    },
    publish: (event, audience) => {
      for (const listener of listeners) {
        if (audience !== undefined && !audience(listener.caller)) continue;
        listener.waiting.push(event);
        if (listener.waiting.length > MAX_WAITING) end(listener);
        else listener.wake();
      }
    },
    listen: (caller, signal) => {
      const listener: Listener = { caller, waiting: [], wake: () => undefined, isOver: signal.aborted };
      listeners.add(listener);
      const stop = () => end(listener);
      signal.addEventListener("abort", stop, { once: true });
      return eventsOf(listener, () => {
        signal.removeEventListener("abort", stop);
        end(listener);
      });
    },
    close: () => {
      for (const listener of [...listeners]) end(listener);
    },
  };
};

async function* eventsOf(listener: Listener, done: () => void): AsyncGenerator<ServerEvent> {
  try {
    while (!listener.isOver) {
      const next = listener.waiting.shift();
      if (next !== undefined) yield next;
      else
        await new Promise<void>((resolve) => {
          listener.wake = resolve;
        });
    }
  } finally {
    done();
  }
}

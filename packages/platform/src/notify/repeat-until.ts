import { setTimeout as sleep } from "node:timers/promises";

/** A loop that looks every `pollMs`, or at once when woken, until its signal aborts. */
export const repeatUntil = async (
  work: () => Promise<unknown>,
  {
    pollMs,
    signal,
    wake,
  }: { readonly pollMs: number; readonly signal: AbortSignal; readonly wake: EventTarget },
): Promise<void> => {
  while (!signal.aborted) {
    const woken = new AbortController();
    const onWake = () => woken.abort();
    wake.addEventListener("wake", onWake, { once: true });
    await work();
    await sleep(pollMs, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(
      () => undefined,
    );
    wake.removeEventListener("wake", onWake);
  }
};

const FIRST_MS = 5000;
const LONGEST_MS = 60 * 60_000;
/** The longest that a receiver may ask to be left alone. */
export const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60_000;

/**
 * How long to wait after try number `attempt`: doubled each time up to an hour, and between half and all of that, so that
 * many which failed together don't come back together. What the receiver asks for is never undercut.
 */
export const retryDelayMs = (
  attempt: number,
  {
    retryAfterMs,
    random = Math.random,
  }: { readonly retryAfterMs?: number | undefined; readonly random?: () => number },
): number => {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  const jittered = Math.round(full * (0.5 + random() / 2));
  if (retryAfterMs === undefined) return jittered;
  const asked = Math.min(LONGEST_RETRY_AFTER_MS, retryAfterMs);
  return Math.max(jittered, asked + Math.round((FIRST_MS * random()) / 2));
};

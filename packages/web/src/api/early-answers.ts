declare global {
  interface Window {
    /** Answers that `public/early.js` has asked for, by address. */
    trimtabEarly?: Map<string, Promise<Response | undefined>>;
  }
}

/** Later, something may have changed that nobody would notice. */
const FRESH_MS = 10_000;

/**
 * The answer that the page's first script has asked for, once; undefined: ask. One that is no success is asked again, as
 * somebody may have signed in since.
 */
export const takeEarlyAnswer = async (address: string): Promise<Response | undefined> => {
  const asked = window.trimtabEarly?.get(address);
  if (asked === undefined) return undefined;
  window.trimtabEarly?.delete(address);
  if (performance.now() > FRESH_MS) return undefined;
  const response = await asked;
  return response?.ok === true ? response : undefined;
};

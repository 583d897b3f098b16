/**
 * Does it now and, where it was called for meanwhile, once more afterwards: never twice at a time, and never not after the
 * last call.
 */
export const serially = (run: () => Promise<unknown>, pauseMs: number): (() => void) => {
  let isBusy = false;
  let isWanted = false;
  const go = async (): Promise<void> => {
    isBusy = true;
    while (isWanted) {
      isWanted = false;
      await run().catch(() => undefined);
      await new Promise((done) => setTimeout(done, pauseMs));
    }
    isBusy = false;
  };
  return () => {
    isWanted = true;
    if (!isBusy) void go();
  };
};

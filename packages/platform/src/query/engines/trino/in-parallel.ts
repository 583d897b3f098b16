/** A metastore takes a few changes of a table at a time; more only wait there. */
const AT_ONCE = 8;

/** Runs work over items, some at a time; stops at the first failure. */
export const inParallel = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const rest = [...items];
  let isStopped = false;
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined && !isStopped; item = rest.shift()) {
      await work(item).catch((error: unknown) => {
        isStopped = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
};

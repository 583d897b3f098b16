/** Runs `work` for all, so many at a time, and answers in order. The first failure stops those that have not begun. */
export const inTurns = async <T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = [];
  let next = 0;
  let isFailed = false;
  const take = async (): Promise<void> => {
    while (next < items.length && !isFailed) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T);
      } catch (error) {
        isFailed = true;
        throw error;
      }
    }
  };
  const takers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, take));
  const failed = takers.find((taker) => taker.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results;
};

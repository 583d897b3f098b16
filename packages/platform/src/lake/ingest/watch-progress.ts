import type { StageContext } from "./stage.ts";

/** Runs statements as `stage` does, and tells how far the copying among them is, from 0 to 1, never going back. */
export const watchCopies = (stage: StageContext, tell: (share: number) => void): StageContext => {
  let highest = 0;
  const onProgress = (share: number) => {
    if (share <= highest) return;
    highest = share;
    tell(share);
  };
  return {
    ...stage,
    run: (statement, options) =>
      stage.run(statement, statement.text.startsWith("COPY") ? { ...options, onProgress } : options),
  };
};

import type { StageContext } from "./stage.ts";

/** Runs statements as `stage` does, and tells how far the copying among them is, from 0 to 1, never going back. */
export const watchCopies = <S extends StageContext>(stage: S, tell: (share: number) => void): S => {
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

import { TrimtabError } from "@trimtab/domain";

/** Tells what happened and what to do; anything unforeseen keeps its stack. */
export const reportFailure = (error: unknown): void => {
  if (!(error instanceof TrimtabError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n${error.hint}\n`);
  process.exitCode = error.exitCode ?? 1;
};

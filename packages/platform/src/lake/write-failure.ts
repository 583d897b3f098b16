import { lakeErrors } from "./errors.ts";

/** No room, no quota left, or past the size that a file may have. */
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && "syscall" in error;

/**
 * What went wrong while the lake was written, as an error that says what to do: LAKE_DISK_FULL or LAKE_NOT_WRITABLE for
 * what the file system refused, and anything else as it is.
 */
export const toWriteFailure = (root: string, error: unknown): unknown => {
  if (!isSystemError(error)) return error;
  const code = FULL.has(error.code ?? "") ? "LAKE_DISK_FULL" : "LAKE_NOT_WRITABLE";
  return lakeErrors.create(code, { root, reason: error.message }, { cause: error });
};

import { TrimtabError } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";

/** What the engine says of values rather than of a statement. */
const DATA_ERROR = /^(IO|Invalid Input|Conversion|Out of Range|Invalid|Serialization) Error|Overflow/i;

/** The first two lines tell what and where; the rest are options of the engine. */
const briefly = (reason: string): string => reason.split("\n").slice(0, 2).join(" ").slice(0, 300);

/** Names the files where the engine stumbled over what they hold; any other error is as it was. */
export const toInputFailure = (error: unknown, paths: readonly string[]): unknown => {
  if (!(error instanceof TrimtabError) || error.code !== "LAKE_QUERY_FAILED") return error;
  const reason = error.cause instanceof Error ? error.cause.message : error.message;
  if (!DATA_ERROR.test(reason)) return error;
  const others = paths.length > 1 ? ` or one of ${paths.length - 1} others` : "";
  const details = { file: `${paths[0] ?? ""}${others}`, reason: briefly(reason) };
  return lakeErrors.create("LAKE_INPUT_REFUSED", details, { cause: error });
};

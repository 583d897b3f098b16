import { TrimtabError } from "@trimtab/domain";
import type { GuardedReply } from "../../guard/guarded-request.ts";
import type { SendOutcome } from "../channel.ts";

/** What else than a success a reply over HTTP means for the next try. Of its text nothing is repeated: it may hold anything. */
export const httpFailure = (
  { status, headers }: Pick<GuardedReply, "status" | "headers">,
  now: Date,
): SendOutcome => {
  const retryAfterMs = readRetryAfter(headers["retry-after"], now);
  if (status >= 300 && status < 400)
    return { outcome: "refused", detail: `it answered ${status}, a redirect, which is not followed` };
  const mayChange = status >= 500 || status === 429 || status === 408 || status === 425 || status === 409;
  return mayChange
    ? { outcome: "retry", detail: `it answered ${status}`, retryAfterMs }
    : { outcome: "refused", detail: `it answered ${status}` };
};

/** Seconds or a date. @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after, 2026-11 */
const readRetryAfter = (text: string | undefined, now: Date): number | undefined => {
  const trimmed = text?.trim() ?? "";
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1000;
  const at = /[A-Za-z]/.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
};

/** What a failed connection means; its own words may hold addresses, so only its code is told. */
export const connectionFailure = (error: unknown): SendOutcome => {
  if (error instanceof TrimtabError) return { outcome: "refused", detail: error.message };
  const { name, code } = error as { readonly name?: string; readonly code?: string };
  if (name === "TimeoutError" || name === "AbortError")
    return { outcome: "retry", detail: "it did not answer in time" };
  return { outcome: "retry", detail: `it can't be reached${code === undefined ? "" : ` (${code})`}` };
};

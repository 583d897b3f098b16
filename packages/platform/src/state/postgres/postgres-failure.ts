import { TrimtabError } from "@trimtab/domain";
import { stateErrors } from "../errors.ts";

type Code = keyof typeof stateErrors.catalogue;

/** By SQLSTATE, or its class. @see https://www.postgresql.org/docs/current/errcodes-appendix.html, 2026-11 */
const BY_STATE: Readonly<Record<string, Code>> = {
  "28": "STATE_ACCESS_REFUSED",
  "3D": "STATE_ACCESS_REFUSED",
  "42501": "STATE_ACCESS_REFUSED",
  "25006": "STATE_NOT_WRITABLE",
  "53100": "STATE_DISK_FULL",
  "53300": "STATE_BUSY",
  "55P03": "STATE_BUSY",
  "40P01": "STATE_BUSY",
  "57P03": "STATE_NOT_REACHABLE",
  XX001: "STATE_DAMAGED",
  XX002: "STATE_DAMAGED",
  "08": "STATE_CONNECTION_LOST",
  "57P": "STATE_CONNECTION_LOST",
};

/** What the network says before there is a connection. */
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "ENOENT",
  "EACCES",
]);
const LOST = /connection terminated|connection ended|not queryable|server closed|discarded|socket/i;
const TIMED_OUT = /timeout exceeded when trying to connect|timeout expired/i;

/** One error for what PostgreSQL or the way to it says. */
export const toPostgresFailure = (place: string, error: unknown, isCommitting: boolean): unknown => {
  if (!(error instanceof Error) || error instanceof TrimtabError) return error;
  const found = codeOf(error);
  if (found === undefined) return error;
  const code = isCommitting && found === "STATE_CONNECTION_LOST" ? "STATE_COMMIT_UNCERTAIN" : found;
  return stateErrors.create(code, { place, reason: reasonOf(error) }, { cause: error });
};

const codeOf = (error: Error): Code | undefined => {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (UNREACHABLE.has(code) || TIMED_OUT.test(error.message)) return "STATE_NOT_REACHABLE";
  if (code === "ECONNRESET" || code === "EPIPE" || LOST.test(error.message)) return "STATE_CONNECTION_LOST";
  if (!/^[0-9A-Z]{5}$/.test(code)) return undefined;
  return BY_STATE[code] ?? BY_STATE[code.slice(0, 3)] ?? BY_STATE[code.slice(0, 2)] ?? "STATE_REFUSED";
};

/** A host of several addresses fails with one error for each. */
const reasonOf = (error: Error): string => {
  const all = error instanceof AggregateError ? error.errors : [];
  const texts = all.map((one) => (one instanceof Error ? one.message : String(one)));
  return error.message || texts.join("; ");
};

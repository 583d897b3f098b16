import { TrimtabError } from "@trimtab/domain";
import type { z } from "zod";
import type { Problem } from "./contracts/common.ts";
import { serverErrors } from "./errors.ts";

/** Errors of the rooms below that name no status: their exit code tells whose fault it is. */
const STATUS_BY_EXIT_CODE: Readonly<Record<number, number>> = { 1: 409, 2: 400, 3: 503, 70: 500 };

const SEVERAL_PATHS = 20;

/** An input that did not pass: the error, and every field that is wrong. */
export class InputError extends Error {
  readonly issues: readonly z.core.$ZodIssue[];
  readonly place: string;

  constructor(place: string, issues: readonly z.core.$ZodIssue[]) {
    super("The request is not valid");
    this.place = place;
    this.issues = issues;
  }
}

/** Any error as one of ours; what nobody foresaw says nothing of its inside. */
const toTrimtabError = (error: unknown): TrimtabError => {
  if (error instanceof TrimtabError) return error;
  if (error instanceof InputError) return inputError(error);
  const { statusCode, code } = asFramework(error);
  const options = { cause: error };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return serverErrors.create("SERVER_BODY_TOO_LARGE", { limit: limitOf(error) }, options);
  if (statusCode === 415) return serverErrors.create("SERVER_MEDIA_TYPE", {}, options);
  if (statusCode === 429)
    return serverErrors.create("SERVER_TOO_MANY_REQUESTS", { limit: limitOf(error) }, options);
  if (code === "FST_ERR_REOPENED_CLOSE_SERVER" || statusCode === 503)
    return serverErrors.create("SERVER_STOPPING", {}, options);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const problem = error instanceof Error ? error.message : "it can't be read";
    return serverErrors.create("SERVER_INPUT_INVALID", { path: "its body", problem }, options);
  }
  return serverErrors.create("SERVER_FAULT", {}, options);
};

/** The answer to a request that failed. */
export const toProblem = (error: unknown, instance: string): Problem => {
  const known = toTrimtabError(error);
  const { code, message, hint, why } = known;
  return {
    type: `/problems/${code}`,
    title: titleOf(code),
    status: statusOf(known),
    detail: message,
    code,
    hint,
    ...(why === undefined ? {} : { why }),
    instance,
    ...(error instanceof InputError ? { errors: error.issues.map((issue) => fieldOf(error, issue)) } : {}),
  };
};

const statusOf = ({ status, exitCode }: TrimtabError): number =>
  status ?? STATUS_BY_EXIT_CODE[exitCode ?? 2] ?? 400;

/** The code in words: the same for every occurrence, as RFC 9457 asks. */
export const titleOf = (code: string): string => {
  const words = code.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const fieldOf = ({ place }: InputError, { path, message }: z.core.$ZodIssue) => ({
  path: [place, ...path.map(String)].join("."),
  message,
});

const inputError = (error: InputError): TrimtabError => {
  const [first, ...others] = error.issues.slice(0, SEVERAL_PATHS).map((issue) => fieldOf(error, issue));
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return serverErrors.create(
    "SERVER_INPUT_INVALID",
    {
      path: first?.path ?? error.place,
      problem: `${first?.message ?? "it is not what the route takes"}${more}`,
    },
    { cause: error },
  );
};

const asFramework = (error: unknown): { readonly statusCode?: number; readonly code?: string } =>
  error instanceof Error ? (error as { statusCode?: number; code?: string }) : {};

const limitOf = (error: unknown): number =>
  error instanceof Error && "limit" in error && typeof error.limit === "number" ? error.limit : 0;

import type { ErrorDetails } from "@trimtab/domain";
import { TrimtabError } from "@trimtab/domain";
import { escapeJson, sanitiseLine } from "../reports/text/sanitise.ts";
import { cliErrors } from "./errors.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import type { Style } from "./output/style.ts";

/** What a reader is told of an error; the same in text and in JSON. */
interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly why?: string;
  readonly hint: string;
  readonly details: ErrorDetails;
  readonly exitCode: number;
}

/** Hints for what operating systems refuse most often. */
const SYSTEM_HINTS: Readonly<Record<string, string>> = {
  ENOSPC: "Free disk space, or choose another place with --lake DIR.",
  EDQUOT: "Free disk space within your quota, or choose another place with --lake DIR.",
  EACCES: "Give yourself access to it, or choose another place.",
  EPERM: "Give yourself access to it, or choose another place.",
  EROFS: "The file system is read-only: choose another place with --lake DIR.",
  ENOENT: "Check the path: nothing is there.",
  EISDIR: "Give a file where a folder was given.",
  ENOTDIR: "Part of the path is a file, not a folder.",
  EMFILE: "Too many files are open: raise the limit with `ulimit -n`.",
  ECONNREFUSED: "Check that the service runs and the address is right.",
  ENOTFOUND: "Check the network and the name of the host.",
  ETIMEDOUT: "Check the network, then try again.",
};

/** Turns whatever was thrown into what a person is told. */
export function reportError(thrown: unknown): ErrorReport {
  const error = thrown instanceof TrimtabError ? thrown : wrap(thrown);
  return {
    code: error.code,
    message: error.message,
    ...(error.why === undefined ? {} : { why: error.why }),
    hint: error.hint,
    details: error.details,
    exitCode: error.exitCode ?? EXIT_CODES.badInput.code,
  };
}

/** The error for a terminal: what happened, why, and after an arrow what to do. */
export function formatError(report: ErrorReport, style: Style): string {
  const lines = [
    `${style("red", style("bold", "error"))} ${style("bold", report.code)}: ${sanitiseLine(report.message)}`,
    ...(report.why === undefined ? [] : [`  ${style("dim", sanitiseLine(report.why))}`]),
    `  ${style("cyan", "→")} ${sanitiseLine(report.hint)}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The error for a program: one line of JSON. */
export function formatErrorJson({ exitCode: _, ...error }: ErrorReport): string {
  return `${escapeJson(JSON.stringify({ error }))}\n`;
}

/** The stack and all causes, for whoever mends the program. */
export function formatStack(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `${String(thrown)}\n`;
  const cause = thrown.cause === undefined ? "" : `caused by ${formatStack(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}\n${cause}`;
}

function wrap(thrown: unknown): TrimtabError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const systemCode =
    thrown instanceof Error && "syscall" in thrown && "code" in thrown ? thrown.code : undefined;
  if (typeof systemCode !== "string") return cliErrors.create("CLI_FAULT", { reason }, { cause: thrown });
  const hint = SYSTEM_HINTS[systemCode] ?? "Mend what it names, then try again.";
  return cliErrors.create("CLI_SYSTEM_FAILED", { reason, hint }, { cause: thrown });
}

import type { LiveSettings, PlanCommand, ResourceRef } from "@trimtab/domain";
import type { ActionDefinition } from "../../actions/action.ts";
import { applyErrors } from "../errors.ts";
import type { CommandRunner } from "./command-runner.ts";

const READ_TIMEOUT_MS = 120_000;

/** How the tools say that something is not there. */
const ABSENCE: Readonly<Record<string, RegExp>> = {
  gcloud: /NOT_FOUND|was not found|could not be found|Cannot find|HTTPError 404/,
  aws: /\(\w*(NotFound|NoSuch)\w*(\.\w+)?\)|\(\w+\.NotFound\)/,
  kubectl: /\(NotFound\)/,
  gsutil: /No URLs matched|NotFoundException/,
};

export interface ReadOrder {
  readonly action: ActionDefinition;
  readonly resource: ResourceRef;
  readonly read: PlanCommand;
  readonly run: CommandRunner;
  readonly signal: AbortSignal;
}

/** What the live system says now. @throws APPLY_READ_FAILED, APPLY_TOOL_MISSING, ACTION_STATE_UNREADABLE */
export const readLiveState = async ({
  action,
  resource,
  read,
  run,
  signal,
}: ReadOrder): Promise<LiveSettings> => {
  const outcome = await run(read, { timeoutMs: READ_TIMEOUT_MS, signal });
  const failed = (reason: string) =>
    applyErrors.create("APPLY_READ_FAILED", { resource: resource.name, reason });
  if (outcome.status === "timed-out") throw failed(`no answer in ${READ_TIMEOUT_MS / 1000} s`);
  const { exitCode, stdout, stderr } = outcome;
  if (exitCode === 0) return action.parseState(stdout, resource);
  const isAbsent = action.isAbsent?.({ exitCode, stderr }) ?? ABSENCE[read.tool]?.test(stderr) ?? false;
  if (isAbsent) return action.parseState(undefined, resource);
  throw failed(`${read.tool} exited with ${exitCode}: ${firstLine(stderr)}`);
};

export const firstLine = (text: string): string => {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "").trim().slice(0, 400);
};

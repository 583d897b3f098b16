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

/** Whether a command failed because what it names is not there. */
export const saysAbsent = (tool: PlanCommand["tool"], stderr: string): boolean =>
  ABSENCE[tool]?.test(stderr) ?? false;

export interface ReadOrder {
  readonly action: ActionDefinition;
  readonly resource: ResourceRef;
  readonly read: PlanCommand;
  readonly readMore: readonly PlanCommand[];
  readonly run: CommandRunner;
  readonly signal: AbortSignal;
}

/** What the live system says now. @throws APPLY_READ_FAILED, APPLY_TOOL_MISSING, ACTION_STATE_UNREADABLE */
export const readLiveState = async (order: ReadOrder): Promise<LiveSettings> => {
  const { action, resource, read, readMore } = order;
  const { exitCode, stdout, stderr } = await ask(order, read);
  if (exitCode === 0) {
    const more: string[] = [];
    for (const command of readMore) {
      const answer = await ask(order, command);
      if (answer.exitCode !== 0) throw failed(order, said(command, answer));
      more.push(answer.stdout);
    }
    return action.parseState(stdout, resource, more);
  }
  const isAbsent = action.isAbsent?.({ exitCode, stderr }) ?? saysAbsent(read.tool, stderr);
  if (isAbsent) return action.parseState(undefined, resource);
  throw failed(order, said(read, { exitCode, stderr }));
};

const ask = async (order: ReadOrder, command: PlanCommand) => {
  const outcome = await order.run(command, { timeoutMs: READ_TIMEOUT_MS, signal: order.signal });
  if (outcome.status === "timed-out") throw failed(order, `no answer in ${READ_TIMEOUT_MS / 1000} s`);
  return outcome;
};

const said = ({ tool }: PlanCommand, { exitCode, stderr }: { exitCode: number; stderr: string }): string =>
  `${tool} exited with ${exitCode}: ${firstLine(stderr)}`;

const failed = ({ resource }: ReadOrder, reason: string) =>
  applyErrors.create("APPLY_READ_FAILED", { resource: resource.name, reason });

export const firstLine = (text: string): string => {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "").trim().slice(0, 400);
};

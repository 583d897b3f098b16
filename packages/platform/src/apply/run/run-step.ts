import { differences, holds, type LiveSettings, type PlanCommand, type PlanStep } from "@trimtab/domain";
import { resolveCommand } from "../../actions/shared/resolve-command.ts";
import { commandText } from "../commands/command-runner.ts";
import { firstLine, readLiveState, saysAbsent } from "../commands/read-live-state.ts";
import { applyErrors } from "../errors.ts";
import { type RunContext, UNSTOPPED } from "./run-context.ts";

/** Longer than any of the tools waits for its cloud. */
const COMMAND_TIMEOUT_MS = 30 * 60_000;

export type StepResult =
  | { readonly status: "done"; readonly about: string }
  | { readonly status: "failed"; readonly reason: string };

export const liveStateOf = async (
  context: Pick<RunContext, "plan" | "actions" | "run">,
  step: PlanStep,
): Promise<LiveSettings> => {
  const action = context.actions[step.action];
  if (action === undefined) {
    const subject = `plan ${context.plan.id}`;
    throw applyErrors.create("PLAN_INPUT_UNREADABLE", {
      subject,
      reason: `there is no action ${step.action}`,
    });
  }
  return await readLiveState({
    action,
    resource: step.resource,
    read: step.read,
    readMore: step.readMore ?? [],
    run: context.run,
    signal: UNSTOPPED,
  });
};

/** Journals, carries out and confirms one step. What it changes has been checked against `before` a moment ago. */
export const carryOut = async (context: RunContext, step: PlanStep): Promise<StepResult> => {
  const { store, onPoint } = context;
  const live = await liveStateOf(context, step);
  if (!holds(step.before, live)) {
    const reason = `${step.resource.name} is not as planned: ${differences(step.before, live).join("; ")}`;
    return { status: "failed", reason };
  }
  onPoint?.("before-intent");
  await store.begin(step.id, "apply", { commands: step.apply.map(commandText), live });
  onPoint?.("after-intent");
  const result = await changeTo(context, step, step.apply, step.after);
  onPoint?.("before-outcome");
  const isDone = result.status === "done";
  await store.end(step.id, "apply", isDone ? "succeeded" : "failed", detailOf(result));
  onPoint?.("after-outcome");
  return result;
};

/** Takes one step back; where the live system is there already, no command runs. */
export const takeBack = async (context: RunContext, step: PlanStep, why: string): Promise<StepResult> => {
  const { store, onPoint } = context;
  const live = await liveStateOf(context, step);
  const isThere = holds(step.restored, live);
  const commands = isThere ? [] : step.rollback;
  onPoint?.("before-rollback-intent");
  await store.begin(step.id, "roll-back", { commands: commands.map(commandText), why, live });
  onPoint?.("after-rollback-intent");
  const result: StepResult = isThere
    ? { status: "done", about: "was as before already" }
    : await changeTo(context, step, commands, step.restored);
  onPoint?.("before-rollback-outcome");
  const isDone = result.status === "done";
  await store.end(step.id, "roll-back", isDone ? "succeeded" : "failed", detailOf(result));
  onPoint?.("after-rollback-outcome");
  return result;
};

const detailOf = (result: StepResult) =>
  result.status === "done" ? { about: result.about } : { reason: result.reason };

/** The live system has the last word: a command that failed may have done its work, one that succeeded may not. */
const changeTo = async (
  context: RunContext,
  step: PlanStep,
  commands: readonly PlanCommand[],
  wanted: LiveSettings,
): Promise<StepResult> => {
  const failure = await runAll(context, commands);
  context.onPoint?.("after-commands");
  // A refusal is final; after a time-out the cloud may still be at work.
  const patienceSeconds = failure?.isFinal === true ? 0 : step.settleSeconds;
  const settled = await settle(context, step, wanted, patienceSeconds);
  if (settled.isReached) {
    const about = failure === undefined ? "done" : `done, though ${failure.reason}`;
    return { status: "done", about };
  }
  const reason = failure?.reason ?? `not so after ${step.settleSeconds} s: ${settled.problem}`;
  return { status: "failed", reason };
};

/** Words by which a tool says that nothing was accepted. Any other failure may be one of waiting, while the cloud goes on. */
const REFUSED =
  /PERMISSION_DENIED|INVALID_ARGUMENT|FAILED_PRECONDITION|ALREADY_EXISTS|unrecognized arguments|Invalid (choice|value)|AccessDenied|UnauthorizedOperation|ValidationError|Invalid\w*(Parameter|Value|State)|Unknown options/;

interface Failure {
  readonly reason: string;
  readonly isFinal: boolean;
}

const runAll = async (
  { run, onPoint }: RunContext,
  commands: readonly PlanCommand[],
): Promise<Failure | undefined> => {
  for (const command of commands) {
    onPoint?.("before-command");
    const outcome = await run(await filledIn(command, run), {
      timeoutMs: COMMAND_TIMEOUT_MS,
      signal: UNSTOPPED,
    });
    onPoint?.("after-command");
    const name = `${command.tool} ${command.args.slice(0, 3).join(" ")}`;
    if (outcome.status === "timed-out")
      return { reason: `${name} gave no answer in ${COMMAND_TIMEOUT_MS / 60_000} minutes`, isFinal: false };
    const isGone =
      command.mayBeGone === true && outcome.exitCode !== 0 && saysAbsent(command.tool, outcome.stderr);
    if (outcome.exitCode !== 0 && !isGone) {
      const reason = `${name} exited with ${outcome.exitCode}: ${firstLine(outcome.stderr)}`;
      return { reason, isFinal: REFUSED.test(outcome.stderr) };
    }
  }
  return undefined;
};

const filledIn = (command: PlanCommand, run: RunContext["run"]): Promise<PlanCommand> =>
  resolveCommand(command, async (lookup) => {
    const outcome = await run(lookup, { timeoutMs: COMMAND_TIMEOUT_MS, signal: UNSTOPPED });
    return outcome.status === "ended" && outcome.exitCode === 0 ? outcome.stdout : "";
  });

export type Settled =
  | { readonly isReached: true }
  | { readonly isReached: false; readonly live: LiveSettings; readonly problem: string };

/** Looks until the state is as wanted, or patience is over. */
export const settle = async (
  context: RunContext,
  step: PlanStep,
  wanted: LiveSettings,
  patienceSeconds: number,
): Promise<Settled> => {
  const { clock, sleep, pollMs } = context;
  const endsAt = clock().getTime() + patienceSeconds * 1000;
  for (;;) {
    const live = await liveStateOf(context, step);
    if (holds(wanted, live)) return { isReached: true };
    const leftMs = endsAt - clock().getTime();
    if (leftMs <= 0) return { isReached: false, live, problem: differences(wanted, live).join("; ") };
    await sleep(Math.min(pollMs, leftMs));
  }
};

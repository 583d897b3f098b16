import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Json, ResourceKind, ResourceRef, SettingChange } from "@trimtab/domain";
import type { ActionDefinition, Command, PlannedSteps, StepDraft } from "../actions/action.ts";
import { isEqual } from "../actions/shared/changes.ts";
import { resolveCommand } from "../actions/shared/resolve-command.ts";

type State = { readonly [setting: string]: Json };

/** How a test runs a tool: where it is, and its environment. */
export interface Tools {
  readonly programs: Readonly<Partial<Record<Command["tool"], string>>>;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a command by the real tool. A failed one throws with what the tool said. */
export async function runTool({ programs, env }: Tools, command: Command): Promise<string> {
  const program = programs[command.tool] ?? command.tool;
  const { args } = await resolveCommand(command, (lookup) => runTool({ programs, env }, lookup));
  const { stdout } = await promisify(execFile)(program, [...args], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** What the live system says, as the action reads it; a failed read counts as absent where the action or the tool says so. */
export async function readState<K extends ResourceKind>(
  tools: Tools,
  action: ActionDefinition<K>,
  resource: ResourceRef<K>,
): Promise<State> {
  try {
    const printed = await runTool(tools, action.read(resource));
    const more: string[] = [];
    for (const command of action.readMore?.(resource) ?? []) more.push(await runTool(tools, command));
    return action.parseState(printed, resource, more);
  } catch (cause) {
    const { code, stderr } = cause as { readonly code?: unknown; readonly stderr?: unknown };
    if (typeof code !== "number" || typeof stderr !== "string") throw cause;
    const isAbsent = action.isAbsent ?? (({ stderr }) => /NOT_FOUND|NotFound/.test(stderr));
    if (!isAbsent({ exitCode: code, stderr })) throw cause;
    return action.parseState(undefined, resource);
  }
}

/** Where a state is not what a step says; empty: it holds. */
const differences = (state: State, expected: State): readonly string[] =>
  Object.entries(expected).flatMap(([setting, value]) =>
    isEqual(state[setting] ?? null, value)
      ? []
      : [`${setting}: ${JSON.stringify(state[setting] ?? null)} and not ${JSON.stringify(value)}`],
  );

/** A plan on what the live system says now. */
export async function planLive<K extends ResourceKind>(
  tools: Tools,
  action: ActionDefinition<K>,
  resource: ResourceRef<K>,
  changes: readonly SettingChange[],
): Promise<PlannedSteps> {
  const state = await readState(tools, action, resource);
  return action.plan({ resource, changes, state, guardrails: [], key: "p1a2n3k4e5" });
}

/** Compares, runs, and reads until the state holds: one direction of a step, as the engine does it. */
export async function runStep<K extends ResourceKind>(
  tools: Tools,
  action: ActionDefinition<K>,
  resource: ResourceRef<K>,
  step: StepDraft,
  direction: "apply" | "roll-back",
): Promise<void> {
  const isApply = direction === "apply";
  const start = isApply ? step.before : step.after;
  await hold(tools, action, resource, start, `${step.title}: before it is to ${direction}`);
  for (const command of isApply ? step.apply : step.rollback) await runTool(tools, command);
  await hold(tools, action, resource, isApply ? step.after : step.restored, `${step.title}: ${direction}`);
}

async function hold<K extends ResourceKind>(
  tools: Tools,
  action: ActionDefinition<K>,
  resource: ResourceRef<K>,
  expected: State,
  what: string,
): Promise<void> {
  let left: readonly string[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    left = differences(await readState(tools, action, resource), expected);
    if (left.length === 0) return;
    await sleep(200);
  }
  throw new Error(`${what}: ${left.join("; ")}`);
}

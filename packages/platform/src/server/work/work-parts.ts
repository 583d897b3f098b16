import type { Clock } from "@trimtab/domain";
import type { AdvisorDefinition } from "../../advisors/advisor.ts";
import type { CommandRunner } from "../../apply/commands/command-runner.ts";
import type { CanaryJudge } from "../../apply/guardrails/canary-judge.ts";
import type { ReadPolicy } from "../../apply/policy/policy.ts";
import type { Work } from "../../loop/work.ts";
import type { State } from "../../state/state.ts";
import type { Caller } from "../access/caller.ts";
import type { ServerEvent } from "../contracts/events.ts";

/** What the routes of advice, programmes and plans work with. */
export interface WorkParts {
  readonly clock: Clock;
  readonly state: State;
  /** The loop's work for a caller, within the caller's scope. */
  readonly workFor: (caller: Caller, signal: AbortSignal) => Promise<Work>;
  readonly advisors: readonly AdvisorDefinition[];
  /** What an hour of people's work costs, for the ranking. */
  readonly hourlyCost: string;
  /** What people agreed on about changes. */
  readonly policy: () => Promise<ReadPolicy>;
  /** Runs the clouds' own command lines. */
  readonly run: CommandRunner;
  readonly judge: CanaryJudge;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A fault of ours in work that nobody waits for. */
  readonly onFault: (error: unknown, what: string) => void;
  readonly publish: (event: ServerEvent, audience?: (caller: Caller) => boolean) => void;
}

import { hostname } from "node:os";
import type { RunMode } from "../../apply/run/run-plan.ts";
import { actorOf } from "../actor.ts";
import { type CommandInput, defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { dryRunPage, runPage } from "../views/run-report.ts";

export const applyCommand = defineCommand({
  name: "apply",
  summary: "try a plan without changing anything; with --execute carry it out, watched",
  group: "change",
  details: [
    "Without --execute it only checks: approvals, expiry, limits, maintenance windows, the kill switch, that every live state is still as planned, that the tools are there and that every guardrail answers and holds. Exits with 1 if anything is in the way.",
    "With --execute each step is journalled before it runs, confirmed on the live system, and watched; where a guardrail breaks, or has no data for longer than the policy's grace, the run takes back what it did. After a kill, --resume looks at the live system and finishes or takes back; no step that happened runs again. Two runs wait for each other. Exits with 1 unless the plan is applied (or taken back, where that was asked).",
  ],
  args: [{ name: "plan", description: "its id", required: true }],
  options: [
    { name: "execute", description: "carry it out" },
    { name: "resume", description: "go on where a run stopped or died" },
    { name: "rollback", description: "take back what a run did" },
    { name: "allow-irreversible", description: "run steps that can't be undone, too" },
    { name: "allow-unwatched", description: "run although guardrails have no query in the policy" },
    { name: "wait", value: "SECONDS", description: "how long to wait for another run", default: "600" },
  ],
  examples: [
    { run: "trimtab apply plan-…", does: "say what would be done, and what is in the way" },
    { run: "trimtab apply plan-… --execute", does: "carry it out" },
    { run: "trimtab apply plan-… --resume", does: "after the process died or was stopped" },
  ],
  async run({ services, env, signal, notify }, input) {
    const mode = modeOf(input);
    const { options } = input;
    const { wholeNumber } = await import("../option-values.ts");
    const { runPlan } = await import("../../apply/run/run-plan.ts");
    const { commandRunner } = await import("../../apply/commands/run-command.ts");
    const { canaryVerdict } = await import("../../ledger/verify/canary-verdict.ts");
    const planId = String(input.args.plan);
    const outcome = await runPlan({
      state: await services.openState(),
      actor: actorOf(env),
      holder: `${actorOf(env)}, process ${process.pid} on ${hostname()}`,
      planId,
      mode,
      mayBeIrreversible: options["allow-irreversible"] === true,
      mayBeUnwatched: options["allow-unwatched"] === true,
      actions: await services.actions(),
      run: commandRunner(env),
      judge: (metrics) => canaryVerdict(metrics),
      env,
      clock: services.clock,
      signal,
      notify,
      waitMs: wholeNumber("--wait", String(options.wait), 0) * 1000,
    });
    if (outcome.kind === "checked") {
      const isFree = outcome.preflight.problems.length === 0;
      return {
        document: dryRunPage(planId, outcome.body, outcome.preflight),
        json: { plan: planId, mode, ...outcome.preflight },
        exitCode: isFree ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
      };
    }
    const { report } = outcome;
    const wanted = mode === "roll-back" ? "rolled-back" : "applied";
    return {
      document: runPage(report),
      json: report,
      exitCode: report.status === wanted ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
    };
  },
});

/** @throws CLI_OPTIONS_CONFLICT */
const modeOf = ({ options }: CommandInput): RunMode => {
  const given = (["execute", "resume", "rollback"] as const).filter((name) => options[name] === true);
  const [first, second] = given;
  if (first !== undefined && second !== undefined)
    throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: `--${first}`, second: `--${second}` });
  if (first === undefined) return "dry-run";
  return first === "rollback" ? "roll-back" : first;
};

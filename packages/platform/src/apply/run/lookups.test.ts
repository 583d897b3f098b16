import { describe, expect, it } from "vitest";
import { actions } from "../../actions/registry.ts";
import { cloudRun, service } from "../../testing/action-fixtures.ts";
import { makeBody } from "../../testing/plan-home.ts";
import type { CommandRunner } from "../commands/command-runner.ts";
import { commandText } from "../commands/command-runner.ts";
import { DEFAULT_POLICY } from "../policy/policy.ts";
import type { RunStore } from "./run-context.ts";
import { carryOut } from "./run-step.ts";

describe("a command with a word that only the live system knows", () => {
  const prepare = async (printed: string) => {
    const cloud = cloudRun({ serviceMin: 2 })();
    const body = await makeBody({
      action: "cloud-run",
      changes: [{ resource: service("api"), changes: [{ setting: "minInstances", from: 2, to: 1 }] }],
      run: cloud.run,
      now: new Date("2026-07-01T12:00:00Z"),
    });
    const [step] = body.steps;
    if (step === undefined) throw new Error("No step");
    const lookups = { "<count>": { tool: "gcloud" as const, args: ["ask", "count"] } };
    const args = ["run", "services", "update", "api", "<count>", "--project=p-1"];
    const lines: string[] = [];
    const run: CommandRunner = async (command, options) =>
      command.args[0] === "ask"
        ? { status: "ended", exitCode: 0, stdout: printed, stderr: "" }
        : await cloud.run(command, options);
    const store: RunStore = {
      begin: async (_, __, { commands }) => void lines.push(String(commands)),
      end: async (_, __, result) => void lines.push(result),
      states: async () => new Map(),
      finish: async () => undefined,
    };
    const asking = { ...step, apply: [{ tool: "gcloud" as const, args, lookups }] };
    const plan = { id: "p", body: { ...body, steps: [asking] }, policy: DEFAULT_POLICY.policy };
    const context = {
      plan,
      actions,
      store,
      run,
      clock: () => new Date(),
      sleep: async () => undefined,
      pollMs: 1,
      stopReason: async () => undefined,
      notify: () => undefined,
    };
    return { cloud, lines, go: () => carryOut(context, asking) };
  };

  it("is run with the word that the lookup printed", async () => {
    const { cloud, lines, go } = await prepare("x-1\n");
    // Not a flag of gcloud, and so refused there: what reached it is what counts.
    expect(await go()).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("unrecognized arguments: x-1"),
    });
    expect(lines).toEqual(['gcloud run services update api "$(gcloud ask count)" --project=p-1', "failed"]);
    expect(cloud.effects()).toEqual([]);
  });

  it.each(["", "None\n", "two words", "$(rm)"])("is not run where the lookup printed %j", async (printed) => {
    const { cloud, go } = await prepare(printed);
    await expect(go()).rejects.toMatchObject({ code: "ACTION_LOOKUP_FAILED" });
    expect(cloud.effects()).toEqual([]);
    expect(commandText({ tool: "gcloud", args: ["<count>"] })).toBe("gcloud '<count>'");
  });
});

import { resolve } from "node:path";
import type { ReadPolicy } from "../apply/policy/policy.ts";
import type { CommandContext, CommandInput, OptionSpec } from "./command.ts";
import { readOptionFile } from "./query-context.ts";

export const POLICY_OPTION: OptionSpec = {
  name: "policy",
  value: "FILE",
  env: "TRIMTAB_POLICY",
  description: "what people agreed on about changes: approvals, limits, windows, guardrails (YAML)",
};

/** The policy of the file, or the default. @throws CLI_FILE_UNREADABLE, POLICY_INVALID */
export async function readPolicy({ cwd }: CommandContext, { options }: CommandInput): Promise<ReadPolicy> {
  const { DEFAULT_POLICY, parsePolicy } = await import("../apply/policy/policy.ts");
  if (typeof options.policy !== "string") return DEFAULT_POLICY;
  const path = resolve(cwd, options.policy);
  return parsePolicy(await readOptionFile("--policy", path), path);
}

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CommandContext, CommandInput, OptionSpec } from "../command.ts";
import { cliErrors } from "../errors.ts";

/** How fields are given; a secret is never typed, where the shell would keep it and `ps` would show it. */
export const FIELD_OPTIONS: readonly OptionSpec[] = [
  { name: "set", value: "FIELD=VALUE", description: "a setting", repeatable: true },
  {
    name: "secret-env",
    value: "FIELD=NAME",
    description: "a secret, from this environment variable",
    repeatable: true,
  },
  {
    name: "secret-file",
    value: "FIELD=FILE",
    description: "a secret, from the first line of this file",
    repeatable: true,
  },
];

/** Pairs of an option that is given as NAME=VALUE. @throws CLI_PAIR_INVALID */
export function pairsOf(
  option: string,
  values: CommandInput["options"][string],
): readonly (readonly [string, string])[] {
  return (Array.isArray(values) ? (values as readonly string[]) : []).map((text) => {
    const at = text.indexOf("=");
    if (at <= 0) throw cliErrors.create("CLI_PAIR_INVALID", { option, value: text.slice(0, 60) });
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
}

/** @throws CLI_PAIR_INVALID, CLI_SECRET_MISSING, CLI_FILE_UNREADABLE */
export async function readFields(
  { env, cwd }: CommandContext,
  { options }: CommandInput,
): Promise<{
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}> {
  const secrets: Record<string, string> = {};
  for (const [field, name] of pairsOf("--secret-env", options["secret-env"])) {
    const value = env[name];
    if (!value) throw cliErrors.create("CLI_SECRET_MISSING", { field, name });
    secrets[field] = value;
  }
  for (const [field, file] of pairsOf("--secret-file", options["secret-file"])) {
    const text = await readFile(resolve(cwd, file), "utf8").catch((cause: NodeJS.ErrnoException) => {
      const reason = cause.code ?? "unreadable";
      throw cliErrors.create("CLI_FILE_UNREADABLE", { file, reason, option: "--secret-file" }, { cause });
    });
    secrets[field] = text.split(/\r?\n/, 1)[0]?.trim() ?? "";
  }
  return { settings: Object.fromEntries(pairsOf("--set", options.set)), secrets };
}

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const verdicts = z.array(z.object({ success: z.boolean(), command_string: z.string() })).min(1);

/** What gcloud's own linter says of commands. It exits with 0 whatever it finds: its word is `success`. */
export const lintGcloud = async (
  commands: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
) => {
  const file = join(folder, "commands.json");
  writeFileSync(file, JSON.stringify(commands.map((command) => ({ command_string: command }))));
  const args = ["meta", "lint-gcloud-commands", `--commands-file=${file}`];
  const { stdout } = await promisify(execFile)("gcloud", args, { env, maxBuffer: 512 * 1024 * 1024 });
  return verdicts
    .parse(JSON.parse(stdout))
    .map(({ success, command_string: command }) => ({ command, isValid: success }));
};

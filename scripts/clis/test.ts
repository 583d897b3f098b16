// Runs the actions' commands by the clouds' real CLIs against servers on this machine: `npm run test:clis [-- FILE…]`.
import { spawn } from "node:child_process";
import { findAws, findGcloud } from "./find-clis.ts";

const runVitest = (env: Readonly<Record<string, string>>, files: readonly string[]): Promise<number> => {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.clis.config.ts", ...files];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: "inherit" });
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
};

const found = { aws: await findAws(), gcloud: await findGcloud() };
const env: Record<string, string> = {};
for (const [tool, cli] of Object.entries(found))
  if ("skipped" in cli) process.stdout.write(`skipped: ${tool}: ${cli.skipped}\n`);
  else Object.assign(env, cli.env);
try {
  process.exitCode = await runVitest(env, process.argv.slice(2));
} finally {
  for (const cli of Object.values(found)) if (!("skipped" in cli)) await cli.stop();
}

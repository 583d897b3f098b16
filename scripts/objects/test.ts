// Runs the lake's tests over object stores on this machine: `npm run test:objects`; `-- s3 [FILE…]` for one store.
import { spawn } from "node:child_process";
import { azureServer } from "./azure-server.ts";
import { gcsServer } from "./gcs-server.ts";
import type { ObjectServer } from "./object-server.ts";
import { s3Server } from "./s3-server.ts";

const SERVERS: readonly ObjectServer[] = [s3Server, azureServer, gcsServer];

const runVitest = (env: Readonly<Record<string, string>>, files: readonly string[]): Promise<number> => {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.objects.config.ts", ...files];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: "inherit" });
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
};

const testOn = async (server: ObjectServer, files: readonly string[]): Promise<number> => {
  process.stdout.write(`\n${server.title}\n`);
  const running = await server.start();
  if ("skipped" in running) {
    process.stdout.write(`skipped: ${running.skipped}\n`);
    return 0;
  }
  try {
    return await runVitest(running.env, files.length > 0 ? files : (server.files ?? []));
  } finally {
    await running.stop();
  }
};

const [first, ...rest] = process.argv.slice(2);
const named = SERVERS.filter(({ id }) => id === first);
const files = named.length > 0 || first === undefined ? rest : [first, ...rest];
for (const server of named.length > 0 ? named : SERVERS)
  if ((await testOn(server, files)) !== 0) process.exitCode = 1;

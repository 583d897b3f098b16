#!/usr/bin/env node
// Plain JavaScript with two imports, so that an old Node can read it and `--version` answers at once.
import { existsSync, readFileSync } from "node:fs";
import nodeModule from "node:module";

const oldestMajor = 24;
const exitUsage = 2;

const argv = process.argv.slice(2);
const nodeVersion = process.versions.node;

if (Number(nodeVersion.split(".")[0]) < oldestMajor) {
  process.stderr.write(
    `trimtab needs Node ${oldestMajor} or newer, this is ${nodeVersion} (${process.execPath}): install Node ${oldestMajor}, or start it with \`npx trimtab\` inside a checkout after \`npm ci\`.\n`,
  );
  process.exitCode = exitUsage;
} else if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  process.stdout.write(`${JSON.parse(manifest).version}\n`);
} else {
  nodeModule.enableCompileCache();
  const built = new URL("../dist/cli/main.js", import.meta.url);
  const { main } = await import(existsSync(built) ? built.href : "../src/cli/main.ts");
  await main(argv);
}

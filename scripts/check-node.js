// Runs before every script, so it is plain JavaScript that any Node since 12 can read.
import { existsSync } from "node:fs";

const oldestMajor = 24;
const version = process.versions.node;
const major = Number(version.split(".")[0]);

if (major >= oldestMajor) {
  process.stderr.write(`Node ${version} (${process.execPath})\n`);
} else {
  const pinned = existsSync(new URL("../node_modules/node/bin/node", import.meta.url));
  const cure = pinned
    ? "start it with `npm run` or `npx`, which use the pinned Node 24"
    : "run `npm ci` without --ignore-scripts, which installs the pinned Node 24, or install Node 24 or newer";
  process.stderr.write(
    `Node ${version} (${process.execPath}) is too old, Trimtab needs ${oldestMajor} or newer: ${cure}.\n`,
  );
  process.exit(1);
}

// Drives the browser app in a real Chromium against a real `trimtab serve`: `npm run test:web`; `-- FILE…` for some.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findChromium } from "./find-chromium.ts";

const repository = join(import.meta.dirname, "../..");

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): number => {
  const options = { cwd: repository, env: { ...process.env, ...env }, stdio: "inherit" } as const;
  return spawnSync(process.execPath, args, options).status ?? 1;
};

const chromium = await findChromium();
if (chromium === undefined) {
  process.stdout.write("skipped: there is no Chromium, and Debian's can't be fetched here.\n");
} else {
  const built = run(["scripts/build-stale-web.ts"]);
  const env = {
    TRIMTAB_CHROMIUM: chromium.file,
    ...(chromium.libraries === undefined ? {} : { TRIMTAB_CHROMIUM_LIBRARIES: chromium.libraries }),
  };
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.web.config.ts"];
  process.exitCode = built === 0 ? run([...vitest, ...process.argv.slice(2)], env) : built;
}

// Builds the browser app for `npm run serve`, where it is not built yet or its source is newer.
import { spawnSync } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..");
const build = join(repository, "scripts/web/build.ts");
const page = join(repository, "packages/web/dist/index.html");

const sources = globSync("packages/web/{src,public}/**/*", { cwd: repository, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const builtAt = existsSync(page) ? statSync(page).mtimeMs : 0;
const isStale = sources.some((path) => statSync(path).mtimeMs > builtAt);

if (isStale && existsSync(build)) {
  process.stderr.write("Building the browser app …\n");
  const { status } = spawnSync(process.execPath, [build], { cwd: repository, stdio: ["ignore", 2, 2] });
  process.exitCode = status ?? 1;
}

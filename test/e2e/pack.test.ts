import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, "../..");
const installMs = 180_000;

/** The environment without what `npm test` tells its children about this checkout. */
function outsideEnvironment(): NodeJS.ProcessEnv {
  const inherited =
    /^(npm_(package|lifecycle)_.*|npm_config_(local_prefix|workspaces?)|INIT_CWD|NODE_COMPILE_CACHE)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
}

describe("the published package, installed elsewhere", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "trimtab-installed-"));
    const { stdout } = await run(process.execPath, [join(repository, "scripts/pack.ts"), folder]);
    const install = [
      "install",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      "--prefix",
      folder,
      stdout.trim(),
    ];
    await run("npm", install, { cwd: folder, env: outsideEnvironment() });
  }, installMs);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function trimtab(...args: string[]): Promise<string> {
    const bin = join(folder, "node_modules/.bin/trimtab");
    const { stdout } = await run(process.execPath, [bin, ...args], {
      cwd: folder,
      env: outsideEnvironment(),
    });
    return stdout;
  }

  it("prints its version", async () => {
    const manifest = await readFile(join(repository, "packages/platform/package.json"), "utf8");
    expect(await trimtab("--version")).toBe(`${JSON.parse(manifest).version}\n`);
  });

  it("runs compiled code and prints its help", async () => {
    expect(await trimtab("--help")).toMatch(/Usage: trimtab/);
  });

  it("brings domain with it", async () => {
    const code = 'console.log(Object.keys(await import("@trimtab/domain")).length > 0)';
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: join(folder, "node_modules/trimtab"),
      env: outsideEnvironment(),
    });
    expect(stdout).toBe("true\n");
  });
});

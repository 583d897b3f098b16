import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Clock } from "@trimtab/domain";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Surroundings {
  readonly env: Environment;
  readonly cwd: string;
  readonly clock: Clock;
  /** Folder of the lake, if asked for; relative to `cwd`. */
  readonly lake?: string;
}

/** The parts of the program, wired. What is heavy loads when it is first asked for. */
export interface Services {
  readonly version: string;
  readonly clock: Clock;
  readonly lakeRoot: string;
  /** Lets go of all that was opened. */
  close(): Promise<void>;
}

/** The one place where parts meet. Nothing is opened or created until it is used. */
export function createServices({ env, cwd, clock, lake }: Surroundings): Services {
  const lakeRoot = resolve(cwd, lake ?? (env.TRIMTAB_LAKE || defaultLakeRoot(env, process.platform)));
  return {
    version: readVersion(),
    clock,
    lakeRoot,
    async close() {},
  };
}

/**
 * Where a person's data belongs on this platform.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/, 2026-06
 */
export function defaultLakeRoot(env: Environment, platform: NodeJS.Platform): string {
  const home = env.HOME || env.USERPROFILE || homedir();
  if (platform === "win32")
    return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "Trimtab", "lake");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Trimtab", "lake");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "trimtab", "lake");
}

function readVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}

import { execFile } from "node:child_process";
import { readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { clusterErrors } from "./errors.ts";
import { isExecutable } from "./is-executable.ts";

const run = promisify(execFile);

/** @see https://trino.io/docs/476/installation/deployment.html (read 2026-11-22): Java 24, at least 24.0.1 */
const MINIMUM_JAVA = 24;

export interface Java {
  readonly home: string;
  readonly version: string;
}

/** Folders below which systems and version managers keep JDKs, each with `bin/java` at the given depth. */
const KNOWN_FOLDERS: readonly (readonly [folder: string, inside: string])[] = [
  ["/usr/lib/jvm", ""],
  ["/usr/java", ""],
  ["/opt/java", ""],
  ["/Library/Java/JavaVirtualMachines", "Contents/Home"],
  [join(homedir(), ".sdkman/candidates/java"), ""],
  [join(homedir(), ".jdks"), ""],
];

/** The version that `java -version` tells, such as `25.0.3`; undefined for what is not Java. */
const parseJavaVersion = (output: string): string | undefined => /version "(\d+[^"\s]*)"/.exec(output)?.[1];

const majorOf = (version: string): number => Number.parseInt(version, 10);

const versionOf = async (home: string): Promise<string | undefined> => {
  const java = join(home, "bin", "java");
  if (!(await isExecutable(java))) return undefined;
  const told = await run(java, ["-version"], { timeout: 30_000 }).catch(() => undefined);
  return told === undefined ? undefined : parseJavaVersion(`${told.stderr}\n${told.stdout}`);
};

const homeOnPath = async (folder: string): Promise<string | undefined> => {
  const java = await realpath(join(folder, "java")).catch(() => undefined);
  return java === undefined ? undefined : dirname(dirname(java));
};

/** Every place to look at, in the order of precedence. */
const candidates = async (env: NodeJS.ProcessEnv): Promise<readonly string[]> => {
  const named = [env.TRIMTAB_JAVA_HOME, env.JAVA_HOME].filter((home) => home !== undefined && home !== "");
  const onPath = await Promise.all((env.PATH ?? "").split(delimiter).filter(Boolean).map(homeOnPath));
  const known = await Promise.all(
    KNOWN_FOLDERS.map(async ([folder, inside]) =>
      (await readdir(folder).catch(() => [])).sort().map((name) => join(folder, name, inside)),
    ),
  );
  const homes = [...named, ...onPath, ...known.flat()].filter((home) => home !== undefined);
  const real = await Promise.all(homes.map((home) => realpath(home).catch(() => undefined)));
  return [...new Set(real.filter((home) => home !== undefined))];
};

/**
 * The first Java that is new enough: TRIMTAB_JAVA_HOME, JAVA_HOME, PATH, then where systems keep JDKs.
 * @throws CLUSTER_NO_JAVA
 */
export const findJava = async (env: NodeJS.ProcessEnv = process.env): Promise<Java> => {
  const seen: string[] = [];
  for (const home of await candidates(env)) {
    const version = await versionOf(home);
    if (version === undefined) continue;
    if (majorOf(version) >= MINIMUM_JAVA) return { home, version };
    seen.push(`${home} (${version})`);
  }
  const places = seen.length > 0 ? seen.join(", ") : "TRIMTAB_JAVA_HOME, JAVA_HOME, PATH and /usr/lib/jvm";
  throw clusterErrors.create("CLUSTER_NO_JAVA", { major: MINIMUM_JAVA, places });
};

import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { clusterErrors } from "./errors.ts";
import type { Java } from "./find-java.ts";
import { isExecutable } from "./is-executable.ts";

const run = promisify(execFile);
const PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";

export interface Maven {
  /** Puts the artifact's file into the folder. */
  copy(artifact: string, folder: string): Promise<void>;
  /** Unpacks the artifact, a zip, into the folder. */
  unpack(artifact: string, folder: string): Promise<void>;
}

/**
 * The path of `mvn`: below MAVEN_HOME, or in PATH.
 * @throws CLUSTER_NO_MAVEN
 */
const findMaven = async (env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const home = env.MAVEN_HOME ? [join(env.MAVEN_HOME, "bin")] : [];
  for (const folder of [...home, ...(env.PATH ?? "").split(delimiter).filter(Boolean)]) {
    const path = join(folder, "mvn");
    if (await isExecutable(path)) return path;
  }
  throw clusterErrors.create("CLUSTER_NO_MAVEN");
};

/** Maven's own first complaint, without its advice on how to read it. */
const firstComplaint = (output: string): string =>
  stripVTControlCharacters(output)
    .split("\n")
    .find((line) => line.includes("[ERROR]"))
    ?.replace("[ERROR] ", "")
    .replace(/ -> \[Help 1\].*/, "")
    .trim() ?? "it said nothing";

/** Maven as an ordinary client: its settings, its repository, its checksums, which are enforced. */
export const openMaven = async (java: Java, env: NodeJS.ProcessEnv = process.env): Promise<Maven> => {
  const mvn = await findMaven(env);
  const goal = async (name: string, artifact: string, folder: string, more: readonly string[] = []) => {
    const args = ["--quiet", "--batch-mode", "--strict-checksums", `${PLUGIN}:${name}`];
    args.push(`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`, ...more);
    // A mvn without a Java of its own runs on the one that was found.
    const options = { cwd: folder, env: { ...env, JAVA_HOME: env.JAVA_HOME || java.home } };
    await run(mvn, args, { ...options, maxBuffer: 64 * 1024 * 1024 }).catch((error) => {
      const reason = firstComplaint(`${error.stdout ?? ""}\n${error.stderr ?? ""}`);
      throw clusterErrors.create("CLUSTER_DOWNLOAD_FAILED", { artifact, reason }, { cause: error });
    });
  };
  return {
    copy: (artifact, folder) => goal("copy", artifact, folder),
    unpack: (artifact, folder) =>
      goal("unpack", artifact, folder, [`-DmarkersDirectory=${join(folder, ".markers")}`]),
  };
};

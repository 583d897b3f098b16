// npm run test:cluster: runs *.cluster.test.ts against TRIMTAB_TRINO_URL, or against a cluster of its own.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TrimtabError } from "@trimtab/domain";
import { s3Server } from "../objects/s3-server.ts";
import { reportFailure } from "./report-failure.ts";
import { startCluster } from "./start-cluster.ts";
import { stopAbandonedClusters, stopCluster } from "./stop-cluster.ts";

const repository = join(import.meta.dirname, "..", "..");
const SKIPPED = new Set(["CLUSTER_NO_JAVA", "CLUSTER_NO_MAVEN"]);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs the tests; resolves with their exit code. */
const runTests = (env: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((done, fail) => {
    const vitest = join(repository, "node_modules", "vitest", "vitest.mjs");
    const args = [vitest, "run", "--config", "vitest.cluster.config.ts", ...process.argv.slice(2)];
    const child = spawn(process.execPath, args, {
      cwd: repository,
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    // A signal to the group reaches the tests, too; this process stays to stop the cluster after them.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
    child.on("error", fail).on("close", (code) => done(code ?? 1));
  });

/** A server of buckets on this machine, for the nodes and the tests; without one those that need it are skipped. */
const startObjects = async () => {
  const running = await s3Server.start();
  if ("skipped" in running) {
    say(`Tests over a bucket are skipped: ${running.skipped}`);
    return { asked: {}, env: { TRIMTAB_TRINO_NO_BUCKET: running.skipped }, stop: async () => undefined };
  }
  const {
    TRIMTAB_TEST_BUCKET: bucket = "",
    AWS_ENDPOINT_URL_S3: s3Endpoint = "",
    ...credentials
  } = running.env;
  // The nodes inherit them, also where a test starts one again.
  const env = { ...credentials, AWS_ENDPOINT_URL_S3: s3Endpoint };
  Object.assign(process.env, env);
  return { asked: { s3Endpoint }, env: { ...env, TRIMTAB_TRINO_BUCKET: bucket }, stop: running.stop };
};

const runOnOwnCluster = async (): Promise<number> => {
  await stopAbandonedClusters();
  const name = `test-${process.pid}`;
  const lake = await mkdtemp(join(tmpdir(), "trimtab-cluster-lake-"));
  const objects = await startObjects();
  try {
    // One cluster for all: it can do what the tests of faults need, and the session keeps that from the others.
    const asked = { lake, quickStart: true, faultTolerant: true, spill: true, ...objects.asked };
    const { state } = await startCluster({ name, asked, timeoutMs: 600_000, say, ownedByThisProcess: true });
    return await runTests({
      ...objects.env,
      TRIMTAB_TRINO_URL: state.url,
      TRIMTAB_TRINO_LAKE: lake,
      TRIMTAB_TRINO_SESSION: "retry_policy=NONE,spill_enabled=false",
      TRIMTAB_CLUSTER_NAME: name,
    });
  } finally {
    await stopCluster({ name, purge: true });
    await objects.stop();
    await rm(lake, { recursive: true, force: true });
  }
};

try {
  process.exitCode = process.env.TRIMTAB_TRINO_URL ? await runTests({}) : await runOnOwnCluster();
} catch (error) {
  if (error instanceof TrimtabError && SKIPPED.has(error.code))
    process.stdout.write(`skipped: no Java/Maven (${error.message}. ${error.hint})\n`);
  else reportFailure(error);
}

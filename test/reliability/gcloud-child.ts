import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CloudRunProject } from "../../packages/platform/src/testing/cloud-run-model.ts";
import { simulateGcloud } from "../../packages/platform/src/testing/simulated-gcloud.ts";

/**
 * A stand-in for gcloud as a program of its own: a project kept in a file, written whole at one moment. It takes its time
 * before and after, so that a kill can meet it at either side of the change.
 */
const folder = process.env.CLOUDSDK_CONFIG ?? "";
const file = join(folder, "cloud.json");
const args = process.argv.slice(2);
const pause = () => sleep(Math.random() * 30);

await pause();
const project = JSON.parse(readFileSync(file, "utf8")) as CloudRunProject & { readonly refuses?: string };
const isRefused = project.refuses !== undefined && args.some((arg) => arg.includes(project.refuses ?? ""));
const outcome = isRefused
  ? ({ status: "ended", exitCode: 1, stdout: "", stderr: "ERROR: PERMISSION_DENIED" } as const)
  : simulateGcloud(project, args);
if (args[2] !== "describe" && !isRefused) {
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(project));
  renameSync(`${file}.${process.pid}`, file);
}
await pause();
if (outcome.status === "ended") {
  process.stdout.write(outcome.stdout);
  process.stderr.write(outcome.stderr);
  process.exitCode = outcome.exitCode;
}

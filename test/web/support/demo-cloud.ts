import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addService, type CloudRunProject } from "../../../packages/platform/src/testing/cloud-run-model.ts";
import { type FileCloud, makeCloud } from "../../reliability/file-cloud.ts";

/** A `gcloud` in a folder whose project holds services of the demo company aiprod, set as its inventory says. */
export const makeDemoCloud = (folder: string): FileCloud => {
  const cloud = makeCloud(folder);
  const file = join(folder, "cloud.json");
  const project = JSON.parse(readFileSync(file, "utf8")) as CloudRunProject;
  addService(project, "pipeline-worker", { revisionMin: 5, cpu: "2", memory: "4Gi", concurrency: 1 });
  addService(project, "report-renderer", { revisionMin: 5, cpu: "2", memory: "4Gi", concurrency: 2 });
  writeFileSync(file, JSON.stringify(project));
  return cloud;
};

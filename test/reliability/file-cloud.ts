import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  addService,
  type CloudRunProject,
  newProject,
} from "../../packages/platform/src/testing/cloud-run-model.ts";

export interface FileCloud {
  readonly env: Readonly<Record<string, string>>;
  read(): CloudRunProject;
}

/** A cloud in a folder, and a `gcloud` for it. */
export const makeCloud = (folder: string, refuses?: string): FileCloud => {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const script = join(import.meta.dirname, "gcloud-child.ts");
  writeFileSync(join(bin, "gcloud"), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(join(bin, "gcloud"), 0o755);
  const project = newProject();
  addService(project, "api", {});
  addService(project, "web", { serviceMin: 2 });
  const file = join(folder, "cloud.json");
  writeFileSync(file, JSON.stringify({ ...project, ...(refuses === undefined ? {} : { refuses }) }));
  return {
    env: { PATH: `${bin}:${process.env.PATH}`, CLOUDSDK_CONFIG: folder },
    read: () => JSON.parse(readFileSync(file, "utf8")) as CloudRunProject,
  };
};

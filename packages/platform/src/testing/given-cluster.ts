import { mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that this process and the cluster both see. */
export interface SharedFolder {
  /** Where it is for this process. */
  readonly folder: string;
  /** What the cluster calls it: `local:///lake/…`. */
  readonly location: string;
}

/** The cluster that `npm run test:cluster` hands to its tests. */
export interface GivenCluster {
  /** Of the coordinator. */
  readonly url: string;
  /** A new empty folder inside the cluster's lake, removed when the running test ends. */
  sharedFolder(): SharedFolder;
}

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with npm run test:cluster`);
  return value;
};

/** Reads TRIMTAB_TRINO_URL and TRIMTAB_TRINO_LAKE, the folder that the cluster sees as `local:///lake`. */
export const givenCluster = (): GivenCluster => {
  const url = required("TRIMTAB_TRINO_URL").replace(/\/$/, "");
  return {
    url,
    sharedFolder: () => {
      const folder = mkdtempSync(join(required("TRIMTAB_TRINO_LAKE"), "test-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      return { folder, location: `local:///lake/${basename(folder)}` };
    },
  };
};

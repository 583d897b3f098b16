import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { clusterOptionsSchema } from "./cluster-options.ts";
import { clusterErrors } from "./errors.ts";

const processSchema = z.object({ pid: z.number().int().positive(), started: z.string() });

const nodeSchema = z.object({
  id: z.string(),
  role: z.enum(["coordinator", "worker"]),
  port: z.number().int(),
  /** Of the process; null when it was never started or was ended on purpose. */
  process: processSchema.nullable(),
});

const stateSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  url: z.string(),
  folder: z.string(),
  trinoVersion: z.string(),
  server: z.string(),
  java: z.object({ home: z.string(), version: z.string() }),
  options: clusterOptionsSchema,
  nodes: z.array(nodeSchema),
  /** The process that the cluster must not outlive, such as a test run; null when it stays till it is stopped. */
  owner: processSchema.nullable().default(null),
});

/** One cluster of this machine, as written in its state file. */
export type ClusterState = z.infer<typeof stateSchema>;
export type ClusterNode = z.infer<typeof nodeSchema>;

const stateFile = (folder: string): string => join(folder, "cluster.json");

/**
 * The cluster that was started in this folder; undefined when there is none.
 * @throws CLUSTER_STATE_INVALID
 */
export const readState = async (folder: string): Promise<ClusterState | undefined> => {
  const file = stateFile(folder);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw clusterErrors.create("CLUSTER_STATE_INVALID", { file, problem }, { cause: error });
  }
};

/** Written after each process is started, so that a start that is killed leaves nothing nameless behind. */
export const writeState = async (state: ClusterState): Promise<void> => {
  await mkdir(state.folder, { recursive: true, mode: 0o700 });
  const temporary = `${stateFile(state.folder)}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, stateFile(state.folder));
};

export const removeState = (folder: string): Promise<void> => rm(stateFile(folder), { force: true });

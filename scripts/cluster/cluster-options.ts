import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { clusterErrors } from "./errors.ts";

const heapMiB = z.coerce.number().int().min(512).max(1_048_576);

/** What a cluster on this machine is like. The defaults fit a machine with 2 cores and 8 GB. */
export const clusterOptionsSchema = z.object({
  /** The folder below which the catalog reads and writes, as `local:///lake`. */
  lake: z.string().optional(),
  workers: z.coerce.number().int().min(1).max(16).default(2),
  coordinatorHeapMiB: heapMiB.default(1024),
  workerHeapMiB: heapMiB.default(1024),
  /** Memory that one query may use on one worker; Trino's default is 30 % of the heap. */
  queryMemoryPerNodeMiB: z.coerce.number().int().min(16).optional(),
  /** Tasks of a worker that fails are done again by another. */
  faultTolerant: z.boolean().default(false),
  /** Operators that outgrow the memory go on on disk. */
  spill: z.boolean().default(false),
  /** Java compiles quickly instead of well: starts in two thirds of the time, and long queries take longer. */
  quickStart: z.boolean().default(false),
  /** Of a server of S3's protocol: a second catalog reads and writes its buckets. */
  s3Endpoint: z.url({ protocol: /^https?$/ }).optional(),
  /** Of the coordinator; 0 takes a free one. */
  port: z.coerce.number().int().min(0).max(65_535).default(0),
});

export type ClusterOptions = z.infer<typeof clusterOptionsSchema>;

const FLAGS = {
  name: { type: "string" },
  lake: { type: "string" },
  workers: { type: "string" },
  "coordinator-heap": { type: "string" },
  "worker-heap": { type: "string" },
  "query-memory": { type: "string" },
  "fault-tolerant": { type: "boolean" },
  spill: { type: "boolean" },
  "quick-start": { type: "boolean" },
  "s3-endpoint": { type: "string" },
  port: { type: "string" },
  timeout: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const OPTION_OF_FLAG = {
  lake: "lake",
  workers: "workers",
  "coordinator-heap": "coordinatorHeapMiB",
  "worker-heap": "workerHeapMiB",
  "query-memory": "queryMemoryPerNodeMiB",
  "fault-tolerant": "faultTolerant",
  spill: "spill",
  "quick-start": "quickStart",
  "s3-endpoint": "s3Endpoint",
  port: "port",
} as const satisfies Partial<Record<keyof typeof FLAGS, keyof ClusterOptions>>;

const EXPECTED: Readonly<Record<keyof ClusterOptions, string>> = {
  lake: "the path of a folder",
  workers: "a whole number from 1 to 16",
  coordinatorHeapMiB: "a number of MiB from 512, such as 1024, or a size such as 2G",
  workerHeapMiB: "a number of MiB from 512, such as 1024, or a size such as 2G",
  queryMemoryPerNodeMiB: "a number of MiB from 16, or a size such as 1G",
  faultTolerant: "no value",
  spill: "no value",
  quickStart: "no value",
  s3Endpoint: "an http or https address",
  port: "a port from 1 to 65535, or 0 for a free one",
};

export const START_HELP = `Starts Trino on this machine: one coordinator and its workers, on loopback only.

  npm run cluster:start -- [options]

  --lake DIR             folder that the catalog "trimtab" may read and write, as local:///lake
  --fault-tolerant       tasks of a worker that is lost are done again (retry-policy=TASK)
  --spill                operators that outgrow their memory go on on disk
  --workers N            default 2
  --worker-heap SIZE     default 1G; --coordinator-heap likewise
  --query-memory SIZE    what one query may use on one worker; default 30 % of the heap
  --quick-start          starts sooner and runs long queries slower: for tests
  --s3-endpoint URL      of a server of S3's protocol, for a second catalog "trimtab_s3" over its buckets; who asks it
                         is said by AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION
  --port N               of the coordinator; default: a free one
  --name NAME            of the cluster, default "default": several may run side by side
  --timeout SECONDS      how long to wait till all nodes are active, default 180

Started twice, it says where the cluster runs. npm run cluster:stop ends it.
`;

export interface StartArguments {
  readonly help: boolean;
  readonly name: string;
  readonly timeoutMs: number;
  /** Only what was asked for; the rest follows from the schema. */
  readonly asked: Partial<ClusterOptions>;
}

/** `1G`, `512M` or a number of MiB, in MiB; what is none is left to the schema to refuse. */
const toMiB = (text: string): string => {
  const match = /^(\d+)([GM])$/i.exec(text);
  if (match === null) return text;
  return String(Number(match[1]) * (match[2]?.toUpperCase() === "G" ? 1024 : 1));
};

const invalid = (option: string, value: string, expected: string) =>
  clusterErrors.create("CLUSTER_OPTION_INVALID", { option, value: value === "" ? "empty" : value, expected });

const readOption = (flag: keyof typeof OPTION_OF_FLAG, value: string | boolean) => {
  const key = OPTION_OF_FLAG[flag];
  const text = key.endsWith("MiB") ? toMiB(String(value)) : value;
  const parsed = clusterOptionsSchema.shape[key].safeParse(text);
  if (!parsed.success || value === "") throw invalid(`--${flag}`, String(value), EXPECTED[key]);
  return [key, key === "lake" ? resolve(String(value)) : parsed.data] as const;
};

/** A cluster's name is a folder's name. */
export const readName = (value: string | undefined): string => {
  const name = value ?? "default";
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
    throw invalid("--name", name, "lower case letters, digits and hyphens, at most 40");
  return name;
};

/** @throws CLUSTER_OPTION_INVALID */
export const parseStartArguments = (args: readonly string[]): StartArguments => {
  const values = (() => {
    try {
      return parseArgs({ args: [...args], options: FLAGS, strict: true }).values;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      throw clusterErrors.create("CLUSTER_OPTION_INVALID", {
        option: "The command line",
        value: `read: ${problem}`,
        expected: "only options that --help shows",
      });
    }
  })();
  const asked: Record<string, unknown> = {};
  for (const flag of Object.keys(OPTION_OF_FLAG) as (keyof typeof OPTION_OF_FLAG)[]) {
    const value = values[flag];
    if (value === undefined) continue;
    const [key, parsed] = readOption(flag, value);
    asked[key] = parsed;
  }
  const seconds = Number(values.timeout ?? 180);
  if (!(seconds > 0)) throw invalid("--timeout", String(values.timeout), "a number of seconds");
  return {
    help: values.help ?? false,
    name: readName(values.name),
    timeoutMs: seconds * 1000,
    asked: asked as Partial<ClusterOptions>,
  };
};

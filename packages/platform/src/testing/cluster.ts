import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTrinoClient, type TrinoClient } from "../query/engines/trino/trino-client.ts";
import { readTrinoSettings } from "../query/engines/trino/trino-settings.ts";
import { quoteIdent } from "../sql/dialect.ts";

/** A schema and a folder of a lake on the cluster of the tests, which both are gone afterwards. */
export interface ClusterPlace {
  /** Settings as a user would give them; schema and location are this place's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Where this machine has the lake. */
  readonly root: string;
  /** Where the cluster sees it. */
  readonly location: string;
  readonly client: TrinoClient;
  drop(): Promise<void>;
}

const { TRIMTAB_TRINO_URL: url, TRIMTAB_TRINO_LAKE: lakes, TRIMTAB_TRINO_BUCKET: bucket } = process.env;

/** False: tests on a cluster are skipped, and their names say why. */
export const hasCluster = Boolean(url && lakes);

export const CLUSTER_TESTS = hasCluster
  ? "on a cluster"
  : "on a cluster (skipped: TRIMTAB_TRINO_URL and TRIMTAB_TRINO_LAKE, the folder it sees as local:///lake, are not set)";

/** Whether a part will do of what proves more the longer it is repeated: `.ci/run` asks for that. */
export const isShortRun = Number(process.env.TRIMTAB_CLUSTER_SHARE ?? 1) > 1;

/** False: tests of a lake in a bucket that the cluster reads are skipped. */
export const hasClusterBucket = Boolean(url && bucket);

export const CLUSTER_BUCKET_TESTS = hasClusterBucket
  ? "on a cluster, in a bucket"
  : `on a cluster, in a bucket (skipped: ${process.env.TRIMTAB_TRINO_NO_BUCKET ?? "TRIMTAB_TRINO_URL and TRIMTAB_TRINO_BUCKET, which its catalog trimtab_s3 reads, are not set"})`;

export const makeClusterPlace = (): ClusterPlace => {
  const name = `t_${randomBytes(4).toString("hex")}`;
  const root = join(lakes ?? "", name);
  mkdirSync(root, { recursive: true });
  const location = `${process.env.TRIMTAB_TRINO_LAKE_LOCATION ?? "local:///lake"}/${name}`;
  const env = {
    TRIMTAB_TRINO_URL: url ?? "",
    TRIMTAB_TRINO_CATALOG: process.env.TRIMTAB_TRINO_CATALOG ?? "trimtab",
    TRIMTAB_TRINO_SCHEMA: name,
    TRIMTAB_TRINO_LOCATION: location,
    TRIMTAB_TRINO_SESSION: process.env.TRIMTAB_TRINO_SESSION ?? "",
  };
  const client = openTrinoClient(readTrinoSettings(env));
  return { env, root, location, client, drop: () => dropPlace(client, root) };
};

/** As {@link makeClusterPlace}, of a lake in a bucket; `root` is a folder of this machine for all else. */
export const makeBucketPlace = (): ClusterPlace => {
  const name = `t_${randomBytes(4).toString("hex")}`;
  const root = mkdtempSync(join(tmpdir(), "trimtab-bucket-"));
  const location = `${bucket}/${name}`;
  const cloud = Object.entries(process.env).filter(([key]) => key.startsWith("AWS_"));
  const env = {
    ...Object.fromEntries(cloud.map(([key, value]) => [key, value ?? ""])),
    TRIMTAB_TRINO_URL: url ?? "",
    TRIMTAB_TRINO_CATALOG: "trimtab_s3",
    TRIMTAB_TRINO_SCHEMA: name,
    TRIMTAB_TRINO_LOCATION: location,
    TRIMTAB_TRINO_SESSION: process.env.TRIMTAB_TRINO_SESSION ?? "",
    TRIMTAB_LAKE: location,
    TRIMTAB_CACHE: join(root, "cache"),
  };
  const client = openTrinoClient(readTrinoSettings(env));
  return { env, root, location, client, drop: () => dropPlace(client, root) };
};

const dropPlace = async (client: TrinoClient, root: string): Promise<void> => {
  const { catalog, schema } = client.settings;
  await client.run(`DROP SCHEMA IF EXISTS ${quoteIdent(catalog)}.${quoteIdent(schema)} CASCADE`);
  rmSync(root, { recursive: true, force: true });
};

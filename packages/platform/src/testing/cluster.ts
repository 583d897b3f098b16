import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
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

const { TRIMTAB_TRINO_URL: url, TRIMTAB_TRINO_LAKE: lakes } = process.env;

/** False: tests on a cluster are skipped, and their names say why. */
export const hasCluster = Boolean(url && lakes);

export const CLUSTER_TESTS = hasCluster
  ? "on a cluster"
  : "on a cluster (skipped: TRIMTAB_TRINO_URL and TRIMTAB_TRINO_LAKE, the folder it sees as local:///lake, are not set)";

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

const dropPlace = async (client: TrinoClient, root: string): Promise<void> => {
  const { catalog, schema } = client.settings;
  await client.run(`DROP SCHEMA IF EXISTS ${quoteIdent(catalog)}.${quoteIdent(schema)} CASCADE`);
  rmSync(root, { recursive: true, force: true });
};

import { defineErrors } from "@trimtab/domain";

/** What can go wrong between this program and a cluster. */
export const clusterErrors = defineErrors({
  CLUSTER_NOT_CONFIGURED: {
    message: "No cluster is named",
    hint: "Set TRIMTAB_TRINO_URL to the coordinator's address, such as https://trino.example.com:8443; docs/guides/cluster.md lists the other settings.",
    exitCode: 2,
  },
  CLUSTER_SETTING_INVALID: {
    message: "{name} can't be used: {problem}",
    hint: "Set it as docs/guides/cluster.md shows, or unset it.",
    exitCode: 2,
  },
  CLUSTER_UNREACHABLE: {
    message: "The cluster at {url} gives no answer: {reason}",
    hint: "Check the address, the network and that the coordinator runs; '--engine duckdb' answers without a cluster.",
    exitCode: 3,
    status: 503,
  },
  CLUSTER_NOT_TRINO: {
    message: "{url} does not answer as Trino does: {reason}",
    hint: "TRIMTAB_TRINO_URL must be the coordinator itself or a proxy that passes /v1/ through and sets X-Forwarded-Host.",
    exitCode: 3,
    status: 502,
  },
  CLUSTER_VERSION_OLD: {
    message: "The cluster runs Trino {version}; {least} is the oldest that is supported",
    hint: "Upgrade the cluster, or ask with '--engine duckdb'.",
    exitCode: 3,
    status: 502,
  },
  CLUSTER_SIGN_IN: {
    message: "The cluster at {url} does not accept the credentials of {user}",
    why: "They are missing, wrong or expired.",
    hint: "Set TRIMTAB_TRINO_USER with TRIMTAB_TRINO_PASSWORD, or a fresh TRIMTAB_TRINO_TOKEN.",
    exitCode: 3,
    status: 502,
  },
  CLUSTER_FORBIDDEN: {
    message: "The cluster does not let {user} do this: {reason}",
    hint: "Reading needs SELECT on the tables of the schema; 'trimtab lake publish' also needs CREATE TABLE, CREATE VIEW and the procedures of the catalog's system schema.",
    exitCode: 3,
    status: 502,
  },
  CLUSTER_CATALOG_UNKNOWN: {
    message: "The cluster can't use the catalog {catalog}: {reason}",
    hint: "Set TRIMTAB_TRINO_CATALOG to a catalog of the Hive connector that sees the lake's files.",
    exitCode: 3,
    status: 502,
  },
  CLUSTER_CATALOG_SETTING: {
    message: "The catalog {catalog} is not set up for publishing: {reason}",
    hint: "Its properties file needs {setting} on every node; then restart the cluster.",
    exitCode: 3,
  },
  CLUSTER_LOCATION_MISSING: {
    message: "Where the cluster sees the lake is not known",
    hint: "Give --location or set TRIMTAB_TRINO_LOCATION, such as s3://bucket/lake or local:///lake.",
    exitCode: 2,
  },
  CLUSTER_INPUT_UNSEEN: {
    message: "What the cluster calls {file} is not known",
    hint: "Name the folder that both see, such as TRIMTAB_TRINO_INPUTS=/mnt/bills=s3://bucket/bills, or load it with '--engine duckdb'.",
    exitCode: 2,
  },
  CLUSTER_INPUT_UNFIT: {
    message: "The cluster can't load this without guessing: {reason}",
    why: "Such bills are loaded by the embedded engine, which reads files of this machine.",
    hint: "Copy the files here and load them with '--engine duckdb', into the same lake.",
    exitCode: 2,
  },
  CLUSTER_NOT_PUBLISHED: {
    message: "The cluster does not show this lake yet: {reason}",
    hint: "Run 'trimtab lake publish --engine trino' first.",
    exitCode: 2,
    status: 409,
  },
  CLUSTER_VERSION_NOT_PUBLISHED: {
    message:
      "Version {version} of the lake can't be read on the cluster: {missing} of its {loads} loads are not there",
    hint: "The cluster shows version {shown}. Run 'trimtab lake publish', or ask this version with '--engine duckdb'.",
    exitCode: 2,
    status: 409,
  },
  CLUSTER_TABLE_CHANGED: {
    message: "{table} is not as 'trimtab lake publish' made it: {reason}",
    why: "Someone else changed it. Answers over it could be wrong, so none is given and nothing is published.",
    hint: "Find out who changed it. To start over, drop {table} (the lake's files stay) and run 'trimtab lake publish'.",
    exitCode: 3,
    status: 409,
  },
  CLUSTER_FILES_DIFFER: {
    message: "The cluster does not see the lake's files as they are: {reason}",
    why: "Before it is shown, every new load is counted on the cluster and compared with the manifest.",
    hint: "Check that {location} is this lake as the cluster's nodes see it. The version shown before stays.",
    exitCode: 3,
  },
  CLUSTER_SHOWS_OTHER_LAKE: {
    message: "{table} shows version {shown} of the lake at {location}, which this lake does not have",
    hint: "If it is this lake and the version has expired, run 'trimtab lake publish'; else use a schema for each lake: TRIMTAB_TRINO_SCHEMA.",
    exitCode: 2,
    status: 409,
  },
  CLUSTER_BUSY: {
    message: "The cluster can't run the query now: {reason}",
    hint: "Try again later, or ask the cluster's operator for a resource group.",
    exitCode: 3,
    status: 503,
  },
  CLUSTER_OUT_OF_MEMORY: {
    message: "The query needs more memory than the cluster gives it: {reason}",
    hint: "Ask for fewer columns or a shorter time; or let the cluster spill or retry tasks (docs/guides/cluster.md).",
    exitCode: 3,
    status: 503,
  },
  CLUSTER_QUERY_FAILED: {
    message: "The cluster refused the query {query}: {reason}",
    hint: "'trimtab doctor' checks the cluster; its web interface shows the query by that name.",
    exitCode: 3,
    status: 502,
  },
});

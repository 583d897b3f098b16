import { bigQueryErrors } from "./errors.ts";

/** A BigQuery table by its three names. */
export interface TableName {
  readonly project: string;
  readonly dataset: string;
  readonly table: string;
}

/** A folder of Cloud Storage; `prefix` is empty or ends with a slash. */
export interface StagingFolder {
  readonly bucket: string;
  readonly prefix: string;
}

/** Projects may carry a domain (`example.com:project`); none of the names can end a quoted identifier. */
const TABLE = /^((?:[a-z0-9.-]+:)?[a-z][a-z0-9-]*)\.([A-Za-z0-9_]{1,1024})\.([A-Za-z0-9_-]{1,1024})$/;

/** @throws BIGQUERY_TABLE_INVALID */
export const parseTableName = (text: string): TableName => {
  const [, project, dataset, table] = TABLE.exec(text.replaceAll("`", "")) ?? [];
  if (project === undefined || dataset === undefined || table === undefined)
    throw bigQueryErrors.create("BIGQUERY_TABLE_INVALID", { table: text });
  return { project, dataset, table };
};

const STAGING = /^gs:\/\/([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:\/([A-Za-z0-9._/=-]*))?$/;

/** @throws BIGQUERY_STAGING_INVALID */
export const parseStaging = (text: string): StagingFolder => {
  const [, bucket, path = ""] = STAGING.exec(text) ?? [];
  if (bucket === undefined) throw bigQueryErrors.create("BIGQUERY_STAGING_INVALID", { staging: text });
  const folder = path.replace(/\/+$/, "");
  return { bucket, prefix: folder === "" ? "" : `${folder}/` };
};

import { defineErrors } from "@trimtab/domain";

/** What can go wrong between BigQuery and local files. */
export const bigQueryErrors = defineErrors({
  BIGQUERY_TABLE_INVALID: {
    message: "{table} is not a BigQuery table name",
    hint: "Write project.dataset.table, e.g. my-project.billing.gcp_billing_export_resource_v1_01A2B3_C4D5E6_F7A8B9.",
    exitCode: 2,
  },
  BIGQUERY_STAGING_INVALID: {
    message: "{staging} is not a Cloud Storage folder",
    why: "BigQuery exports query results to Cloud Storage only; Trimtab downloads them from there and removes them.",
    hint: "Give --staging gs://BUCKET/PREFIX in the location of the dataset.",
    exitCode: 2,
  },
  BIGQUERY_NO_CREDENTIALS: {
    message: "There are no Google credentials that work: {reason}",
    hint: "Sign in with `gcloud auth application-default login`, or let GOOGLE_APPLICATION_CREDENTIALS name a key file.",
    exitCode: 3,
  },
  BIGQUERY_NO_PERMISSION: {
    message: "Google denied access: {reason}",
    hint: "Needed: BigQuery Data Viewer on the dataset, BigQuery Job User on the project that runs the query, and Storage Object User on the staging bucket.",
    exitCode: 3,
  },
  BIGQUERY_TABLE_NOT_FOUND: {
    message: "{table} was not found: {reason}",
    hint: "Copy the table's ID from the console: Billing, Billing export, BigQuery export.",
    exitCode: 2,
  },
  BIGQUERY_TABLE_UNSUITABLE: {
    message: "{table} can't be read: {reason}",
    why: "Google's own export table is partitioned by the day of export; without that filter every refresh would be billed for the whole table.",
    hint: "Name the export table itself, not a view or a copy; files of it load with `trimtab ingest FILES`.",
    exitCode: 2,
  },
  BIGQUERY_BYTES_LIMIT: {
    message: "The query would read {bytes} bytes, over the limit of {limit}",
    why: "BigQuery bills by bytes read. Nothing was read or billed.",
    hint: "Ask for fewer months, or raise --max-bytes.",
    exitCode: 2,
  },
  BIGQUERY_FAILED: {
    message: "BigQuery could not do it: {reason}",
    hint: "If it says that the locations differ, use a staging bucket in the dataset's location. Else try again later.",
    exitCode: 3,
  },
  BIGQUERY_STAGING_FAILED: {
    message: "Cloud Storage could not do it: {reason}",
    hint: "Check that the staging bucket exists in the dataset's location and that you may write, list, read and delete in it.",
    exitCode: 3,
  },
  BIGQUERY_INCOMPLETE: {
    message: "BigQuery exported {expected} {unit}, but {found} arrived",
    why: "A part of a month would look like a cheaper month. Nothing was loaded.",
    hint: "Run it again; if it stays so, check who else writes to the staging folder.",
    exitCode: 3,
  },
});

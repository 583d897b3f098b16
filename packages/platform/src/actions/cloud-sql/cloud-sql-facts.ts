import type { ActionFact } from "../action.ts";

const date = "2026-11-22";

export const CLOUD_SQL_FACTS: readonly ActionFact[] = [
  {
    text: "A stopped Cloud SQL instance is not charged for vCPU and memory, and still pays its storage, its backups and its public IPv4 address, which costs more while the instance is stopped.",
    source: "https://cloud.google.com/sql/pricing",
    date,
  },
  {
    text: "Activation policy NEVER is not supported for read replicas.",
    source: "https://cloud.google.com/sql/docs/postgres/start-stop-restart-instance",
    date,
  },
  {
    text: "Changing tier or availability restarts the instance; connections are cut.",
    source: "https://cloud.google.com/sql/docs/postgres/edit-instance",
    date,
  },
  {
    text: "A setting only makes storage larger. Making it smaller is an operation of its own (storage shrink), which takes the instance down for as long as the copy takes, and is not done here.",
    source: "https://docs.cloud.google.com/sql/docs/mysql/about-storage-shrink",
    date,
  },
  {
    text: "The name of a deleted instance can be used again at once; a replica's resources are often gone within minutes.",
    source: "https://cloud.google.com/sql/docs/postgres/delete-instance",
    date,
  },
  {
    text: "The gcloud CLI waits ten minutes for the operation and then fails, while the operation goes on: what counts is what the instance says afterwards.",
    source: "Google Cloud CLI 528.0.0, googlecloudsdk/api_lib/sql/operations.py",
    date,
  },
];

import type { ActionFact } from "../action.ts";

const date = "2026-11-22";
const stop = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html";

export const RDS_FACTS: readonly ActionFact[] = [
  {
    text: "A stopped RDS instance is not charged for instance hours, and still pays its provisioned storage and IOPS and its backups.",
    source: stop,
    date,
  },
  { text: "RDS starts a stopped instance again by itself after seven days.", source: stop, date },
  {
    text: "An instance that is or has a read replica can't be stopped, nor SQL Server in several zones; starting again takes minutes to hours.",
    source: stop,
    date,
  },
  {
    text: "Allocated storage can't be reduced, and an increase must be of at least 10 %.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.ModifyingExisting.html",
    date,
  },
  {
    text: "After a change of storage there can be no other for six hours, or until it is optimized, whichever is longer.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.ModifyingExisting.html",
    date,
  },
  {
    text: "Another instance class, applied at once, takes the database down while it changes; in several zones for a failover.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html",
    date,
  },
];

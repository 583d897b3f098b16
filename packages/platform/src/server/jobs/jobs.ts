import type { JobKind, JobKinds } from "../../notify/scheduler/job.ts";
import { type AdviseJobParts, adviseJob, refreshAdvice } from "./advise-job.ts";
import { type IngestJobParts, ingestJob } from "./ingest-job.ts";

export interface JobParts extends AdviseJobParts, Omit<IngestJobParts, "refresh"> {
  /** Kinds of job that others bring. */
  readonly others?: readonly JobKind[];
}

/** Everything that can be scheduled. */
export const createJobs = ({ others = [], ...parts }: JobParts): JobKinds => {
  const own = [ingestJob({ ...parts, refresh: refreshAdvice(parts) }), adviseJob(parts), ...others];
  return Object.fromEntries(own.map((job) => [job.kind, job]));
};

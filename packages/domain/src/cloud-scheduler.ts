import { type Decimal, decimal, multiply } from "./decimal.ts";

interface JobPrice {
  readonly usdPerMonth: Decimal;
  readonly freePerBillingAccount: number;
  readonly source: string;
  /** When it was read there. */
  readonly date: string;
}

/**
 * What jobs of Cloud Scheduler cost at Google's list price, in USD: a job is paid for as long as it is there, however often it
 * runs. The list counts 31 days for a month.
 * @see https://cloud.google.com/scheduler/pricing, read 2026-11-22: 0.10 USD a job for 31 days, three of a billing account free
 */
export const CLOUD_SCHEDULER_JOB: JobPrice = {
  usdPerMonth: decimal("0.10"),
  freePerBillingAccount: 3,
  source: "https://cloud.google.com/scheduler/pricing",
  date: "2026-11-22",
};

/** A month of so many jobs at list price, where others use up the free ones. */
export const schedulerJobsUsd = (jobs: number): Decimal =>
  multiply(CLOUD_SCHEDULER_JOB.usdPerMonth, decimal(String(jobs)));

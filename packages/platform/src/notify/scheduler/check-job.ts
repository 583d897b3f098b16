import type { Json } from "@trimtab/domain";
import { notifyErrors } from "../errors.ts";
import type { JobKind, JobKinds } from "./job.ts";

/** The job of a schedule and its settings with their defaults. @throws SCHEDULE_JOB_UNKNOWN, SCHEDULE_SETTINGS_INVALID */
export const checkJobSettings = (
  jobs: JobKinds,
  given: { readonly kind: string; readonly settings: { readonly [key: string]: Json } },
): { readonly kind: JobKind; readonly settings: { readonly [key: string]: Json } } => {
  const kind = Object.hasOwn(jobs, given.kind) ? jobs[given.kind] : undefined;
  if (kind === undefined) {
    const kinds = Object.keys(jobs).join(", ") || "none here";
    throw notifyErrors.create("SCHEDULE_JOB_UNKNOWN", { kind: given.kind, kinds });
  }
  const parsed = kind.settings.safeParse(given.settings);
  if (parsed.success) return { kind, settings: parsed.data as { readonly [key: string]: Json } };
  const [first] = parsed.error.issues;
  const field = first?.path.join(".") || "settings";
  const reason = first?.message ?? "unreadable";
  throw notifyErrors.create("SCHEDULE_SETTINGS_INVALID", { kind: given.kind, field, reason });
};

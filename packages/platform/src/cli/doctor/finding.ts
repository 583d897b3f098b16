import type { Clock } from "@trimtab/domain";
import type { StateParts } from "../../compose.ts";
import type { LakeStorage } from "../../lake/storage/storage.ts";

/** `absent` and `skipped` are no faults: not everybody has every cloud. Only `broken` makes the doctor answer "no". */
export type FindingStatus = "ok" | "warn" | "broken" | "absent" | "skipped";

/** One thing that the doctor looked at. */
export interface Finding {
  readonly area: "machine" | "clouds" | "cluster" | "lake" | "state";
  readonly name: string;
  readonly status: FindingStatus;
  /** What was found; never a secret. */
  readonly detail: string;
  /** How to mend it; always there where the status is warn or broken. */
  readonly mend?: string;
}

/** All that the checks look at. */
export interface DoctorSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lakeRoot: string;
  openStorage(): Promise<LakeStorage>;
  findState(): Promise<StateParts>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** `12.3 GiB`, `640 MiB`, `87 KiB` */
export function bytesText(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const scaled = bytes / 1024 ** step;
  return `${step === 0 || scaled >= 10 ? Math.round(scaled) : scaled.toFixed(1)} ${units[step]}`;
}

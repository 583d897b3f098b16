import { type Known, known, unknown } from "@trimtab/domain";
import type { MeasuredService } from "./scaling-evidence.ts";
import type { Replay } from "./simulate/replay.ts";

/** How far the replay of today's settings is from what was measured: 0.1 is 10 % of the measured. */
export interface ReplayCheck {
  readonly deviation: number;
  readonly about: string;
}

/** Half an instance either way is below what a gauge that is read now and then can tell. */
const LEAST_INSTANCES = 0.5;

export function checkReplay(
  { instances: { active, idle } }: Pick<MeasuredService, "instances">,
  { total }: Replay,
  tolerance: number,
): Known<ReplayCheck> {
  const measuredActive = meanOf(active.values);
  const replayedAlive = total.alive / total.seconds;
  if (idle !== undefined) {
    const measured = measuredActive + meanOf(idle.values);
    return judged(measured, replayedAlive, "instances", tolerance);
  }
  // A gauge of active instances counts one that had a request since it was last read: at least those that work, at most all.
  const replayedActive = total.active / total.seconds;
  const nearest = Math.min(replayedAlive, Math.max(replayedActive, measuredActive));
  return judged(measuredActive, nearest, "active instances", tolerance);
}

function judged(measured: number, replayed: number, what: string, tolerance: number): Known<ReplayCheck> {
  const deviation = Math.abs(replayed - measured) / Math.max(measured, LEAST_INSTANCES);
  const about = `${replayed.toFixed(2)} ${what} replayed, ${measured.toFixed(2)} measured`;
  if (deviation <= tolerance) return known({ deviation, about });
  return unknown(
    `the replay of today's settings is too far from what was measured (${about}): requests come in bursts shorter than the interval, or instances work outside requests`,
  );
}

function meanOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
}

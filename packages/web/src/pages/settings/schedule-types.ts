import type { Answer } from "../../api/client.ts";
import type { BadgeTone } from "../../components/badge.tsx";

export type Schedule = Answer<"GET /api/v1/schedules">["items"][number];
type Run = Answer<"GET /api/v1/schedules/:id/runs">["items"][number];

export const runTones: Readonly<Record<Run["status"], BadgeTone>> = {
  waiting: "accent",
  running: "accent",
  succeeded: "good",
  failed: "bad",
  skipped: "plain",
};

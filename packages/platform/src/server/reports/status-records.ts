import type { StatusReport } from "../../ledger/programme/status/status-report.ts";
import type { Cells } from "./dataset-parts.ts";

/** What people wrote down beside the tasks, one row a record: what still counts comes first. */
export const recordRows = ({ records, acrossLines, remarks, today }: StatusReport): readonly Cells[] => {
  const over = (title: string, closed: boolean | undefined) => (closed ? `${title} (over)` : title);
  const claims = (records.claims ?? []).map(({ title, saving, note }) => [
    "Claim",
    title,
    `claimed to save ${saving} a month${note === undefined ? "" : `. ${note}`}`,
  ]);
  const across = acrossLines.map(({ plan, tasks, verdict }) => [
    "Verified over several lines",
    tasks.join(", ") || plan,
    `${plan}: ${verdict}`,
  ]);
  return [
    ...(records.risks ?? []).map(({ title, impact, probability, trend, mitigation, closed }) => [
      "Risk",
      over(title, closed),
      `impact ${impact}, probability ${probability}, ${trend}. ${mitigation}`,
    ]),
    ...(records.blockers ?? []).map(({ title, workaround, closed }) => [
      "Blocker",
      over(title, closed),
      workaround === undefined ? "no workaround" : `workaround: ${workaround}`,
    ]),
    ...(records.incidents ?? []).map(({ title, startedAt, endedAt, effect }) => [
      "Incident",
      title,
      `${startedAt} to ${endedAt ?? "now"}. ${effect}`,
    ]),
    ...(records.milestones ?? []).map(({ title, dueOn, closed }) => [
      "Milestone",
      title,
      `${dueOn}: ${closed ? "reached" : dueOn < today ? "passed, and not reached" : "to come"}`,
    ]),
    ...(records["sign-offs"] ?? []).map(({ title, by, role, statement }) => [
      "Sign-off",
      title,
      `${by}${role === undefined ? "" : `, ${role}`}: ${statement}`,
    ]),
    ...claims,
    ...across,
    ...(records.lessons ?? []).map(({ title, lesson }) => ["Lesson", title, lesson]),
    ...remarks.map((remark) => ["Remark", remark, null]),
  ];
};

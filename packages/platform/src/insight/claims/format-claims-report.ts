import type { ClaimFinding, ClaimsReport } from "./audit-claims.ts";
import type { Severity } from "./sheet.ts";

/** A part of the report as a table of texts; who renders it knows widths and colours. */
export interface ReportSection {
  readonly id: "wrong" | "doubtful" | "notes" | "rounding" | "held";
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const FINDING_COLUMNS = ["Claim", "Source", "Says", "Comes to", "Off by", "What"] as const;
const HELD_COLUMNS = ["Claim", "Source", "Says", "Comes to", "Rule"] as const;

const TITLES: readonly (readonly [Severity, ReportSection["id"], string])[] = [
  ["wrong", "wrong", "Wrong"],
  ["doubtful", "doubtful", "Doubtful"],
  ["note", "notes", "Notes"],
];

/** The report in sections for people: what is wrong, what is doubtful, notes, and what held; empty ones left out. */
export function formatClaimsReport(report: ClaimsReport): ReportSection[] {
  const isByRounding = ({ how }: ClaimsReport["held"][number]): boolean =>
    how === "rounded" || how === "inputs-rounded";
  const sections: ReportSection[] = [
    ...TITLES.map(([severity, id, title]) => ({
      id,
      title,
      columns: FINDING_COLUMNS,
      rows: report.findings.filter((finding) => finding.severity === severity).map(findingRow),
    })),
    {
      id: "rounding",
      title: "Consistent with rounding",
      columns: HELD_COLUMNS,
      rows: report.held.filter(isByRounding).map(heldRow),
    },
    {
      id: "held",
      title: "Held",
      columns: HELD_COLUMNS,
      rows: report.held.filter((held) => !isByRounding(held)).map(heldRow),
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** What was looked at and what came of it, in a sentence. */
export function claimsVerdict({ counts }: ClaimsReport): string {
  const held = `${counts.held} of ${counts.checks} checks on ${counts.claims} claims held`;
  return `${held}: ${counts.wrong} wrong, ${counts.doubtful} doubtful, ${counts.notes} notes; ${counts.withinRounding} held by rounding`;
}

function findingRow(finding: ClaimFinding): string[] {
  const { claims, source, claimed, computed, difference, explanation } = finding;
  return [claims[0] ?? "", source, claimed, computed ?? "", difference ?? "", explanation];
}

function heldRow({ claim, source, claimed, computed, rule, how }: ClaimsReport["held"][number]): string[] {
  return [claim, source, claimed, computed, how === "inputs-rounded" ? `${rule}, inputs rounded` : rule];
}

import type { ClaimFinding, ClaimsReport } from "../../insight/claims/audit-claims.ts";
import {
  claimsVerdict,
  formatClaimsReport,
  type ReportSection,
} from "../../insight/claims/format-claims-report.ts";
import type { Block, Document } from "../output/document.ts";

const HEADINGS = [
  ["wrong", "Wrong"],
  ["doubtful", "Doubtful"],
  ["note", "Notes"],
] as const;

/** The page of `trimtab audit-claims`: what is found in sentences; on request all figures in tables, for `--csv`, too. */
export function claimsDocument(report: ClaimsReport, { all }: { readonly all: boolean }): Document {
  const more =
    "With --all, the figures of all findings and what held come as tables, too; --json has everything.";
  return {
    title: `Claims of ${report.title}`,
    subtitle: `${claimsVerdict(report)}.`,
    blocks: [
      ...HEADINGS.flatMap(([severity, heading]) => {
        const findings = report.findings.filter((finding) => finding.severity === severity);
        return findings.length === 0 ? [] : sentences(`${heading} (${findings.length})`, findings);
      }),
      ...(all
        ? formatClaimsReport(report).map(tableOf)
        : [{ kind: "text", tone: "muted", text: more } as const]),
    ],
  };
}

/** Prose beside its claim reads well at any width. */
function sentences(heading: string, findings: readonly ClaimFinding[]): Block[] {
  const facts = findings.map(
    ({ claims, explanation, source }) => [claims[0] ?? "", `${explanation} (${source})`] as const,
  );
  return [
    { kind: "heading", text: heading },
    { kind: "facts", facts },
  ];
}

function tableOf({ id, title, columns, rows }: ReportSection): Block {
  const shown = columns.flatMap((name, index) => (name === "What" ? [] : [{ name, index }]));
  return {
    kind: "table",
    id,
    title: `${title}: the figures (${rows.length})`,
    columns: shown.map(({ name }) => ({ name, kind: "text", wrap: true })),
    rows: rows.map((row) => shown.map(({ index }) => row[index] || null)),
  };
}

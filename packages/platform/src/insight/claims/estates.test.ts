import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../testing/shared-data.ts";
import { auditClaims, type ClaimsReport } from "./audit-claims.ts";
import { claimsVerdict, formatClaimsReport } from "./format-claims-report.ts";
import { parseClaims } from "./parse-claims.ts";
import type { Claim, ClaimsSheet } from "./sheet.ts";

const ESTATES = ["aiprod", "ion", "securebase", "samplemind"] as const;

function sheetOf(estate: string): ClaimsSheet {
  const file = `examples/estates/${estate}/claims.yaml`;
  const path = fileURLToPath(new URL(`../../../../../${file}`, import.meta.url));
  return parseClaims(readFileSync(path, "utf8"), "yaml", file);
}

/** The report as lines a person can check against the paper. */
function text(report: ClaimsReport): string {
  const sections = formatClaimsReport(report).map(({ title, columns, rows }) => {
    const what = columns.indexOf("What");
    const lines = rows.map((row) => {
      const [claim = "", source = "", says = "", ...rest] = row.slice(0, what < 0 ? undefined : what);
      const cells = [says, ...rest]
        .map((cell, index) => [columns[index + 2], cell])
        .filter(([, cell]) => cell !== "");
      const head = `  ${claim}  (${source})  ${cells.map(([name, cell]) => `${name?.toLowerCase()} ${cell}`).join(" | ")}`;
      return what < 0 ? head : `${head}\n      ${row[what]}`;
    });
    return `${title} (${rows.length})\n\n${lines.join("\n")}`;
  });
  return `${report.title}\n${claimsVerdict(report)}\n\n${sections.join("\n\n")}\n`;
}

describe.each(ESTATES)("the papers of %s", (estate) => {
  it("are audited as the golden says", async () => {
    const report = await auditClaims(sheetOf(estate));
    await expect(text(report)).toMatchFileSnapshot(`goldens/${estate}.txt`);
  });

  it("are audited alike each time", async () => {
    expect(await auditClaims(sheetOf(estate))).toEqual(await auditClaims(sheetOf(estate)));
  });
});

/** Figures that a paper gives in words ("doubles", "zero", "2 Frontend, 1 Backend") or by its layout alone. */
const IN_WORDS: ReadonlySet<string> = new Set(
  [
    "est-shares bill-shares indexes-by-table scripts-created database-files",
    "index-tables incidents",
    "week-2-length team team-parts templates doubles-low doubles-high customers",
    "prerequisites-listed reads-all limit-tiers finops-metrics tags cost-alerts runbooks",
  ].flatMap((line) => line.split(" ")),
);

const papers = sharedData("..", "papers");

describe.skipIf(papers === undefined || !existsSync(papers))("every source in a sheet", () => {
  it.each(ESTATES)("of %s is a line of its paper that has the claim's number", (estate) => {
    const missing = sheetOf(estate).claims.flatMap((claim) => {
      const [paper = "", places] = claim.source.split(":");
      if (places === undefined || claim.says === "") return [];
      const lines = readFileSync(`${papers}/${paper}`, "utf8").split("\n");
      const cited = places.split(/[\s,]+/).map((place) => numbersIn(citedText(lines, place)));
      const said = isInWords(claim) ? [] : numbersIn(claim.says);
      const known = [...said, ...numbersIn(claim.target?.text)];
      const isSaid = said.every((number) => cited.some((numbers) => numbers.includes(number)));
      const isCited =
        known.length === 0 || cited.every((numbers) => numbers.some((number) => known.includes(number)));
      return isSaid && isCited ? [] : [`${claim.id}: ${claim.says} @${places}`];
    });
    expect(missing).toEqual([]);
  });
});

function isInWords({ id, value }: Claim): boolean {
  return value.kind === "text" || value.kind === "days" || IN_WORDS.has(id);
}

function citedText(lines: readonly string[], place: string): string {
  const [from = 0, to = from] = place.split("-").map(Number);
  expect(from).toBeGreaterThan(0);
  expect(to).toBeLessThanOrEqual(lines.length);
  return lines.slice(from - 1, to).join("\n");
}

function numbersIn(text = ""): string[] {
  const numbers = text.match(/\d[\d,]*(\.\d+)?/g) ?? [];
  return numbers.map((number) =>
    number
      .replaceAll(",", "")
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, ""),
  );
}

import { basename } from "node:path";
import type { Conformance, Tally } from "../../insight/conformance/judge.ts";
import type { ConformanceReport } from "../../insight/conformance/score-bills.ts";
import type { Block, Document } from "../output/document.ts";

interface Scored {
  readonly what: string;
  readonly result: Conformance;
}

const scoredOf = ({ inputs, mapped }: ConformanceReport): readonly Scored[] => [
  ...inputs.flatMap((input) =>
    input.status === "scored" ? [{ what: `input ${basename(input.file)}`, result: input.result }] : [],
  ),
  ...mapped.map(({ source, result }) => ({ what: `charges of ${source}`, result })),
];

const passedOf = ({ passed, assessable }: Tally): string => `${passed} of ${assessable}`;

const scores = (scored: readonly Scored[]): Block => ({
  kind: "table",
  id: "scores",
  columns: [
    { name: "Rows", kind: "text" },
    { name: "FOCUS", kind: "text" },
    { name: "MUST", kind: "text" },
    { name: "MUST score", kind: "percent" },
    { name: "SHOULD", kind: "text" },
    { name: "SHOULD score", kind: "percent" },
    { name: "Not assessable", kind: "number" },
  ],
  rows: scored.map(({ what, result }) => [
    what,
    result.version,
    passedOf(result.must),
    result.must.score,
    passedOf(result.should),
    result.should.score,
    String(result.notAssessable.length),
  ]),
  note: "A score is the rules that hold of those that the data can answer.",
});

const failures = ({ what, result }: Scored, index: number): Block => ({
  kind: "table",
  id: `failing-${index + 1}`,
  title: `Broken by the ${what}`,
  columns: [
    { name: "Keyword", kind: "text" },
    { name: "Rule", kind: "text" },
    { name: "Requirement", kind: "text", wrap: true },
    { name: "Broken", kind: "number" },
    { name: "Judged", kind: "number" },
    { name: "", kind: "text" },
    { name: "Example", kind: "text", wrap: true },
  ],
  rows: result.failing.map(({ keyword, id, text, failed, judged, unit, example }) => [
    keyword,
    id,
    text,
    String(failed),
    String(judged),
    unit,
    example,
  ]),
});

const openByReason = ({ what, result }: Scored, index: number): Block => {
  const reasons = Map.groupBy(result.notAssessable, ({ reason }) => reason);
  const rows = [...reasons].map(([reason, rules]) => [String(rules.length), reason]);
  return {
    kind: "table",
    id: `not-assessable-${index + 1}`,
    title: `Not assessable in the ${what}, outside the score`,
    columns: [
      { name: "Rules", kind: "number" },
      { name: "Why", kind: "text", wrap: true },
    ],
    rows: rows.sort(([a = "0"], [b = "0"]) => Number(b) - Number(a)),
  };
};

const openRules = ({ what, result }: Scored, index: number): Block => ({
  kind: "table",
  id: `open-rules-${index + 1}`,
  title: `Every rule that is not assessable in the ${what}`,
  columns: [
    { name: "Keyword", kind: "text" },
    { name: "Rule", kind: "text" },
    { name: "Requirement", kind: "text", wrap: true },
    { name: "Why", kind: "text", wrap: true },
  ],
  rows: result.notAssessable.map(({ keyword, id, text, reason }) => [keyword, id, text, reason]),
});

/** Whether any scored rows break a rule that binds. */
export const breaksAMust = (report: ConformanceReport): boolean =>
  scoredOf(report).some(({ result }) => result.must.passed < result.must.assessable);

/** The page of `trimtab conformance`. */
export const conformanceDocument = (
  report: ConformanceReport,
  { all }: { readonly all: boolean },
): Document => {
  const scored = scoredOf(report);
  const unscored = report.inputs.flatMap((input) =>
    input.status === "scored" ? [] : [`${basename(input.file)} as delivered: ${input.reason}`],
  );
  if (report.unmapped !== undefined) unscored.push(`No charges to score: ${report.unmapped}`);
  const none: Block = { kind: "text", text: "There is nothing to score: the lake holds no charges." };
  return {
    title: "FOCUS conformance",
    blocks: [
      ...(scored.length === 0 ? [none] : [scores(scored)]),
      ...(unscored.length === 0 ? [] : [{ kind: "list", items: unscored, tone: "muted" } as const]),
      ...scored.flatMap((one, index) => (one.result.failing.length === 0 ? [] : [failures(one, index)])),
      ...scored.map(openByReason),
      ...(all ? scored.map(openRules) : []),
    ],
  };
};

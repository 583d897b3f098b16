import { atMost, type Figure, type PrintTable } from "../figure.ts";
import { judgeCanaries } from "./canary-noise.ts";
import { judgeInHindsight } from "./hindsight.ts";
import { type Judged, judgeAsChosen, judgeDaily, judgeHourly, judgeNaively } from "./judge-noise.ts";
import { type Case, clusteredRate, percent } from "./tally.ts";
import { readVmNoise } from "./vm-noise.ts";

const points = (share: number): number => 100 * share;

const halves = ["tuned", "untouched"] as const;

/** One line of the table: a way of judging, over one half or all, over all dates or those that are admissible. */
const rowOf = (name: string, which: string, cases: readonly Case[], judged: Judged): readonly string[] => {
  const wrong = clusteredRate(cases);
  const admissible = cases.filter(({ isAdmissible }) => isAdmissible);
  const wrongAdmissible = clusteredRate(admissible);
  const found = clusteredRate(admissible, (one) => one.found);
  const foundAll = clusteredRate(cases, (one) => one.found);
  return [
    name,
    which,
    String(cases.length),
    which === "all" ? `${judged.unmeasured} + ${judged.tooShort}` : "",
    percent(wrong.rate),
    percent(wrong.upper),
    percent(1 - wrong.rate),
    percent(foundAll.rate),
    percent(admissible.length / cases.length),
    percent(wrongAdmissible.rate),
    percent(found.rate),
  ];
};

const HEADER = [
  "Test",
  "Half",
  "Dates judged",
  "Abstained (unmeasured + too short)",
  "Wrong",
  "up to",
  "Interval holds the truth",
  "3 % found",
  "Admissible",
  "Wrong there",
  "3 % found there",
];

/** A band over all looks may hold the truth more often than 95 % of the time; an interval may not. */
const figuresOf = (name: string, { cases }: Judged, coverageGoal: number | null): readonly Figure[] => {
  const wrong = clusteredRate(cases);
  const admissible = cases.filter(({ isAdmissible }) => isAdmissible);
  const found = clusteredRate(admissible, (one) => one.found);
  const note = `${cases.length} dates, 58 files`;
  return [
    atMost(`verify ${name}: wrong`, points(wrong.rate), "%", 5, note),
    atMost(`verify ${name}: wrong, upper bound`, points(wrong.upper), "%", 6, "95 %, clustered by file"),
    atMost(
      `verify ${name}: coverage away from 95`,
      Math.abs(points(1 - wrong.rate) - 95),
      "%",
      coverageGoal,
      percent(1 - wrong.rate),
    ),
    atMost(
      `verify ${name}: 3 % changes missed`,
      points(1 - found.rate),
      "%",
      10,
      `${admissible.length} admissible dates`,
    ),
  ];
};

/** Verification where nothing changed, and where 3 % was injected; docs/guides/verify.md says how it is counted. */
export const benchVerification = async (out: (figure: Figure) => void, table: PrintTable): Promise<void> => {
  const all = readVmNoise();
  if (all === undefined) {
    console.error("skipped: no ../shared/data/timeseries/vm-noise (TRIMTAB_SHARED)");
    return;
  }
  const rows: (readonly string[])[] = [];
  const report = (name: string, judged: Judged, coverageGoal: number | null) => {
    for (const figure of figuresOf(name, judged, coverageGoal)) out(figure);
    rows.push(rowOf(name, "all", judged.cases, judged));
    for (const half of halves)
      rows.push(
        rowOf(
          name,
          half,
          judged.cases.filter((one) => one.half === half),
          judged,
        ),
      );
  };
  for (const days of [1, 3, 7, 14])
    report(`${days} ${days === 1 ? "day" : "days"}`, judgeDaily(all, days), 1);
  report("longest window", judgeAsChosen(all), 1);
  report("72 h, hourly looks", judgeHourly(all, 72), null);
  for (const days of [1, 3, 7, 14]) {
    const { dates, found } = judgeInHindsight(all, days);
    const name = `verify ${days} ${days === 1 ? "day" : "days"}: 3 % changes missed with hindsight`;
    out(
      atMost(name, points(1 - found), "%", null, `${dates} dates; best model and bar of each series known`),
    );
  }
  const naive = clusteredRate(judgeNaively(all, 7));
  out(
    atMost(
      "before against after, 7 days: wrong",
      points(naive.rate),
      "%",
      null,
      `${naive.cases} dates, Welch's test`,
    ),
  );
  const level = judgeCanaries(all, 0.05);
  const fast = judgeCanaries(all, 0);
  const slow = judgeCanaries(all, 0.2);
  const note = `${level.canaries} canaries of 60 pairs, margin 5 %`;
  out(atMost("canary at its margin: stopped", points(level.stopped), "%", 5, note));
  out(atMost("canary at its margin: passed", points(level.passed), "%", 5, note));
  out(atMost("canary as fast: stopped", points(fast.stopped), "%", 5, `${percent(fast.passed)} passed`));
  out(atMost("canary 20 % slower: passed", points(slow.passed), "%", 5, `${percent(slow.stopped)} stopped`));
  table("Verification on machines on which nothing was changed", HEADER, rows);
};

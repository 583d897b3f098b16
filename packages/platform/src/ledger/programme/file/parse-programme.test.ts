import { describe, expect, it } from "vitest";
import { parseChange, parseHours } from "./change-text.ts";
import { formatProgramme, parseProgramme } from "./parse-programme.ts";

const HEAD = `version: 1
name: Autumn
currency: USD
starts: 2026-09-01
`;
const FULL = `${HEAD}ends: 2026-12-31
calendar: {holidays: [2026-09-07]}
rate: 95.50
baseline:
  stated: {Cloud Run: 1200, Cloud SQL: 800.10, Cache: 0}
targets: {Cloud Run: 900}
tasks:
  - id: resize
    title: Fewer instances
    owner: ana
    starts: 2026-09-02
    due: 2026-09-04
    effort: 2..4
    effects: ["-250 on Cloud Run", "−10%..-20% of Cloud Run, Cloud SQL"]
    criteria: ["effective(last 30 days) <= 1900"]
  - id: cache
    title: A cache
    after: resize
    instead-of: []
    effects:
      - {on: Cache, change: "+15", from: 2026-10-01}
claims: [{title: Half of it, saving: 1000, by: [resize, cache]}]
risks:
  - {title: Slower, impact: high, probability: low, trend: steady, mitigation: canary}
sign-offs: [{title: Design, by: ana, statement: Fine}]
`;

const problemOf = (text: string): string => {
  try {
    parseProgramme(text, "p.yaml");
    return "fine";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
const withTask = (more: string) => `${HEAD}tasks:\n  - id: a\n    title: A\n${more}`;

describe("a programme's file", () => {
  it("is read into one form, whatever short forms it uses", () => {
    const programme = parseProgramme(FULL, "p.yaml");
    expect(programme).toMatchObject({
      rate: "95.5",
      baseline: { stated: { "Cloud SQL": "800.1" } },
      tasks: [
        {
          effects: [
            { change: "-250", on: ["Cloud Run"] },
            { change: "−10%..-20%", on: ["Cloud Run", "Cloud SQL"] },
          ],
        },
        { after: ["resize"], effects: [{ on: ["Cache"], change: "+15", from: "2026-10-01" }] },
      ],
    });
    expect("owner" in (programme.tasks[1] ?? {})).toBe(false);
  });

  it("comes out as it went in", () => {
    const programme = parseProgramme(FULL, "p.yaml");
    expect(parseProgramme(formatProgramme(programme), "q.yaml")).toEqual(programme);
  });

  it("keeps the order of its lines, which decides where a charge counts", () => {
    const lines = `${HEAD}baseline: {lines: {Z: ServiceName = 'a' and RegionId = 'b', A: ServiceName = 'a'}}\ntasks: []\n`;
    const programme = parseProgramme(lines, "p.yaml");
    expect(programme.baseline?.lines?.map(({ name }) => name)).toEqual(["Z", "A"]);
    expect(parseProgramme(formatProgramme(programme), "q.yaml")).toEqual(programme);
  });

  it.each([
    ["a: b: c", /p\.yaml:1:\d+: /],
    [`${HEAD}tasks: []\nname: again`, /p\.yaml:6:1: this key stands here a second time/],
    [withTask("    colour: red\n"), /p\.yaml:8:5: tasks\.0\.colour: no key is called "colour"/],
    [withTask("    due: 2026-13-01\n"), /p\.yaml:8:5: tasks\.0\.due: /],
    [withTask("    after: [b]\n"), /p\.yaml:8:5: no task has the id b/],
    [withTask("    after: [a]\n"), /p\.yaml:8:5: tasks wait for each other: a → a/],
    [withTask("    effects: [-250 Cloud Run]\n"), /p\.yaml:8:15: tasks\.0\.effects\.0: an effect is/],
    [withTask("    effects: [-120% on Run]\n"), /p\.yaml:8:15: .*more than 100 %/],
    [withTask("    effects: [{on: Run, change: much}]\n"), /p\.yaml:8:25: .*much is no change such as/],
    [withTask("    starts: 2026-09-03\n    due: 2026-09-02\n"), /p\.yaml:9:5: a is due before it starts/],
    [withTask("  - {id: a, title: B}\n"), /p\.yaml:8:6: a second task has the id a/],
    [
      withTask("    effects: [-5 on Runn]\nbaseline: {stated: {Run: 5}}\n"),
      /p\.yaml:8:15: Runn is no line of the baseline: Run/,
    ],
  ])("names the place of a mistake: %#", (text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });
});

describe("a change", () => {
  const by = (text: string) => {
    const parsed = parseChange(text);
    if (parsed.status === "unreadable") return parsed.problem;
    const { low, mid, high } = parsed.change.by;
    return [parsed.change.kind, ...[low, mid, high].map(String)].join(" ");
  };

  it("is an amount or a share, as one figure, a range or three", () => {
    expect(by("-2,100.50")).toBe("amount 2100.5 2100.5 2100.5");
    expect(by("−30%")).toBe("share 0.3 0.3 0.3");
    expect(by("-20%..-25%")).toBe("share 0.2 0.225 0.25");
    expect(by("-0/-250/-300")).toBe("amount 0 250 300");
    expect(by("+20..+10")).toBe("amount -20 -15 -10");
  });

  it("is refused where it is none, or out of order", () => {
    expect(by("250")).toMatch(/no change/);
    expect(by("-1/-2")).toMatch(/no change/);
    expect(by("-1..-5%")).toMatch(/mixes/);
    expect(by("-30..-20")).toMatch(/least to the most/);
  });

  it("has hours of work beside it", () => {
    expect(parseHours("2..5")).toMatchObject({ mid: expect.objectContaining({}) });
    expect(String(parseHours("2..5")?.mid)).toBe("3.5");
    expect(parseHours("5..2")).toBeUndefined();
    expect(parseHours("soon")).toBeUndefined();
  });
});

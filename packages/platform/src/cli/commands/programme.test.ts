import { describe, expect, it } from "vitest";
import { acceptRecommendations } from "../../testing/accepted.ts";
import { type ProgrammeLake, programmeLake } from "../../testing/programme-lake.ts";
import { sampleRecommendation } from "../../testing/sample-recommendation.ts";

const FILE = `version: 1
name: Autumn
currency: USD
starts: 2026-07-06
target: 800
tasks:
  - id: resize
    title: Fewer instances
    owner: ana
    starts: 2026-07-06
    due: 2026-07-08
    effects: [-250 on Cloud Run]
  - id: commit
    title: A commitment on what is left
    days: 1
    after: resize
    effects: [{on: [Cloud Run, Cloud SQL], change: -40%, from: 2026-07-09, until: 2029-07-09}]
  - id: alerts
    title: Alerts
    days: 2
    avoids: 500
claims: [{title: All of it, saving: 1300}]
risks: [{title: Slower, impact: high, probability: low, trend: steady, mitigation: canary}]
milestones: [{title: Half way, dueOn: 2026-07-08, tasks: [resize]}]
`;

const begin = async (): Promise<ProgrammeLake> => {
  const lake = await programmeLake("2026-05", "2026-06");
  lake.write("p.yaml", FILE);
  return lake;
};
const changesOf = (out: string): string[] =>
  JSON.parse(out).changes.map(({ what, change }: { what: string; change: string }) => `${what} ${change}`);

describe("trimtab programme import", () => {
  it("says what it does, does it once, and the export is the file", async () => {
    const { cli, write } = await begin();
    const dry = await cli("programme", "import", "p.yaml", "--dry-run", "--json");
    expect(changesOf(dry.out)).toEqual([
      "programme Autumn added",
      "task resize added",
      "task commit added",
      "task alerts added",
      "task commit changed",
      "risk Slower added",
      "milestone Half way added",
    ]);
    expect((await cli("programme", "export")).err).toContain("PROGRAMME_NOT_CHOSEN");
    expect(changesOf((await cli("programme", "import", "p.yaml", "--json")).out)).toHaveLength(7);
    expect((await cli("programme", "import", "p.yaml")).out).toContain("nothing to do");
    const { out } = await cli("programme", "export");
    write("q.yaml", out);
    expect((await cli("programme", "import", "q.yaml")).out).toContain("nothing to do");
  });

  it("changes what the file changes, cancels what it leaves out, and takes it up again", async () => {
    const { cli, write } = await begin();
    await cli("programme", "import", "p.yaml");
    const shorter = FILE.replace("owner: ana", "owner: bob")
      .replace(/ {2}- id: alerts[\s\S]*avoids: 500\n/, "")
      .replace("    after: resize\n", "")
      .replace("probability: low", "probability: high");
    write("p2.yaml", shorter);
    const { out } = await cli("programme", "import", "p2.yaml", "--json");
    expect(changesOf(out)).toEqual([
      "task resize changed",
      "task commit changed",
      "task alerts cancelled",
      "risk Slower changed",
    ]);
    expect(out).toContain("owner: ana → bob");
    expect(out).toContain("waits for nothing instead of resize");
    expect((await cli("programme", "import", "p2.yaml")).out).toContain("nothing to do");
    expect(changesOf((await cli("programme", "import", "p.yaml", "--json")).out)).toContain(
      "task alerts reopened",
    );
  });

  it("leaves a task cancelled that a person cancelled, and keeps nothing of a wrong file", async () => {
    const { cli, write } = await begin();
    write("wrong.yaml", FILE.replace("after: resize", "after: resise"));
    const wrong = await cli("programme", "import", "wrong.yaml");
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("wrong.yaml:16:5") });
    await cli("programme", "import", "p.yaml");
    expect(await cli("programme", "task", "alerts", "cancel", "--reason", "there are some")).toMatchObject({
      code: 0,
    });
    expect((await cli("programme", "import", "p.yaml")).out).toContain("nothing to do");
    expect((await cli("programme", "export")).out).not.toContain("alerts");
  });
});

describe("trimtab programme task", () => {
  it("moves tasks by the rules, and none to done", async () => {
    const { cli } = await begin();
    await cli("programme", "import", "p.yaml");
    expect((await cli("programme", "task", "commit", "start")).err).toMatch(/depends on, is not done/);
    expect(await cli("programme", "task", "resize", "start")).toMatchObject({ code: 0 });
    expect((await cli("programme", "task", "resize", "done")).code).toBe(2);
    expect((await cli("programme", "task", "resise", "start")).err).toContain('Did you mean "resize"');
    expect((await cli("programme", "--json")).out).toContain('"status": "in-progress"');
  });
});

describe("trimtab programme waterfall", () => {
  it("goes from the last whole month to the target, with nothing counted twice", async () => {
    const { cli } = await begin();
    const { out, err } = await cli("programme", "waterfall", "--file", "p.yaml", "--json");
    expect(err).toBe("");
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({
      baseline: { from: { kind: "bill", first: "2026-06", last: "2026-06" } },
      at: "2026-07-10",
      start: "1360",
      end: { low: "690", mid: "690", high: "690" },
      saved: { mid: "670", currency: "USD" },
      overlap: { mid: "100" },
      steps: [
        { key: "alerts", marginal: { mid: "0" } },
        { key: "resize", marginal: { mid: "250" } },
        { key: "commit", marginal: { mid: "420" }, alone: { mid: "520" } },
      ],
      later: [{ on: "2029-07-09", monthly: { mid: "1110" } }],
    });
  });

  it("reads well, and so does the chart", async () => {
    const { cli } = await begin();
    await cli("programme", "import", "p.yaml");
    await expect((await cli("programme", "waterfall")).out).toMatchFileSnapshot(
      "goldens/programme-waterfall.txt",
    );
    await expect((await cli("programme")).out).toMatchFileSnapshot("goldens/programme.txt");
  });

  it("says so where there is nothing to start from", async () => {
    const lake = await programmeLake();
    lake.write("p.yaml", FILE);
    expect(await lake.cli("programme", "waterfall", "--file", "p.yaml")).toMatchObject({
      code: 2,
      err: expect.stringContaining("PROGRAMME_NO_BASELINE"),
    });
    expect((await lake.cli("programme", "--file", "p.yaml")).out).toContain("There is no cost to start from");
  });
});

describe("trimtab programme create", () => {
  it("makes a task of each accepted recommendation; what two take from one resource is counted once", async () => {
    const { cli, cwd } = await begin();
    expect((await cli("programme", "create", "Mine")).err).toContain("PROGRAMME_NOTHING_ACCEPTED");
    const first = sampleRecommendation("api", { costNow: "1000", net: "400" });
    const second = sampleRecommendation("api", { costNow: "1000", net: "300", fingerprint: "nights" });
    const elsewhere = sampleRecommendation("unbilled");
    await acceptRecommendations(cwd, [first, second, elsewhere]);
    expect((await cli("programme", "create", "Mine")).code).toBe(0);
    expect((await cli("programme", "create", "Mine")).out).toContain("nothing to do");
    const answer = JSON.parse((await cli("programme", "waterfall", "--json")).out);
    expect(answer.steps.map(({ marginal }: { marginal: { mid: string } }) => marginal.mid)).toEqual([
      "400",
      "180",
      "0",
    ]);
    expect(answer.remarks).toEqual([expect.stringContaining("the bill does not show unbilled")]);
  });

  it("refuses alternatives and says which", async () => {
    const { cli, cwd } = await begin();
    const first = sampleRecommendation("api");
    const second = sampleRecommendation("api", { fingerprint: "off" });
    await acceptRecommendations(cwd, [{ ...first, alternatives: [second.key] }, second]);
    expect((await cli("programme", "create", "Mine")).err).toMatch(
      /Fewer instances of api\) and Fewer instances of api exclude/,
    );
  });

  it("counts what a commitment pays for from the day on which it ends", async () => {
    const { cli, cwd } = await begin();
    const until = "2026-11-01T00:00:00Z" as never;
    await acceptRecommendations(cwd, [
      sampleRecommendation("api", { costNow: "1000", net: "100", gross: "500", until }),
    ]);
    await cli("programme", "create", "Mine");
    const at = async (day: string) =>
      JSON.parse((await cli("programme", "waterfall", "--at", day, "--json")).out);
    expect(await at("2026-10-31")).toMatchObject({
      saved: { mid: "100" },
      later: [{ on: "2026-11-01", monthly: { mid: "860" } }],
    });
    expect(await at("2026-11-01")).toMatchObject({ saved: { mid: "500" }, later: [] });
  });
});

import { describe, expect, it } from "vitest";
import { programmeLake } from "../../testing/programme-lake.ts";

const file = (limit: number) => `version: 1
name: Autumn
currency: USD
starts: 2026-05-04
tasks:
  - id: resize
    title: Fewer instances
    criteria: ["effective(ServiceName = 'Cloud Run', last month) <= ${limit}"]
  - id: commit
    title: A commitment
    after: resize
    criteria: ["effective(last month) / 2 < $700", "signed-off('Contract') >= 1"]
  - id: faster
    title: Faster
    criteria: ["p95(request.latency, 'api') < 50 ms"]
  - id: unknown
    title: Of another service
    criteria: ["effective(ServiceName = 'Cloud Runn', last month) <= 5"]
  - id: talk
    title: Talk about it
`;
interface Judged {
  readonly task: string;
  readonly verdict: string;
  readonly remark: string;
  readonly results: readonly { readonly outcome: string; readonly found: string }[];
}
const judged = (out: string): Record<string, Judged> =>
  Object.fromEntries((JSON.parse(out).tasks as Judged[]).map((task) => [task.task, task]));

describe("trimtab programme check", () => {
  it("ticks by evidence what is in work, and says why it does not tick the others", async () => {
    const { cli, write } = await programmeLake("2026-06");
    write("p.yaml", file(1000));
    await cli("programme", "import", "p.yaml");
    const before = judged((await cli("programme", "check", "--json")).out);
    expect(before.resize).toMatchObject({
      verdict: "unchanged",
      remark: expect.stringContaining("before work on it began"),
    });
    await cli("programme", "task", "resize", "start");
    const { code, out } = await cli("programme", "check", "--json");
    expect(code).toBe(1);
    expect(judged(out)).toMatchObject({
      resize: { verdict: "done", results: [{ outcome: "holds", found: "1,000 USD <= 1,000 USD" }] },
      commit: {
        verdict: "unchanged",
        remark: "not yet: 0 >= 1",
        results: [{ outcome: "holds", found: "680 USD < $700" }, { outcome: "fails" }],
      },
      faster: {
        results: [{ outcome: "unknown", found: "there is no p95 of request.latency of api in that time" }],
      },
      unknown: { results: [{ outcome: "unknown", found: "no charge fits its condition in that time" }] },
      talk: { remark: expect.stringContaining("no success criterion") },
    });
    const shown = JSON.parse((await cli("programme", "--json")).out);
    expect(shown.facts.resize).toMatchObject({ status: "done", doneOn: "2026-07-01" });
    expect((await cli("programme", "task", "commit", "start")).code).toBe(0);
  });

  it("unticks what no longer holds, once a later month shows it", async () => {
    const { cli, write, at } = await programmeLake("2026-06");
    write("p.yaml", file(1000));
    await cli("programme", "import", "p.yaml");
    await cli("programme", "task", "resize", "start");
    await cli("programme", "check");
    write("p.yaml", file(999));
    await cli("programme", "import", "p.yaml");
    const later = at("2026-07-20T00:00:00Z");
    expect(judged((await later("programme", "check", "--dry-run", "--json")).out).resize?.verdict).toBe(
      "undone",
    );
    expect((await cli("programme", "--json")).out).toContain('"status": "done"');
    const { out } = await later("programme", "check", "--json");
    expect(judged(out).resize?.remark).toBe("it no longer holds: 1,000 USD <= 999 USD");
    expect(JSON.parse((await cli("programme", "--json")).out).facts.resize.status).toBe("in-progress");
  });

  it("refuses a criterion that can't be read, with its place in the file", async () => {
    const { cli, write } = await programmeLake();
    write("p.yaml", file(1000).replace("< 50 ms", ""));
    expect((await cli("programme", "import", "p.yaml")).err).toMatch(
      /p\.yaml:15:16: .*a comparison is missing/,
    );
  });

  it("reads well", async () => {
    const { cli, write } = await programmeLake("2026-06");
    write("p.yaml", file(900));
    const { out } = await cli("programme", "check", "--file", "p.yaml");
    await expect(out).toMatchFileSnapshot("goldens/programme-check.txt");
  });
});

import { describe, expect, it } from "vitest";
import { cloudRun, service } from "../../testing/action-fixtures.ts";
import { makeBody } from "../../testing/plan-home.ts";
import { canaryPower } from "./canary-power.ts";
import { shellText, terraformText } from "./plan-text.ts";

const bodyOf = (
  changes: readonly { setting: string; from: string | number; to: string | number }[],
  policy: string,
) =>
  makeBody({
    action: "cloud-run",
    changes: [{ resource: service("api"), changes }],
    run: cloudRun({})().run,
    now: new Date("2026-07-01T12:00:00Z"),
    policy,
  });

describe("a plan as text", () => {
  it("comments out the way back and whatever is no command", async () => {
    const body = await bodyOf([{ setting: "cpu", from: "2", to: "1" }], "version: 1\ncanaryShares: [100]\n");
    const hostile = { ...body, notes: ["first\nrm -rf /"] };
    const lines = shellText(hostile).split("\n");
    const commands = lines.filter((line) => line !== "" && !line.startsWith("#"));
    expect(commands[0]).toBe("set -eu");
    expect(commands.slice(1)).toHaveLength(2);
    expect(commands.slice(1).every((line) => line.startsWith("gcloud run services "))).toBe(true);
  });

  it("is a patch of Terraform with strings that hold no templates", async () => {
    const body = await bodyOf([{ setting: "memoryMiB", from: 2048, to: 1024 }], "version: 1\n");
    expect(terraformText(body)).toMatchInlineSnapshot(`
      "# Change api
      resource "google_cloud_run_v2_service" "api" {
        name = "api"
        location = "us-central1"
        project = "p-1"
        template {
          containers {
            resources {
              limits = {
                memory = "1024Mi"
              }
            }
          }
        }
      }
      "
    `);
    const [change] = body.changes;
    if (change?.terraform === undefined) throw new Error("No form");
    const name = ["x$", "{file(1)} %", "{if}"].join("");
    const hostile = { ...body, changes: [{ ...change, terraform: { type: "t", attributes: { name } } }] };
    expect(terraformText(hostile)).toContain(['name = "x$$', "{file(1)} %%", '{if}"'].join(""));
  });
});

describe("what a plan costs and can't prove", () => {
  it("prices both versions at once, at most", async () => {
    // 730 a month are 1 an hour; one canary stage of 10 minutes and 5 of settling.
    const body = await bodyOf(
      [{ setting: "cpu", from: "2", to: "1" }],
      "version: 1\ncanaryShares: [50, 100]\n",
    );
    expect(body.overlap).toEqual([{ currency: "USD", amount: "0.25" }]);
    expect(body.moneyAtRisk).toEqual([{ currency: "USD", amount: "730" }]);
    expect(body.saving).toEqual([{ currency: "USD", low: "80", mid: "100", high: "120" }]);
  });

  it("says the smallest rise that a share of the traffic can show", () => {
    const points = Array.from({ length: 25 }, (_, hour): [string, number] => [
      new Date(Date.UTC(2026, 6, 1, hour)).toISOString(),
      36_000,
    ]);
    const evidence = [{ metric: "requests", statistic: "sum", points }];
    // 10 requests a second for 600 s at 5 %: 300 of 6000. 2.487 × √(0.0475 × (1/300 + 1/5700)) = 0.0321
    expect(canaryPower(evidence, 5, 600)).toMatchObject({ requests: 300, smallestRise: 0.0321 });
    expect(canaryPower([], 5, 600).about).toContain("may prove nothing");
    expect(canaryPower(evidence, 5, 1).about).toContain("not one request");
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { service } from "../../packages/platform/src/testing/action-fixtures.ts";
import { acceptChanges, recommendationBody } from "../../packages/platform/src/testing/plan-home.ts";
import { type CliOutcome, runCli } from "../../packages/platform/src/testing/run-cli.ts";
import { STATE_ENGINES } from "../../packages/platform/src/testing/state-engines.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { makeCloud } from "../reliability/file-cloud.ts";

// Each command is a program of its own, started twice over.
vi.setConfig({ testTimeout: 600_000 });

const changes = [
  { resource: service("web"), changes: [{ setting: "minInstances", from: 2, to: 1 }] },
  { resource: service("api"), changes: [{ setting: "cpu", from: "2", to: "1" }] },
];

const policy = `version: 1
watchSeconds: 0
canaryShares: [50, 100]
approvals:
  rules: [{ about: Cloud Run, when: { action: cloud-run }, needs: 1, approvers: [anna, maker] }]
stagingFirst: [{ staging: api, before: web }]
`;

const prepare = async () => {
  const home = await STATE_ENGINES[0]?.home();
  if (home === undefined) throw new Error("No engine");
  const cloud = makeCloud(tempFolder());
  const file = join(tempFolder(), "policy.yaml");
  writeFileSync(file, policy);
  const state = await home.open({ now: () => new Date("2026-07-01T00:00:00Z") });
  const ids = await acceptChanges(
    state,
    changes.map((change) => recommendationBody("cloud-run", change)),
  );
  const cli = (actor: string, ...argv: readonly string[]): Promise<CliOutcome> =>
    runCli(argv, { env: { ...home.env, ...cloud.env, TRIMTAB_ACTOR: actor, TRIMTAB_POLICY: file } });
  return { cloud, ids, cli, state };
};

const jsonOf = ({ out }: CliOutcome) => JSON.parse(out) as { readonly id: string; readonly digest: string };

describe("from a recommendation to a change", () => {
  it("goes by plan, approve and apply, and back", async () => {
    const { cli, cloud, ids } = await prepare();
    const made = await cli("maker", "plan", ...ids, "--json");
    expect(made.err).toBe("");
    const { id, digest } = jsonOf(made);

    const shown = await cli("anna", "plan", "show", id);
    expect(shown.out).toContain("Still needs");
    expect(shown.out).toContain("1 for Cloud Run (anna, maker)");
    const shell = await cli("anna", "plan", "show", id, "--shell");
    expect(shell.out).toMatch(/^gcloud run services update-traffic api --to-latest --project=p-1/m);
    // Staging first, though it was named second.
    expect(shell.out.indexOf("--cpu=1")).toBeLessThan(shell.out.indexOf("--min=1"));
    const terraform = await cli("anna", "plan", "show", id, "--terraform");
    expect(terraform.out).toContain('resource "google_cloud_run_v2_service" "api" {');
    expect(terraform.out).toContain('cpu = "1"');

    const early = await cli("maker", "apply", id);
    expect([early.code, early.out]).toEqual([
      1,
      expect.stringContaining("approvals are missing: 1 for Cloud Run"),
    ]);
    const own = await cli("maker", "approve", id, "--digest", digest.slice(0, 12));
    expect(own.err).toContain("who made a plan may not approve it alone");
    const unread = await cli("anna", "approve", id, "--digest", "0".repeat(12));
    expect(unread.err).toContain("STATE_APPROVAL_REFUSED");
    const approved = await cli("anna", "approve", id, "--digest", digest.slice(0, 12));
    expect(approved.code).toBe(0);

    const dry = await cli("maker", "apply", id);
    expect([dry.code, dry.out]).toEqual([0, expect.stringContaining("Nothing is in the way")]);
    expect(cloud.read().effects).toEqual([]);
    const run = await cli("maker", "apply", id, "--execute");
    expect([run.code, run.out]).toEqual([0, expect.stringContaining("Applied")]);
    expect(cloud.read().effects).toHaveLength(4);
    const back = await cli("maker", "apply", id, "--rollback");
    expect([back.code, back.out]).toEqual([0, expect.stringContaining("Taken back")]);
    const list = await cli("maker", "plan", "list");
    expect(list.out).toContain("rolled-back");
  });

  it("is refused where it was not accepted, is not as it was found, or is stopped", async () => {
    const { cli, cloud, ids, state } = await prepare();
    const [web = "", api = ""] = ids;
    const staged = await cli("maker", "plan", web);
    expect(staged.err).toContain("the policy wants api changed before web");
    const made = jsonOf(await cli("maker", "plan", api, "--json"));
    await cli("anna", "approve", made.id, "--digest", made.digest);
    await cli("anna", "apply", "stop", "--reason", "incident 7");
    const stopped = await cli("maker", "apply", made.id, "--execute");
    expect([stopped.code, stopped.err]).toEqual([1, expect.stringContaining("anna: incident 7")]);
    await cli("anna", "apply", "allow");
    expect(cloud.read().effects).toEqual([]);
    const withdrawn = await cli("maker", "plan", "withdraw", made.id, "--reason", "by hand");
    expect(withdrawn.code).toBe(0);

    await acceptChanges(state, []);
    const gone = await cli("maker", "plan", api);
    expect([gone.code, gone.err]).toEqual([2, expect.stringContaining("PLAN_NOT_ACCEPTED")]);
  });
});

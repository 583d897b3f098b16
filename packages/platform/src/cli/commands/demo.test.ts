import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ESTATE_IDS } from "../../demo/estate.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const SLOW_MS = 120_000;

/** A home of its own, and a lake that is a person's. */
function surroundings() {
  const folder = tempFolder();
  return { folder, env: { XDG_DATA_HOME: join(folder, "data"), TRIMTAB_LAKE: join(folder, "mine") } };
}

describe("demo", () => {
  const totals = { aiprod: "59480.69", ion: "7380.00", securebase: "106.61", samplemind: "12300.00" };

  it.each(ESTATE_IDS)(
    "loads the bills of %s: what is billed is what was published",
    { timeout: SLOW_MS },
    async (id) => {
      const { folder, env } = surroundings();
      const { code, out, err } = await runCli(["demo", "--estate", id, "--keep", "bills", "--json"], {
        cwd: folder,
        env,
      });
      expect(err).toBe("");
      expect(JSON.parse(out)).toMatchObject([{ estate: id, published: totals[id], isExact: true }]);
      expect(code).toBe(0);
      expect(readdirSync(join(folder, "bills", id))).toContain("anomalies.json");
      expect(existsSync(env.TRIMTAB_LAKE)).toBe(false);
    },
  );

  it("suggests commands that work as they stand, and starts anew each time", {
    timeout: SLOW_MS,
  }, async () => {
    const { folder, env } = surroundings();
    await runCli(["demo", "--estate", "samplemind"], { cwd: folder, env });
    const { out, code } = await runCli(["demo", "--estate", "samplemind"], {
      cwd: folder,
      env,
      columns: 400,
    });
    expect(code).toBe(0);
    expect(out).toContain("✓ 12,300.00 USD published, 12,300.00 USD in the lake: exact");
    expect(out).toMatch(/whole: 5,693 charges, in place of 1 load/);
    const commands = out.split("\n").filter((line) => line.startsWith("  trimtab "));
    expect(commands.length).toBeGreaterThanOrEqual(4);
    for (const command of commands) {
      const words = [...command.trim().matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? "",
      );
      const outcome = await runCli(words.slice(1), { cwd: folder, env });
      expect({ command, err: outcome.err, bad: outcome.code > 1 }).toEqual({ command, err: "", bad: false });
    }
  });
});

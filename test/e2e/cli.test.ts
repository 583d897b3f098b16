import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFocusBill } from "../../packages/platform/src/testing/focus-bill.ts";

const bin = resolve(import.meta.dirname, "../../packages/platform/bin/trimtab.js");
const folder = mkdtempSync(join(tmpdir(), "trimtab-cli-"));
const { FORCE_COLOR: _forced, NO_COLOR: _without, ...inherited } = process.env;
const lake = join(folder, "lake");
const env = { ...inherited, TRIMTAB_LAKE: lake };

/** Charges enough that a load is still under way when the test interrupts it. */
const many = Array.from({ length: 60_000 }, (_, index) => ({
  day: `2026-06-${String((index % 30) + 1).padStart(2, "0")}`,
  billed: "0.01",
  service: `service ${index % 50}`,
}));

const trimtab = (...args: readonly string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", env });

beforeAll(() => {
  writeFocusBill(join(folder, "small.csv"), many.slice(0, 2000));
  writeFocusBill(join(folder, "large.csv"), many);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the program as a process", () => {
  it("loads, answers and exits by itself", () => {
    expect(trimtab("ingest", join(folder, "small.csv"))).toMatchObject({ status: 0, stderr: "" });
    expect(trimtab("query", "billed")).toMatchObject({ status: 0, stderr: "" });
    expect(trimtab("qeury")).toMatchObject({ status: 2, stdout: "" });
  });

  it("stays silent when its reader leaves early", () => {
    const script = `"$0" "$1" query "billed by ServiceName, ChargePeriodStart" --csv | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", script, process.execPath, bin], {
      encoding: "utf8",
      env,
    });
    expect(stderr).toBe("");
    expect(stdout).toBe("ServiceName,ChargePeriodStart,billed\n0\n");
  });

  it("stops at Ctrl-C with 130 and leaves the lake as it was", async () => {
    const before = trimtab("query", "billed", "--json").stdout;
    const child = spawn(process.execPath, [bin, "ingest", join(folder, "large.csv")], { env, stdio: "pipe" });
    let err = "";
    child.stderr.on("data", (chunk) => (err += chunk));
    const ended = new Promise((done) => child.on("exit", (code, signal) => done({ code, signal })));
    while (readdirSync(join(lake, "_tmp")).length === 0) await delay(5);
    child.kill("SIGINT");
    const outcome = await ended;
    expect({ outcome, err }).toEqual({
      outcome: { code: 130, signal: null },
      err: "Interrupted. No load is left half done.\n",
    });
    expect(trimtab("query", "billed", "--json").stdout).toBe(before);
    expect(trimtab("doctor", "--offline", "--json")).toMatchObject({ status: 0 });
  });
});

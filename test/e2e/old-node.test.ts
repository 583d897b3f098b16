import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const repository = resolve(import.meta.dirname, "../..");

/** Runs a file on this Node, which is made to say that it is `version`. */
function runAs(version: string, file: string, ...args: string[]) {
  const versions = `{ value: { ...process.versions, node: ${JSON.stringify(version)} } }`;
  const preload = `data:text/javascript,Object.defineProperty(process, "versions", ${versions})`;
  return spawnSync(process.execPath, ["--import", preload, resolve(repository, file), ...args], {
    encoding: "utf8",
  });
}

describe("on a Node that is too old", () => {
  it.each(["scripts/check-node.js", "packages/platform/bin/trimtab.js"])("%s says so in one line", (file) => {
    const { status, stdout, stderr } = runAs("20.20.2", file);
    expect(status).not.toBe(0);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^[^\n]*20\.20\.2[^\n]*\n$/);
    expect(stderr).toContain("24 or newer");
  });

  it.each(["24.0.0", "26.10.0"])("and lets %s pass", (version) => {
    expect(runAs(version, "scripts/check-node.js").status).toBe(0);
    expect(runAs(version, "packages/platform/bin/trimtab.js", "--version").status).toBe(0);
  });
});

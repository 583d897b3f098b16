import { spawn } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../testing/temp-folder.ts";
import { commandText } from "./command-runner.ts";
import { maskerFor } from "./mask-secrets.ts";
import { commandRunner } from "./run-command.ts";

const { signal } = new AbortController();

/** A tool of these lines of shell, first in PATH. */
const toolOf = (lines: string): { readonly folder: string; readonly PATH: string } => {
  const folder = tempFolder();
  writeFileSync(join(folder, "gcloud"), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(folder, "gcloud"), 0o755);
  return { folder, PATH: `${folder}:${process.env.PATH}` };
};

describe("a command", () => {
  it("gets its arguments as they are, and no more of the environment than its cloud needs", async () => {
    const { PATH } = toolOf('printf "%s|" "$@"; env');
    const run = commandRunner({
      PATH,
      DATABASE_URL: "postgres://secret",
      CLOUDSDK_CORE_PROJECT: "p",
      TRIMTAB_SECRET_KEY: "k",
    });
    const args = ["a b", "$(touch /nowhere)", "'; rm -rf x", "--x=*"];
    const outcome = await run({ tool: "gcloud", args }, { timeoutMs: 20_000, signal });
    if (outcome.status !== "ended") throw new Error(outcome.status);
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stdout.startsWith(`${args.join("|")}|`)).toBe(true);
    expect(outcome.stdout).toContain("CLOUDSDK_CORE_PROJECT=p");
    expect(outcome.stdout).not.toMatch(/DATABASE_URL|TRIMTAB_SECRET_KEY/);
  });

  it("tells how it ended, with secrets masked", async () => {
    const { PATH } = toolOf('echo "token ya29.abcdef and $AWS_SECRET_ACCESS_KEY" >&2; exit 7');
    const run = commandRunner({ PATH, AWS_SECRET_ACCESS_KEY: "very-secret-value" });
    await expect(run({ tool: "gcloud", args: [] }, { timeoutMs: 20_000, signal })).resolves.toEqual({
      status: "ended",
      exitCode: 7,
      stdout: "",
      stderr: "token ••• and •••\n",
    });
  });

  it("is a clear error where its tool is not there", async () => {
    const run = commandRunner({ PATH: "/nowhere" });
    const failure = { code: "APPLY_TOOL_MISSING", message: "gcloud is not to be found" };
    await expect(run({ tool: "gcloud", args: [] }, { timeoutMs: 20_000, signal })).rejects.toMatchObject(
      failure,
    );
  });

  it("is ended when its time is over", async () => {
    const { PATH } = toolOf("exec sleep 600");
    const run = commandRunner({ PATH });
    const outcome = await run({ tool: "gcloud", args: [] }, { timeoutMs: 300, signal });
    expect(outcome.status).toBe("timed-out");
  });

  it("ends with the process that started it, even by a kill, and does not finish its work later", async () => {
    const { folder, PATH } = toolOf('touch "$CLOUDSDK_CONFIG/begun"; sleep 3; touch "$CLOUDSDK_CONFIG/done"');
    const script = `
      const { commandRunner } = await import(${JSON.stringify(join(import.meta.dirname, "run-command.ts"))});
      await commandRunner(process.env)({ tool: "gcloud", args: [] }, { timeoutMs: 60000, signal: new AbortController().signal });`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      env: { PATH, CLOUDSDK_CONFIG: folder },
      stdio: "ignore",
    });
    for (let wait = 0; wait < 300 && !existsSync(join(folder, "begun")); wait++) await sleep(50);
    expect(existsSync(join(folder, "begun"))).toBe(true);
    parent.kill("SIGKILL");
    await sleep(4500);
    expect(existsSync(join(folder, "done"))).toBe(false);
  });
});

describe("secrets", () => {
  it.each([
    ["Authorization: Bearer abcdefghijkl", "Authorization: •••"],
    ["https://user:hunter2@host/x", "https://user:•••@host/x"],
    ['"private_key": "abcdefgh"', '"private_key": "•••"'],
    ["AKIAABCDEFGHIJKLMNOP", "•••"],
    ["--min-instances=2 api", "--min-instances=2 api"],
  ])("are masked in %s", (text, masked) => {
    expect(maskerFor({})(text)).toBe(masked);
  });
});

describe("a command's text", () => {
  it("is quoted so that a shell would read the same words", () => {
    expect(commandText({ tool: "gcloud", args: ["--a=b,c", "it's $HOME", ""] })).toBe(
      "gcloud --a=b,c 'it'\\''s $HOME' ''",
    );
  });

  it("is read back by a real shell as the same words", async () => {
    const words = ["it's", "a b", "$HOME", "`x`", "*", "--x='y'", "\\", '"'];
    const text = commandText({ tool: "gcloud", args: words }).replace("gcloud", 'printf "%s\\n"');
    const shell = spawn("sh", ["-c", text]);
    let out = "";
    shell.stdout.on("data", (chunk) => {
      out += String(chunk);
    });
    await new Promise((resolve) => shell.on("close", resolve));
    expect(out.split("\n").slice(0, -1)).toEqual(words);
  });
});

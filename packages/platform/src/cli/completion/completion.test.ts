import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type Commands, defineCommand } from "../command.ts";
import { bashScript } from "./bash.ts";
import { completionModel } from "./completion-model.ts";
import { fishScript } from "./fish.ts";
import { zshScript } from "./zsh.ts";

const names = ["query", "lake history", "lake diff", "sources", "sources infer"];
const commands: Commands = Object.fromEntries(
  names.map((name) => {
    const command = defineCommand({
      name,
      summary: `what ${name} does: [it's] $(touch /tmp/owned)`,
      group: "ask",
      examples: [],
      ...(name === "query"
        ? {
            args: [{ name: "form", description: "form of it", choices: ["short", "long"] }],
            options: [
              { name: "kind", value: "KIND", description: "kind: of it", choices: ["deep", "flat"] },
              { name: "verify", short: "v", description: "check twice" },
            ],
          }
        : {}),
      async run() {
        return { document: { title: "", blocks: [] } };
      },
    });
    return [name, { group: command.group, summary: command.summary, load: async () => command }];
  }),
);
const model = await completionModel(commands);
const has = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;

/** What bash would offer for the last word. */
function offeredByBash(...words: readonly string[]): readonly string[] {
  const line = words.map((word) => `'${word}'`).join(" ");
  const script = `${bashScript(model)}\nCOMP_WORDS=(trimtab ${line}); COMP_CWORD=${words.length}; _trimtab; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((offer) => offer !== "");
}

describe.skipIf(!has("bash"))("completion in bash", () => {
  it.each([
    [["q"], ["query"]],
    [[""], ["query", "lake", "sources"]],
    [
      ["lake", ""],
      ["history", "diff"],
    ],
    [["lake", "h"], ["history"]],
    [
      ["query", ""],
      ["short", "long"],
    ],
    [["query", "--ki"], ["--kind"]],
    [
      ["query", "--kind", ""],
      ["deep", "flat"],
    ],
    [["lake", "diff", "--la"], ["--lake"]],
    [["sources", "i"], ["infer"]],
  ])("of %j offers %j", (words, expected) => {
    expect(offeredByBash(...words)).toEqual(expected);
  });
});

describe.skipIf(!has("fish"))("completion in fish", () => {
  it.each([
    ["trimtab q", ["query"]],
    ["trimtab lake ", ["history", "diff"]],
    ["trimtab query --kind ", ["deep", "flat"]],
    ["trimtab query --ve", ["--verify"]],
  ])("of %j offers %j", (line, expected) => {
    const script = `${fishScript(model)}\ncomplete -C ${JSON.stringify(line)}`;
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", script], { encoding: "utf8" });
    expect(stderr).toBe("");
    const offered = stdout.split("\n").flatMap((offer) => offer.split("\t")[0] || []);
    expect(new Set(offered)).toEqual(new Set(expected));
  });
});

describe.skipIf(!has("zsh"))("completion in zsh", () => {
  it("is a script that zsh can read", () => {
    const { status, stderr } = spawnSync("zsh", ["-n"], { input: zshScript(model), encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("completion scripts", () => {
  it.each([
    ["bash", bashScript],
    ["zsh", zshScript],
    ["fish", fishScript],
  ])("for %s name every command", (_, script) => {
    const text = script(model);
    for (const word of ["query", "history", "diff", "infer", "--kind"])
      expect(text).toContain(word.replace("--", ""));
  });
});

import { defineCommand } from "../command.ts";
import type { CompletedCommand } from "../completion/completion-model.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

const SCRIPTS: Readonly<
  Record<(typeof SHELLS)[number], () => Promise<(c: readonly CompletedCommand[]) => string>>
> = {
  bash: async () => (await import("../completion/bash.ts")).bashScript,
  zsh: async () => (await import("../completion/zsh.ts")).zshScript,
  fish: async () => (await import("../completion/fish.ts")).fishScript,
};

export const completionCommand = defineCommand({
  name: "completion",
  summary: "print a script that lets your shell complete commands and options",
  group: "help",
  args: [{ name: "shell", description: "bash, zsh or fish", required: true, choices: SHELLS }],
  examples: [
    { run: "trimtab completion bash", does: "put `source <(trimtab completion bash)` into ~/.bashrc" },
    {
      run: "trimtab completion zsh",
      does: "put `source <(trimtab completion zsh)` into ~/.zshrc, after compinit",
    },
    { run: "trimtab completion fish", does: "write it to ~/.config/fish/completions/trimtab.fish" },
  ],
  async run({ commands }, { args }) {
    const shell = SHELLS.find((known) => known === args.shell) ?? "bash";
    const { completionModel } = await import("../completion/completion-model.ts");
    const script = (await SCRIPTS[shell]())(await completionModel(commands));
    return {
      document: { title: "", blocks: [{ kind: "code", text: script }] },
      json: { shell, script },
      raw: script,
    };
  },
});

import { spawn } from "node:child_process";
import { extname, join } from "node:path";
import type { PlanCommand } from "@trimtab/domain";
import { applyErrors } from "../errors.ts";
import { GUARD_EXIT } from "./command-guard.ts";
import type { CommandOutcome, CommandRunner } from "./command-runner.ts";
import { maskerFor } from "./mask-secrets.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** No tool answers with more than this of use. */
const MAX_OUTPUT = 8 * 1024 * 1024;

/** What a cloud's tool needs, and the guard, a Node itself; keys of the state database and the like are none of its business. */
const PASSED =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|APPDATA|LOCALAPPDATA|USERPROFILE|CLOUDSDK_\w+|GOOGLE_\w+|AWS_\w+|KUBECONFIG|TF_\w+|(http|https|no|all)_proxy|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|PYTHON(PATH|HOME)?|NODE_COMPILE_CACHE)$/i;

const toolEnvironment = (env: Environment): Record<string, string> => {
  const passed = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && PASSED.test(name) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(passed),
    // None of them may wait for an answer, or page its output.
    CLOUDSDK_CORE_DISABLE_PROMPTS: "1",
    AWS_PAGER: "",
    AWS_CLI_AUTO_PROMPT: "off",
    TF_INPUT: "0",
  };
};

/** Runs a command without a shell, in an environment of what clouds' tools need, under a guard that ends it with us. */
export const commandRunner = (env: Environment): CommandRunner => {
  const mask = maskerFor(env);
  const guard = join(import.meta.dirname, `command-guard${extname(import.meta.filename)}`);
  return ({ tool, args }: PlanCommand, { timeoutMs, signal }) =>
    new Promise<CommandOutcome>((resolve, reject) => {
      signal.throwIfAborted();
      const argv = [guard, String(timeoutMs), tool, ...args];
      const child = spawn(process.execPath, argv, {
        env: toolEnvironment(env),
        stdio: ["pipe", "pipe", "pipe"],
      });
      const out = collect(child.stdout);
      const err = collect(child.stderr);
      child.stdin.on("error", () => undefined);
      child.on("error", reject);
      child.on("close", (code) => {
        const stderr = mask(err());
        if (code === GUARD_EXIT.missing) reject(applyErrors.create("APPLY_TOOL_MISSING", { tool }));
        else if (code === GUARD_EXIT.timedOut) resolve({ status: "timed-out", stderr });
        else resolve({ status: "ended", exitCode: code ?? GUARD_EXIT.failed, stdout: out(), stderr });
      });
    });
};

const collect = (stream: NodeJS.ReadableStream): (() => string) => {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_OUTPUT) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString("utf8");
};

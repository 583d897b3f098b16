import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** What a child process measured of its own work, and what the system says of it. */
export interface ChildFigures {
  readonly ms: number;
  readonly cpuMs: number;
  readonly maxRssMiB: number;
}

/** Runs `bench/steps/<step>.ts` in a process of its own, so that memory and caches are its own. */
export const runStep = (step: string, ...args: readonly string[]): Promise<ChildFigures> =>
  new Promise((done, fail) => {
    const script = resolve(import.meta.dirname, "steps", `${step}.ts`);
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on("error", fail);
    child.on("close", (code) => {
      if (code === 0) done(JSON.parse(output.trim().split("\n").at(-1) ?? "{}"));
      else fail(new Error(`${step} ${args.join(" ")} ended with ${code}`));
    });
  });

/** Called by a step: times `work` and prints the figures. */
export const reportStep = async (work: () => Promise<void>): Promise<void> => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const maxRssMiB = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, maxRssMiB }));
};

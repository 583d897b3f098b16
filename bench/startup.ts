import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { atMost, type Figure, median } from "./figure.ts";

const BIN = resolve(import.meta.dirname, "../packages/platform/bin/trimtab.js");
const ROUNDS = 21;

const time = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): number => {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"], env });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
};

/** How soon the program answers. */
export const benchStartup = async (out: (figure: Figure) => void): Promise<void> => {
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) ratios.push(time([BIN, "--version"]) / time(["-e", "0"]));
  out(atMost("trimtab --version against node -e 0", median(ratios), "ratio", 2, `${ROUNDS} pairs`));

  const home = mkdtempSync(join(tmpdir(), "trimtab-bench-home-"));
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: home };
  time([BIN, "demo", "--estate", "aiprod"], env);
  const lake = join(home, "trimtab", "demo", "lakes", "aiprod");
  const runs = Array.from({ length: 5 }, () => time([BIN, "analyze", "--lake", lake], env));
  out(atMost("analyze of the aiprod demo", median(runs) / 1000, "s", 2, "whole command, 5 runs"));
  rmSync(home, { recursive: true, force: true });
};

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import type { EstateId } from "../demo/estate.ts";
import { type CliOutcome, runCli } from "./run-cli.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of all suites of one run, gone after it. */
    readonly sharedFolder: string;
  }
}

/** What `trimtab demo` made of one estate. Suites share it: read it, never write there. */
export interface SharedDemo {
  readonly outcome: CliOutcome;
  /** The folder that it was told to keep the bills in. */
  readonly kept: string;
  /** Where its user keeps data, and the lake that is theirs. */
  readonly home: string;
  readonly mine: string;
  readonly lake: string;
  readonly bills: string;
}

const placesIn = (folder: string) => ({
  kept: join(folder, "bills"),
  home: join(folder, "home"),
  mine: join(folder, "mine"),
});

const make = async (id: EstateId, folder: string): Promise<void> => {
  const { home, mine } = placesIn(folder);
  const argv = ["demo", "--estate", id, "--keep", "bills", "--json"];
  const env = { XDG_DATA_HOME: home, TRIMTAB_LAKE: mine };
  const outcome = await runCli(argv, { cwd: folder, env });
  writeFileSync(join(folder, "outcome.part"), JSON.stringify(outcome));
  renameSync(join(folder, "outcome.part"), join(folder, "outcome.json"));
};

/** The bills and the lake of an estate, made by the first suite that asks; others wait for them. */
export const sharedDemo = async (id: EstateId): Promise<SharedDemo> => {
  const folder = join(inject("sharedFolder"), "demo", id);
  mkdirSync(join(folder, ".."), { recursive: true });
  const made = join(folder, "outcome.json");
  try {
    mkdirSync(folder);
    await make(id, folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    while (!existsSync(made)) await sleep(100);
  }
  const outcome: CliOutcome = JSON.parse(readFileSync(made, "utf8"));
  if (outcome.code !== 0) throw new Error(`the demo of ${id} ended with ${outcome.code}: ${outcome.err}`);
  const [{ lake, folder: bills }] = JSON.parse(outcome.out);
  return { outcome, ...placesIn(folder), lake, bills };
};

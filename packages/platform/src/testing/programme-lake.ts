import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestCharge, writeFocusBill } from "./focus-bill.ts";
import { runCli } from "./run-cli.ts";
import { tempFolder } from "./temp-folder.ts";

/** A month of Cloud Run (1,000.00), Cloud SQL (300.00) and Cache (60.00), a resource each. */
const month = (of: string): readonly TestCharge[] => {
  const days = new Date(Date.UTC(Number(of.slice(0, 4)), Number(of.slice(5)), 0)).getUTCDate();
  const whole: TestCharge = { day: `${of}-01`, billed: "900", service: "Cloud Run", resource: "api" };
  return [
    whole,
    { ...whole, day: `${of}-${days}`, billed: "100" },
    { ...whole, day: `${of}-${days}`, billed: "300", service: "Cloud SQL", resource: "db" },
    { ...whole, day: `${of}-${days}`, billed: "60", service: "Cache", resource: "cache" },
  ];
};

export interface ProgrammeLake {
  readonly cwd: string;
  cli(...words: readonly string[]): ReturnType<typeof runCli>;
  /** The same at another moment. */
  at(now: string): (...words: readonly string[]) => ReturnType<typeof runCli>;
  write(name: string, text: string): void;
}

/** A lake with bills of the months given, and a state database beside it. */
export async function programmeLake(...months: readonly string[]): Promise<ProgrammeLake> {
  const cwd = tempFolder();
  const env = { TRIMTAB_LAKE: "lake", TRIMTAB_ACTOR: "ana" };
  const at =
    (now: string) =>
    (...words: readonly string[]) =>
      runCli(words, { cwd, env, now });
  const cli = at("2026-07-01T09:00:00Z");
  for (const of of months) {
    writeFocusBill(join(cwd, `${of}.csv`), month(of));
    const { code, err } = await cli("ingest", `${of}.csv`);
    if (code !== 0) throw new Error(err);
  }
  return { cwd, cli, at, write: (name, text) => writeFileSync(join(cwd, name), text) };
}

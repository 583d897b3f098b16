import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { createServices } from "../../compose.ts";
import { MENDS_1_2 } from "../../insight/conformance/data/mends-1-2.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import type { CommandContext } from "../command.ts";
import { conformanceCommand } from "./conformance.ts";

const header =
  "BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory";

const runIn = async (folder: string, files: readonly string[], options: Record<string, string> = {}) => {
  const services = createServices({
    env: {},
    cwd: folder,
    clock: () => new Date(),
    lake: join(folder, "lake"),
  });
  const context: CommandContext = {
    services,
    progress: { step: () => undefined },
    notify: () => undefined,
    signal: new AbortController().signal,
    timeZone: "UTC",
    commands: {},
    env: {},
    cwd: folder,
  };
  try {
    return await conformanceCommand.run(context, { args: { files }, options });
  } finally {
    await services.close();
  }
};

describe("trimtab conformance", () => {
  it("scores a file as delivered and as mapped, and leaves the lake as it was", async () => {
    const folder = tempFolder();
    const days = "2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z";
    writeFileSync(join(folder, "bill.csv"), `${header}\n1.5,1.5,USD,${days},Sundries\n`);
    const { json, exitCode } = await runIn(folder, ["bill.csv"]);
    const report = json as {
      inputs: { result: { version: string } }[];
      mapped: { source: string; rows: number }[];
    };
    expect(report.inputs[0]?.result.version).toBe("1.0");
    expect(report.mapped).toMatchObject([{ source: "focus", rows: 1 }]);
    expect(exitCode).toBe(1);
    const empty = await runIn(folder, []);
    expect(empty.json).toEqual({ inputs: [], mapped: [] });
  });

  it("has a reference page that lists every mend", () => {
    const page = readFileSync(
      resolve(import.meta.dirname, "../../../../../docs/reference/conformance.md"),
      "utf8",
    );
    for (const { id, because } of MENDS_1_2) expect(page).toContain(`| \`${id}\` | ${because} |`);
  });
});

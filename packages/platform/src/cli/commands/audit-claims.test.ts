import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createServices } from "../../compose.ts";
import type { ClaimsReport } from "../../insight/claims/audit-claims.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import type { CommandContext, CommandInput } from "../command.ts";
import { createStyle } from "../output/style.ts";
import { renderTerminal } from "../output/terminal.ts";
import { auditClaimsCommand } from "./audit-claims.ts";

const sheet = [
  "title: a paper",
  "paper: status.md",
  "claims:",
  '  run: {says: "$3,500/month @3", kind: cost}',
  "  sql: $1,500/month @4",
  "  total: $6,000/month @5 = run + sql",
  "  share: 70% @6 = share(run, 5000 USD/month)",
  "  done: {says: All done, at: 7, status: complete, open: [deploy]}",
].join("\n");

const run = (file: string, text: string, options: CommandInput["options"] = {}) => {
  const folder = tempFolder();
  writeFileSync(join(folder, file), text);
  const lake = join(folder, "lake");
  const services = createServices({ env: {}, cwd: folder, clock: () => new Date(0), lake });
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
  return auditClaimsCommand.run(context, { args: { file }, options }).finally(() => services.close());
};

describe("trimtab audit-claims", () => {
  it.each([80, 120])("prints a page of %i columns", async (width) => {
    const { document, exitCode } = await run("claims.yaml", sheet, { all: true });
    expect(exitCode).toBe(1);
    const page = renderTerminal(document, { style: createStyle(false), width, isQuiet: false });
    await expect(page).toMatchFileSnapshot(`../goldens/audit-claims-${width}.txt`);
  });

  it("reads CSV by the file's name, and answers yes where nothing is wrong", async () => {
    const { json, exitCode } = await run("claims.CSV", "id,says,is\na,$5,\nb,$5,a\n");
    expect(exitCode).toBe(0);
    expect((json as ClaimsReport).counts).toMatchObject({ claims: 2, checks: 1, held: 1, wrong: 0 });
  });

  it("says which claims an empty lake could not check", async () => {
    const claims = "claims:\n  x: {says: $5, lake: billed}\n";
    const { json, exitCode } = await run("lake.yaml", claims, { "against-lake": true });
    expect(exitCode).toBe(0);
    expect((json as ClaimsReport).findings).toMatchObject([{ rule: "lake", severity: "note" }]);
  });
});

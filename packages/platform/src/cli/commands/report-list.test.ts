import { describe, expect, it } from "vitest";
import { templateOf } from "../../reports/definition/templates.ts";
import { createSaved } from "../../state/saved-items.ts";
import { runCli } from "../../testing/run-cli.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))(
  "saved reports on the command line $name",
  ({ home: newHome }) => {
    it("are listed, and shown as definitions that run", async () => {
      const { env, open } = await newHome();
      const cwd = tempFolder();
      const cli = (...words: readonly string[]) =>
        runCli(words, { cwd, now: "2026-07-20T00:00:00Z", env: { ...env, TRIMTAB_LAKE: "lake" } });
      expect((await cli("report", "list")).out).toContain("No reports are saved");
      const { definition } = templateOf("cost");
      const state = await open({ now: () => new Date("2026-07-19T00:00:00Z") });
      const draft = { title: definition.title, body: JSON.parse(JSON.stringify(definition)) };
      const id = await createSaved(state, "anna", { kind: "report", ownerId: "anna", draft });
      const listed = await cli("report", "list", "--json");
      expect(JSON.parse(listed.out)).toMatchObject([
        { id, title: definition.title, owner: "anna", version: 1 },
      ]);
      expect(JSON.parse((await cli("report", "show", id, "--json")).out)).toEqual(definition);
      expect((await cli("report", "show", id)).out).toContain("flow");
      expect(await cli("report", "show", "report-nothing")).toMatchObject({
        code: 2,
        err: expect.stringContaining("STATE_NOT_FOUND"),
      });
    });
  },
);

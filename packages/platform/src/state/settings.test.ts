import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { verifyChain } from "./audit.ts";
import { readSetting, writeSetting } from "./settings.ts";

const limits = z.strictObject({ usd: z.string(), resources: z.number() });

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("a setting $name", ({ id, home }) => {
  it("is what its schema says, or it is not read", async () => {
    const state = await (await home()).open();
    expect(await readSetting(state, "limits", limits)).toBeUndefined();
    await writeSetting(state, "anna", { name: "limits", value: { usd: "100.50", resources: 3 }, version: 0 });
    expect(await readSetting(state, "limits", limits)).toMatchObject({
      value: { usd: "100.50", resources: 3 },
      version: 1,
      updatedBy: "anna",
    });
    for (const value of ['{"usd":100.5,"resources":3}', "{"]) {
      await sql`update settings set value = ${value}`.execute(state.db);
      await expect(readSetting(state, "limits", limits)).rejects.toMatchObject({
        code: "STATE_RECORD_INVALID",
      });
    }
  });

  it("is set by the one who saw it last", async () => {
    const state = await (await home()).open();
    const set = (actor: string, version: number) =>
      writeSetting(state, actor, { name: "kill-switch", value: actor, version });
    expect(await set("anna", 0)).toBe(1);
    await expect(set("bob", 0)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
    expect(await set("bob", 1)).toBe(2);
    await expect(set("anna", 1)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
  });

  it.runIf(id === "sqlite")("that no room is left for is not kept, and the database says so", async () => {
    const state = await (await home()).open();
    const { rows } = await sql<{ pages: number }>`select page_count as pages from pragma_page_count`.execute(
      state.db,
    );
    await sql`pragma max_page_count = ${sql.lit(rows[0]?.pages ?? 0)}`.execute(state.db);
    const large = { name: "large", value: "x".repeat(100_000), version: 0 };
    await expect(writeSetting(state, "anna", large)).rejects.toMatchObject({ code: "STATE_DISK_FULL" });
    expect(await verifyChain(state)).toMatchObject({ status: "whole", entries: 0 });
  });
});

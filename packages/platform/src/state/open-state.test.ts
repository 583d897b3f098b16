import { closeSync, openSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { readAudit } from "./audit.ts";
import { engineOf } from "./engine-of.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";
import { openState } from "./open-state.ts";
import { stateKeys } from "./secret-key.ts";
import { listSettings, writeSetting } from "./settings.ts";

const clock = () => new Date("2026-07-01T12:00:00Z");

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("the state database $name", ({ id, home }) => {
  it("is set up once, and the next opening finds it so", async () => {
    const { open } = await home();
    expect((await open()).applied).toEqual(Object.keys(MIGRATIONS));
    expect((await open()).applied).toEqual([]);
  });

  it("is set up by exactly one of many that open it at once", async () => {
    const { open } = await home();
    const opened = await Promise.all(Array.from({ length: 6 }, () => open()));
    expect(opened.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
    for (const [index, state] of opened.entries())
      await writeSetting(state, "anna", { name: `of-${index}`, value: index, version: 0 });
    expect(await listSettings(opened[0] as never)).toHaveLength(6);
  });

  it("lets one writer after the other, and readers at any time", async () => {
    const { open } = await home();
    const [first, second] = [await open(), await open()];
    const order: string[] = [];
    const slow = first.write("anna", async ({ db, at }) => {
      const values = { name: "slow", value: "1", version: 1, updatedBy: "anna", updatedAt: at };
      await db.insertInto("settings").values(values).execute();
      await sleep(300);
      order.push("first");
    });
    await sleep(50);
    expect(await listSettings(second)).toEqual([]);
    order.push("read");
    const next = writeSetting(second, "bob", { name: "next", value: 2, version: 0 }).then(() => {
      order.push("second");
    });
    await Promise.all([slow, next]);
    expect(order).toEqual(["read", "first", "second"]);
  });

  it("is refused where it is not set up and may not be", async () => {
    const { open } = await home();
    await expect(open({ migrate: false })).rejects.toMatchObject({ code: "STATE_NOT_MIGRATED" });
  });

  it("of a newer program is refused, and stays as it is", async () => {
    const { open, place, env } = await home();
    const newer = { ...MIGRATIONS, "9999-of-tomorrow": async () => undefined };
    const options = { engine: engineOf(place), clock, keys: stateKeys(place, env) };
    const state = await openState({ ...options, migrations: newer });
    await state.close();
    await expect(open()).rejects.toMatchObject({
      code: "STATE_NEWER",
      details: { unknown: "9999-of-tomorrow" },
    });
    const again = await openState({ ...options, migrations: newer });
    expect(again.applied).toEqual([]);
    await again.close();
  });

  it("is as it was where a migration fails half way", async () => {
    const { open, place, env } = await home();
    await (await open()).close();
    const broken = {
      ...MIGRATIONS,
      "9998-halfway": async (db: Parameters<(typeof MIGRATIONS)[string]>[0]) => {
        await sql`create table half (id integer primary key)`.execute(db);
        await sql`insert into half (id) values (1)`.execute(db);
        await sql`insert into half (id) values (1)`.execute(db);
      },
    };
    const options = { engine: engineOf(place), clock, keys: stateKeys(place, env) };
    await expect(openState({ ...options, migrations: broken })).rejects.toMatchObject({
      code: "STATE_MIGRATION_FAILED",
      details: { migration: "9998-halfway" },
    });
    const state = await open();
    await expect(sql`select * from half`.execute(state.db)).rejects.toThrow(/half/);
  });

  it("keeps nothing of a write that fails, its audit entries neither", async () => {
    const { open } = await home();
    const state = await open();
    const failed = state.write("anna", async ({ db, at, note }) => {
      note({ action: "setting.changed", subject: "setting x" });
      await db
        .insertInto("settings")
        .values({ name: "x", value: "1", version: 1, updatedBy: "anna", updatedAt: at })
        .execute();
      throw new Error("on second thoughts");
    });
    await expect(failed).rejects.toThrow("on second thoughts");
    expect(await listSettings(state)).toEqual([]);
    expect(await readAudit(state)).toEqual([]);
  });

  it("keeps instants to the millisecond in one form", async () => {
    const { open } = await home();
    const state = await open({ now: () => new Date("2026-07-01T12:00:00.050Z") });
    await writeSetting(state, "anna", { name: "x", value: true, version: 0 });
    expect((await listSettings(state))[0]?.updatedAt).toBe("2026-07-01T12:00:00.050Z");
  });

  it("changes and removes nothing that was written for good", async () => {
    const { open } = await home();
    const state = await open();
    await writeSetting(state, "anna", { name: "x", value: 1, version: 0 });
    for (const change of [
      sql`update audit_log set actor = 'bob'`,
      sql`delete from audit_log`,
      ...(id === "postgresql" ? [sql`truncate audit_log`] : []),
    ])
      await expect(change.execute(state.db)).rejects.toThrow("append-only");
  });
});

describe("a file of SQLite", () => {
  const openFile = (file: string) => {
    const place = { kind: "sqlite", file } as const;
    return openState({ engine: engineOf(place), clock, keys: stateKeys(place, {}) });
  };

  it("can be read by nobody else, and neither can its folder", async () => {
    const file = join(tempFolder(), "new", "state.db");
    await (await openFile(file)).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["emptied", (file: string) => truncateSync(file, 0), "the file is empty"],
    [
      "no database at all",
      (file: string) => writeFileSync(file, "a,b\n1,2\n".repeat(1000)),
      "no SQLite database",
    ],
    ["cut off", (file: string) => truncateSync(file, 8192), "malformed"],
    ["overwritten in the middle", (file: string) => overwrite(file), "malformed"],
  ])("that is %s is called damaged", async (_, damage, reason) => {
    const file = join(tempFolder(), "state.db");
    const state = await openFile(file);
    await writeSetting(state, "anna", { name: "x", value: 1, version: 0 });
    await state.close();
    damage(file);
    const use = async () => {
      const again = await openFile(file);
      try {
        await listSettings(again);
        await writeSetting(again, "anna", { name: "y", value: 1, version: 0 });
      } finally {
        await again.close();
      }
    };
    const error = await use().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "STATE_DAMAGED", message: expect.stringContaining(reason) });
  });

  it("of another program is left alone", async () => {
    const file = join(tempFolder(), "theirs.db");
    const theirs = new DatabaseSync(file);
    theirs.exec("create table plans (id integer)");
    theirs.close();
    await expect(openFile(file)).rejects.toMatchObject({ code: "STATE_FOREIGN" });
    const after = new DatabaseSync(file);
    expect(after.prepare("select name from sqlite_master").all()).toEqual([{ name: "plans" }]);
    after.close();
  });

  it("in a folder that can't be is not writable, and says so", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "file"), "");
    await expect(openFile(join(folder, "file", "state.db"))).rejects.toMatchObject({
      code: "STATE_NOT_WRITABLE",
    });
  });
});

/** Noise over every page but the first. */
const overwrite = (file: string): void => {
  const size = statSync(file).size;
  const bytes = Buffer.alloc(size - 4096, 0xa5);
  const handle = openSync(file, "r+");
  writeSync(handle, bytes, 0, bytes.length, 4096);
  closeSync(handle);
};

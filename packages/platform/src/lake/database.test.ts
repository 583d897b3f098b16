import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatabase } from "./database.ts";

/** Minutes of work, if nothing ends it. */
const LONG = { text: "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b" };

describe("an engine that is closed", () => {
  it("ends what runs, and waits for it", async () => {
    const database = await openDatabase();
    const running = expect(database.run(LONG)).rejects.toMatchObject({ code: "LAKE_CANCELLED" });
    await database.run({ text: "SELECT 1" });
    await database.close();
    await running;
  });

  it("refuses the next statement of a session, and a new one", async () => {
    const database = await openDatabase();
    let closed: Promise<void> | undefined;
    const session = database.session(async (run) => {
      await run({ text: "SELECT 1" });
      closed = database.close();
      await run({ text: "SELECT 2" });
    });
    await expect(session).rejects.toMatchObject({ code: "LAKE_CANCELLED" });
    await closed;
    await expect(database.run({ text: "SELECT 3" })).rejects.toMatchObject({ code: "LAKE_CANCELLED" });
    await database.close();
  });

  it("lets the process end while a statement runs", () => {
    const script = `
      const { openDatabase } = await import(${JSON.stringify(join(import.meta.dirname, "database.ts"))});
      const database = await openDatabase();
      database.run(${JSON.stringify(LONG)}).catch((error) => console.log(error.code));
      await database.run({ text: "SELECT 1" });
      await database.close();
      process.exit(0);`;
    const child = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
      timeout: 60_000,
    });
    expect(child).toMatchObject({ status: 0, stdout: "LAKE_CANCELLED\n" });
  });
});

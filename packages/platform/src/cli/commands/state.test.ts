import { chmodSync, existsSync, readdirSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { setSecret } from "../../state/secrets.ts";
import { writeSetting } from "../../state/settings.ts";
import { runCli } from "../../testing/run-cli.ts";
import { STATE_ENGINES, type StateHome, TEST_KEY } from "../../testing/state-engines.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const cliOf = (env: Readonly<Record<string, string>>) => {
  const cwd = tempFolder();
  const at = { cwd, env: { TRIMTAB_ACTOR: "anna", TRIMTAB_LAKE: "lake", ...env } };
  return { cwd, cli: (...argv: readonly string[]) => runCli(argv, at) };
};

const filled = async (home: StateHome): Promise<void> => {
  const state = await home.open();
  await writeSetting(state, "anna", { name: "limit", value: 5, version: 0 });
  await setSecret(state, "anna", "slack", "xoxb-secret");
  await state.close();
};

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("trimtab state $name", ({ id, home }) => {
  it("migrates, says how it is, backs up and restores", async () => {
    const own = await home();
    const { cli, cwd } = cliOf(own.env);
    expect(await cli("state", "migrate")).toMatchObject({
      code: 0,
      out: expect.stringContaining("0001-decisions"),
    });
    expect((await cli("state", "migrate")).out).toContain("Nothing to do");
    await filled(own);
    const status = await cli("state", "status");
    expect(status).toMatchObject({ code: 0, err: "" });
    expect(status.out).toMatch(/The state database is whole[\s\S]*1, encrypted[\s\S]*2 entries, whole/);
    expect(await cli("state", "backup", "one.backup")).toMatchObject({ code: 0 });
    expect(readdirSync(cwd)).toEqual(["one.backup"]);
    expect(await cli("state", "backup", "one.backup")).toMatchObject({
      code: 2,
      err: expect.stringContaining("STATE_BACKUP_EXISTS"),
    });
    expect((await cli("state", "restore", "one.backup")).err).toContain("--replace");
    const restored = await cli("state", "restore", "one.backup", "--replace", "--json");
    expect(JSON.parse(restored.out)).toMatchObject({ chain: { status: "whole", entries: 2 }, migrated: [] });

    const elsewhere = await cli("state", "restore", "one.backup", "--state", "other/copy.db", "--json");
    expect(elsewhere).toMatchObject({ code: 0 });
    const copy = JSON.parse((await cli("state", "status", "--state", "other/copy.db", "--json")).out);
    expect(copy).toMatchObject({ engine: "sqlite", secrets: 1, audit: { entries: 3 }, rows: 5 });
  });

  it("shows by an anchor that the log was exchanged", async () => {
    const own = await home();
    await filled(own);
    const { cli } = cliOf(own.env);
    const { head } = JSON.parse((await cli("state", "status", "--json")).out).audit;
    expect(await cli("state", "status", "--anchor", `${head.seq}:${head.hash}`)).toMatchObject({ code: 0 });
    const other = `${head.hash.slice(1)}0`;
    expect(await cli("state", "status", "--anchor", `${head.seq}:${other}`)).toMatchObject({
      code: 1,
      out: expect.stringContaining("not the entry that was anchored"),
    });
    expect(await cli("state", "status", "--anchor", "yesterday")).toMatchObject({ code: 2 });
  });

  it("changes the key", async () => {
    const own = await home();
    await filled(own);
    const { cli } = cliOf({
      ...own.env,
      ...(id === "sqlite" ? {} : { TRIMTAB_SECRET_KEY_NEW: "d".repeat(64) }),
    });
    expect(await cli("state", "rotate-key")).toMatchObject({
      code: 0,
      out: expect.stringContaining("1 secret is"),
    });
  });

  it("is healthy to the doctor, who changes nothing", async () => {
    const own = await home();
    await filled(own);
    const { cli } = cliOf(own.env);
    const { out } = await cli("doctor", "--json", ...(id === "sqlite" ? ["--offline"] : []));
    const findings: { area: string; name: string; status: string }[] = JSON.parse(out).findings;
    expect(findings.filter(({ area }) => area === "state").map(({ name, status }) => [name, status])).toEqual(
      [
        ["State database", "ok"],
        ["Whole", "ok"],
        ["Writable", "ok"],
        ["Key for secrets", "ok"],
      ],
    );
    expect(JSON.parse((await cli("state", "status", "--json")).out).audit.entries).toBe(2);
    expect(out).not.toContain(TEST_KEY);
  });
});

describe("trimtab state on a file", () => {
  it("makes nothing by looking, and says where it will be: beside the lake", async () => {
    const { cli, cwd } = cliOf({});
    const place = join(cwd, "lake.state", "state.db");
    expect(JSON.parse((await cli("state", "status", "--json")).out)).toEqual({ exists: false, place });
    expect(await cli("state", "backup", "x")).toMatchObject({ code: 2 });
    const { findings } = JSON.parse((await cli("doctor", "--offline", "--json")).out);
    expect(findings).toContainEqual({
      area: "state",
      name: "State database",
      status: "absent",
      detail: `${place} will be made by the first command that keeps something`,
    });
    expect(readdirSync(cwd)).toEqual([]);
    await cli("state", "migrate");
    expect(existsSync(place)).toBe(true);
  });

  it("is in the platform's folder for state where the lake is in a bucket", async () => {
    const env = { TRIMTAB_LAKE: "s3://acme-costs/lake", XDG_STATE_HOME: "/home/anna/.state" };
    const { place } = JSON.parse((await cliOf(env).cli("state", "status", "--json")).out);
    expect(place).toMatch(/^\/home\/anna\/\.state\/trimtab\/s3-acme-costs-lake-[0-9a-f]{8}\/state\.db$/);
  });

  it("that is damaged, and a key that others may read, are told by the doctor with how to mend them", async () => {
    const own = await (STATE_ENGINES[0] as (typeof STATE_ENGINES)[number]).home();
    await filled(own);
    const { cli } = cliOf(own.env);
    const file = own.env.TRIMTAB_STATE ?? "";
    chmodSync(join(dirname(file), "state.key"), 0o640);
    const exposed = await cli("doctor", "--offline");
    expect(exposed).toMatchObject({ code: 1, out: expect.stringContaining("chmod 600") });
    truncateSync(file, 5000);
    const damaged = await cli("doctor", "--offline");
    expect(damaged.out).toMatch(/broken +State database/);
    expect(damaged.out).toContain("then restore a backup");
    expect(await cli("state", "status")).toMatchObject({
      code: 3,
      err: expect.stringContaining("STATE_DAMAGED"),
    });
  });
});

const SECRET = "s3cr3t-pa55word";

describe("a wrong DATABASE_URL", () => {
  it.each([
    [`postgres://anna:${SECRET}@127.0.0.1:1/db`, "STATE_NOT_REACHABLE"],
    [`postgres://anna:${SECRET}@no-such-host.invalid/db`, "STATE_NOT_REACHABLE"],
    [`mysql://anna:${SECRET}@127.0.0.1/db`, "STATE_PLACE_INVALID"],
    [`postgres://anna:${SECRET}@127.0.0.1`, "STATE_PLACE_INVALID"],
    [`postgres://anna:12#${SECRET}@127.0.0.1/db`, "STATE_PLACE_INVALID"],
    [`postgres://anna:12/${SECRET}@127.0.0.1/db`, "STATE_PLACE_INVALID"],
    [`postgres://anna:12?${SECRET}@127.0.0.1/db`, "STATE_PLACE_INVALID"],
    [`postgres://anna:[${SECRET}@127.0.0.1:1/db`, "STATE_NOT_REACHABLE"],
    [`anna:${SECRET}@127.0.0.1/db`, "STATE_PLACE_INVALID"],
    [`postgres://127.0.0.1:1/db?user=anna&password=${SECRET}`, "STATE_NOT_REACHABLE"],
  ])("%s is told without its password", async (url, code) => {
    const { cli } = cliOf({ DATABASE_URL: url, TRIMTAB_DEBUG: "1" });
    for (const argv of [
      ["state", "status"],
      ["state", "migrate", "--json"],
      ["doctor", "--offline"],
    ]) {
      const { code: exitCode, out, err } = await cli(...argv);
      if (argv[0] === "state")
        expect([exitCode, err]).toEqual([
          code === "STATE_NOT_REACHABLE" ? 3 : 2,
          expect.stringContaining(code),
        ]);
      expect(`${out}${err}`).not.toContain(SECRET);
      expect(`${out}${err}`).not.toMatch(/anna:12/);
    }
  });
});

import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { hashCode } from "../../server/access/secret-codes.ts";
import { makeSetupLink, readOneTimeLink, useOneTimeLink } from "../../state/one-time-links.ts";
import { runCli } from "../../testing/run-cli.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const withAnna = async () => {
  const [sqlite] = STATE_ENGINES;
  const home = await (sqlite as (typeof STATE_ENGINES)[number]).home();
  const state = await home.open({ now: () => new Date("2026-07-01T00:00:00Z") });
  const env = { TRIMTAB_ACTOR: "root@host", TRIMTAB_LAKE: "lake", ...home.env };
  const cli = (...argv: readonly string[]) => runCli(argv, { cwd: tempFolder(), env });
  return { state, cli };
};

const addAnna = async ({ state }: Awaited<ReturnType<typeof withAnna>>) => {
  const codeHash = hashCode("x");
  await makeSetupLink(state, "server", { codeHash, validMs: 60_000 });
  await useOneTimeLink(state, {
    codeHash,
    passwordHash: "$argon2id$",
    name: "Anna",
    email: "anna@example.com",
  });
};

describe("trimtab people", () => {
  it("lists who can sign in, and makes a link for who can't any more", async () => {
    const home = await withAnna();
    expect((await home.cli("people")).out).toContain("Nobody can sign in yet");
    await addAnna(home);
    expect((await home.cli("people")).out).toMatch(/anna@example.com.*Anna.*admin.*Whole company.*active/);
    const made = await home.cli(
      "people",
      "link",
      "Anna@example.com",
      "--public-url",
      "https://costs.example.com",
      "--json",
    );
    const { link } = JSON.parse(made.out);
    expect(link).toMatch(/^https:\/\/costs\.example\.com\/welcome#[\w-]{43}$/);
    expect(await readOneTimeLink(home.state, hashCode(link.split("#")[1]))).toMatchObject({ kind: "reset" });
    expect(await home.cli("people", "link", "eve@example.com")).toMatchObject({
      code: 2,
      err: expect.stringContaining("STATE_NOT_FOUND"),
    });
    expect((await home.cli("people", "link", "anna@example.com", "--public-url", "ftp://x")).err).toContain(
      "ACCESS_URL_INVALID",
    );
  });
});

describe("trimtab audit verify", () => {
  it("says whether the log is whole, where it ends, and what broke it", async () => {
    const home = await withAnna();
    expect((await home.cli("audit", "verify")).out).toContain("empty");
    await addAnna(home);
    const whole = await home.cli("audit", "verify");
    expect(whole).toMatchObject({ code: 0 });
    const [, anchor = ""] = /(\d+:[0-9a-f]{64})/.exec(whole.out) ?? [];
    expect((await home.cli("audit", "verify", "--anchor", anchor)).out).toContain(
      "it is the log that was anchored",
    );
    await sql`drop trigger audit_log_no_update`.execute(home.state.db);
    await sql`update audit_log set actor = 'nobody' where seq = 2`.execute(home.state.db);
    const broken = await home.cli("audit", "verify");
    expect(broken).toMatchObject({ code: 1, out: expect.stringContaining("Entry 2") });
  });
});

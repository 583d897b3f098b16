import { randomBytes } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES, TEST_KEY } from "../testing/state-engines.ts";
import { readAudit } from "./audit.ts";
import { seal, unseal } from "./seal.ts";
import { parseKey } from "./secret-key.ts";
import { getSecret, listSecrets, removeSecret, rotateKey, setSecret } from "./secrets.ts";

const TOKEN = "xoxb-very-secret-token";

describe("a sealed text", () => {
  const key = parseKey(TEST_KEY, "test");

  it("opens to what it was, and no two are alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, name) => {
        const sealed = seal(name, text, key);
        expect(unseal(name, sealed, key)).toBe(text);
        expect(seal(name, text, key)).not.toBe(sealed);
      }),
      { numRuns: 50 },
    );
  });

  it("opens neither changed, nor under another name, nor by another key", () => {
    const sealed = seal("slack", TOKEN, key);
    const body = Buffer.from(sealed.slice(3), "base64");
    for (let at = 0; at < body.length; at++) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => unseal("slack", `v1.${changed.toString("base64")}`, key)).toThrow(/can't be decrypted/);
    }
    expect(() => unseal("slack", `v1.${body.subarray(0, -1).toString("base64")}`, key)).toThrow();
    expect(() => unseal("jira", sealed, key)).toThrow();
    expect(() => unseal("slack", sealed, parseKey("b".repeat(64), "test"))).toThrow();
    expect(() => unseal("slack", TOKEN, key)).toThrow();
  });
});

describe("a key", () => {
  it("is 32 bytes, in base64 or hex, and never shown", () => {
    const bytes = randomBytes(32);
    for (const text of [bytes.toString("base64"), `${bytes.toString("hex")}\n`]) {
      const key = parseKey(text, "test");
      expect(key.bytes.equals(bytes)).toBe(true);
      expect(JSON.stringify(key)).not.toContain(bytes.toString("base64").slice(0, 8));
      expect(Object.keys(key)).toEqual(["id", "source"]);
    }
    for (const text of ["", "secret", "a".repeat(63), bytes.toString("base64").slice(4)]) {
      const refused = (() => {
        try {
          return parseKey(text, "TRIMTAB_SECRET_KEY");
        } catch (error) {
          return error as Error;
        }
      })();
      expect(refused).toMatchObject({ code: "STATE_KEY_INVALID" });
      if (text.length > 2) expect(JSON.stringify(refused) + String(refused)).not.toContain(text);
    }
  });
});

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("secrets $name", ({ id, home }) => {
  it("come back as they were set, and are nowhere in clear", async () => {
    const { open } = await home();
    const state = await open();
    await setSecret(state, "anna", "slack", TOKEN);
    expect(await getSecret(state, "slack")).toBe(TOKEN);
    expect(await getSecret(state, "jira")).toBeUndefined();
    expect(await listSecrets(state)).toMatchObject([{ name: "slack", updatedBy: "anna" }]);
    const rows = await state.read((db) => db.selectFrom("secrets").selectAll().execute());
    expect(JSON.stringify([rows, await readAudit(state)])).not.toContain(TOKEN);
    await removeSecret(state, "anna", "slack");
    expect(await getSecret(state, "slack")).toBeUndefined();
    await expect(removeSecret(state, "anna", "slack")).rejects.toMatchObject({ code: "STATE_NOT_FOUND" });
  });

  it("are refused with another key, before anything is written with it", async () => {
    const { open } = await home();
    await setSecret(await open({ env: { TRIMTAB_SECRET_KEY: TEST_KEY } }), "anna", "slack", TOKEN);
    const other = await open({ env: { TRIMTAB_SECRET_KEY: "b".repeat(64) } });
    await expect(getSecret(other, "slack")).rejects.toMatchObject({ code: "STATE_KEY_WRONG" });
    await expect(setSecret(other, "anna", "jira", "x")).rejects.toMatchObject({ code: "STATE_KEY_WRONG" });
    await expect(rotateKey(other, "anna")).rejects.toMatchObject({ code: "STATE_KEY_WRONG" });
    expect(await listSecrets(other)).toHaveLength(1);
  });

  it("are encrypted anew by a rotation, and the old key opens none", async () => {
    const { open } = await home();
    const old = { TRIMTAB_SECRET_KEY: TEST_KEY };
    const state = await open({ env: { ...old, TRIMTAB_SECRET_KEY_NEW: "c".repeat(64) } });
    await setSecret(state, "anna", "slack", TOKEN);
    await setSecret(state, "anna", "jira", "other");
    expect(await rotateKey(state, "anna")).toMatchObject({ secrets: 2 });
    await expect(getSecret(await open({ env: old }), "slack")).rejects.toMatchObject({
      code: "STATE_KEY_WRONG",
    });
    const renewed = await open({ env: { TRIMTAB_SECRET_KEY: "c".repeat(64) } });
    expect(await getSecret(renewed, "slack")).toBe(TOKEN);
    expect(await getSecret(renewed, "jira")).toBe("other");
  });

  it.runIf(id === "postgresql")("need a key that was given where there is no folder for one", async () => {
    const { open } = await home();
    const state = await open({ env: { TRIMTAB_SECRET_KEY: "" } });
    await expect(setSecret(state, "anna", "slack", TOKEN)).rejects.toMatchObject({
      code: "STATE_KEY_MISSING",
    });
  });
});

describe.each(STATE_ENGINES.filter(({ id }) => id === "sqlite"))("a key file", ({ home }) => {
  const fileIn = ({ place }: Awaited<ReturnType<typeof home>>): string =>
    join(dirname(place.kind === "sqlite" ? place.file : ""), "state.key");

  it("is made when it is first needed, for its owner alone, and found by the next", async () => {
    const own = await home();
    const state = await own.open();
    expect(readdirSync(dirname(fileIn(own)))).not.toContain("state.key");
    const names = ["a", "b", "c", "d"];
    const states = await Promise.all(names.map(() => own.open()));
    await Promise.all(names.map((name, at) => setSecret(states[at] ?? state, "anna", name, `of ${name}`)));
    for (const name of names) expect(await getSecret(state, name)).toBe(`of ${name}`);
    expect(statSync(fileIn(own)).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(fileIn(own))).filter((name) => name.includes("key"))).toEqual(["state.key"]);
  });

  it("that others may read is refused", async () => {
    const own = await home();
    const state = await own.open();
    await setSecret(state, "anna", "slack", TOKEN);
    chmodSync(fileIn(own), 0o644);
    await expect(getSecret(state, "slack")).rejects.toMatchObject({
      code: "STATE_KEY_EXPOSED",
      hint: expect.stringContaining("chmod 600"),
    });
  });

  it("takes the old one's place after a rotation, also one that died before it could", async () => {
    const own = await home();
    const state = await own.open();
    await setSecret(state, "anna", "slack", TOKEN);
    const before = readFileSync(fileIn(own), "utf8");
    const dies = { ...state, keys: { ...state.keys, promote: () => Promise.reject(new Error("killed")) } };
    await expect(rotateKey(dies, "anna")).rejects.toThrow("killed");
    expect(readFileSync(fileIn(own), "utf8")).toBe(before);
    expect(await getSecret(state, "slack")).toBe(TOKEN);
    expect(readFileSync(fileIn(own), "utf8")).not.toBe(before);
    expect(readdirSync(dirname(fileIn(own))).filter((name) => name.includes("key"))).toEqual(["state.key"]);
  });
});

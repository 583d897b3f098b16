import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { currencyCode, day, decimal, estimate, instant } from "@trimtab/domain";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES, type StateHome, TEST_KEY } from "../../testing/state-engines.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { addApiToken } from "../api-tokens.ts";
import { approvePlan } from "../approvals.ts";
import { assign } from "../assignments.ts";
import { readAudit, verifyChain } from "../audit.ts";
import { createChannel } from "../channels.ts";
import { addComment, markMentionsRead } from "../comments.ts";
import { engineOf } from "../engine-of.ts";
import { beginStep } from "../journal.ts";
import { MIGRATIONS } from "../migrations/migrations.ts";
import { makeSetupLink, useOneTimeLink } from "../one-time-links.ts";
import { enqueueMessage } from "../outbox.ts";
import { claimDeliveries, finishDelivery } from "../outbox-claims.ts";
import { findPersonByEmail } from "../people.ts";
import { startPlan } from "../plan-runs.ts";
import { createPlan, readPlan } from "../plans.ts";
import { writeProfile } from "../profiles.ts";
import { addRecord } from "../programme-records.ts";
import { createProgramme } from "../programmes.ts";
import { decideRecommendation, recommendationId } from "../recommendations.ts";
import { recordRecommendations } from "../record-recommendations.ts";
import { addSnapshot } from "../report-snapshots.ts";
import { createSaved, shareSaved } from "../saved-items.ts";
import { requestRun } from "../schedule-runs.ts";
import { createSchedule } from "../schedules.ts";
import { getSecret, setSecret } from "../secrets.ts";
import { listSettings, writeSetting } from "../settings.ts";
import type { State } from "../state.ts";
import { setDependencies } from "../task-order.ts";
import { addTask, moveTask } from "../tasks.ts";
import { recordVerification } from "../verifications.ts";
import { backUpState } from "./back-up-state.ts";
import { BACKUP_TABLES } from "./backup-format.ts";
import { restoreState } from "./restore-state.ts";

const TOKEN = "xoxb-very-secret-token";
const key = { advisor: "idle", resource: "disk \u{1F600}\n\"'", scope: "acme", fingerprint: "delete" };
const WITH_KEY = { env: { TRIMTAB_SECRET_KEY: TEST_KEY } };

/** A message that was sent, and something scheduled. */
const fillDelivery = async (state: State): Promise<void> => {
  const channel = { name: "hook", kind: "webhook", target: "hooks.example.com", settings: {}, enabled: true };
  const channelId = await createChannel(state, "anna", {
    ...channel,
    secrets: { url: `https://x/${TOKEN}` },
  });
  const files = [{ name: "a.csv", contentType: "text/csv", bytes: Buffer.from("a") }];
  await enqueueMessage(
    state,
    "anna",
    { title: "June", body: {}, files },
    { targets: ["a", "b"].map((of) => ({ channelId, key: of })), maxAttempts: 3 },
  );
  const request = { leaseMs: 1000, longestWaitMs: 86_400_000, limit: 1, perChannel: 1, busy: new Map() };
  const [claim] = await claimDeliveries(state, "one", request);
  if (claim !== undefined) await finishDelivery(state, "one", claim, { next: "delivered", detail: "ok" });
  const schedule = await createSchedule(state, "anna", {
    ...{ name: "bills", kind: "ingest", settings: {}, cron: "0 * * * *", timeZone: "UTC", missed: "skip" },
    ...{ recipients: [], enabled: true, nextRunAt: null, ownerId: null },
  });
  await requestRun(state, "anna", schedule);
};

/** Something in every table. */
const fill = async (state: State): Promise<void> => {
  const saving = { ...estimate(decimal("1"), decimal("2.50"), decimal("3")), currency: currencyCode("USD") };
  const found = [{ key, title: "Delete", saving, body: { evidence: ["\u0000", "\\n"] } }];
  const findings = { advisor: "idle", found, abstained: [], settings: {}, programVersion: "0.1.0" };
  await recordRecommendations(state, "advise", findings);
  const id = recommendationId(key);
  await decideRecommendation(state, "anna", { id, version: 1, decision: { status: "accepted" } });
  const programme = await createProgramme(state, "anna", { name: "Autumn" });
  const first = await addTask(state, "anna", programme, { title: "first", recommendation: id });
  const second = await addTask(state, "anna", programme, { title: "second" });
  await setDependencies(state, "anna", { id: second, version: 1, dependsOn: [first] });
  await moveTask(state, "bob", { id: first, version: 1, status: "in-progress" });
  await addRecord(state, "anna", programme, { kind: "lesson", body: { title: "x", lesson: "y" } });
  const draft = { title: "Delete it", body: { steps: ["a"] }, recommendations: [id], requiredApprovals: 1 };
  const planId = await createPlan(state, "anna", { ...draft, expiresAt: instant("2026-08-01T00:00:00Z") });
  await approvePlan(state, "bob", { id: planId, digest: (await readPlan(state, planId)).digest });
  const lease = await startPlan(state, "anna", { id: planId, holder: "host", leaseMs: 1000 });
  const step = { planId, lease, step: "a", direction: "apply", detail: {}, runner: "host" } as const;
  await beginStep(state, "anna", step);
  const span = { coversFrom: day("2026-07-01"), coversTo: day("2026-08-01"), lakeVersion: 3 };
  await recordVerification(state, "verify", { planId, verdict: "pending", body: {}, ...span });
  await writeSetting(state, "anna", { name: "limit", value: { usd: "10000" }, version: 0 });
  await setSecret(state, "anna", "slack", TOKEN);
  const report = { kind: "report", ownerId: "anna" } as const;
  const reader = { personId: "anna", teamIds: [], isAdmin: false };
  const itemId = await createSaved(state, "anna", { ...report, draft: { title: "Month", body: {} } });
  await shareSaved(state, "anna", {
    ...{ kind: "report", id: itemId, reader },
    shares: [{ kind: "team", id: "team-1", level: "view" }],
  });
  await addSnapshot(state, "anna", {
    ...{ reportId: itemId, reportVersion: 1, title: "June", audience: "same", scopeDigest: "0".repeat(64) },
    ...{ lakeVersion: 3, body: {}, madeById: "anna" },
  });
  const subject = `recommendation ${id}`;
  await addComment(state, "anna", { subject, text: "Sure?", mentions: ["bob@example.com"] });
  await assign(state, "anna", { subject, assignee: "bob@example.com" });
  await markMentionsRead(state, "bob@example.com", instant("2026-07-01T00:00:00.000Z"));
  await fillDelivery(state);
  const link = { codeHash: "0".repeat(64), validMs: 1000 };
  await makeSetupLink(state, "server", link);
  const admin = {
    codeHash: link.codeHash,
    passwordHash: "$argon2id$",
    name: "Anna",
    email: "anna@example.com",
  };
  await useOneTimeLink(state, admin);
  const personId = (await findPersonByEmail(state, admin.email))?.id ?? "";
  await writeProfile(state, admin.email, { personId, locale: "en-GB", timeZone: "Europe/Berlin" });
  const token = {
    personId,
    name: "ci",
    prefix: "tt_12345",
    secretHash: "1".repeat(64),
    permissions: ["read"],
  };
  await addApiToken(state, "anna", { ...token, expiresAt: instant("2026-08-01T00:00:00.000Z") });
};

const contents = async (state: State) => {
  const tables: Record<string, unknown> = {};
  for (const [table, primary] of Object.entries(BACKUP_TABLES)) {
    const order = sql.join(primary.map((name) => sql.ref(name)));
    const { rows } = await sql`select * from ${sql.table(table)} order by ${order}`.execute(state.db);
    tables[table] = rows;
  }
  return tables;
};

const request = (home: StateHome, file: string, replace = false) => ({
  engine: engineOf(home.place),
  clock: () => new Date("2026-07-05T00:00:00Z"),
  actor: "carol",
  file,
  replace,
});

const backedUp = async (state: State): Promise<string> => {
  const file = join(tempFolder(), "state.backup");
  await backUpState(state, file, "0.1.0");
  return file;
};

const there = STATE_ENGINES.filter(({ isThere }) => isThere);
const pairs = there.flatMap((from) =>
  there.map((to) => ({ from, to, name: `${from.name}, restored ${to.name}` })),
);

it("backups know every table that there is", async () => {
  const state = await (await STATE_ENGINES[0]?.home())?.open();
  if (state === undefined) throw new Error("SQLite is always there");
  const { rows } = await sql<{
    name: string;
  }>`select name from sqlite_schema where type = 'table'`.execute(state.db);
  const passing = ["leases", "sessions", "one_time_links", "sign_in_attempts"];
  const own = rows.map(({ name }) => name).filter((name) => !/^(sqlite|kysely)_/.test(name));
  const kept = own.filter((name) => !passing.includes(name));
  expect(kept.toSorted()).toEqual(Object.keys(BACKUP_TABLES).toSorted());
});

describe.each(pairs)("a backup made $name", ({ from, to }) => {
  it("holds everything, and nothing in clear that was not", async () => {
    const state = await (await from.home()).open(WITH_KEY);
    await fill(state);
    const before = await contents(state);
    for (const [table, rows] of Object.entries(before)) expect(rows, table).not.toEqual([]);
    const file = await backedUp(state);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(file))).toEqual(["state.backup"]);
    expect(gunzipSync(readFileSync(file)).toString()).not.toContain(TOKEN);

    const target = await to.home();
    const report = await restoreState(request(target, file));
    expect(report).toMatchObject({ chain: { status: "whole" }, migrated: [] });
    const restored = await target.open(WITH_KEY);
    const after = await contents(restored);
    const { audit_log: log, audit_head: _, ...rest } = after;
    const { audit_log: oldLog, audit_head: __, ...oldRest } = before;
    expect(rest).toEqual(oldRest);
    expect((log as unknown[]).slice(0, -1)).toEqual(oldLog);
    expect(await verifyChain(restored)).toMatchObject({ status: "whole" });
    expect(await readAudit(restored, { limit: 1 })).toMatchObject([
      { actor: "carol", action: "state.restored" },
    ]);
    expect(await getSecret(restored, "slack")).toBe(TOKEN);
    await expect(sql`delete from journal`.execute(restored.db)).rejects.toThrow("append-only");
  });
});

describe.each(there)("a restore $name", ({ home }) => {
  it("replaces what is there only when told to, under those who have it open", async () => {
    const own = await home();
    const state = await own.open();
    await writeSetting(state, "anna", { name: "old", value: 1, version: 0 });
    const file = await backedUp(state);
    await writeSetting(state, "anna", { name: "new", value: 2, version: 0 });
    await expect(restoreState(request(own, file))).rejects.toMatchObject({ code: "STATE_NOT_EMPTY" });
    expect(await listSettings(state)).toHaveLength(2);
    await restoreState(request(own, file, true));
    expect((await listSettings(state)).map(({ name }) => name)).toEqual(["old"]);
    await writeSetting(state, "anna", { name: "next", value: 3, version: 0 });
    expect(await verifyChain(state)).toMatchObject({ status: "whole", entries: 3 });
  });

  it("of an older backup brings it to this version", async () => {
    const old = await home();
    const state = await old.open();
    await writeSetting(state, "anna", { name: "old", value: 1, version: 0 });
    const file = await backedUp(state);
    const migrations = {
      ...MIGRATIONS,
      "9999-of-tomorrow": async (db: Parameters<(typeof MIGRATIONS)[string]>[0]) => {
        await sql`alter table settings add column note text`.execute(db);
        await sql`update settings set note = 'from ' || name`.execute(db);
      },
    };
    const target = await home();
    const report = await restoreState({ ...request(target, file), migrations });
    expect(report.migrated).toEqual(["9999-of-tomorrow"]);
    await expect(target.open()).rejects.toMatchObject({ code: "STATE_NEWER" });
    await expect(restoreState(request(target, file, true))).rejects.toMatchObject({ code: "STATE_NEWER" });
  });

  const lines = (change: (all: string[]) => string[]) => (bytes: Buffer) => {
    const all = gunzipSync(bytes).toString().split("\n");
    return gzipSync(change(all).join("\n"));
  };
  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 30), "unexpected end"],
    ["not compressed", () => Buffer.from("hello"), "incorrect header"],
    ["empty", () => Buffer.alloc(0), ""],
    ["changed in an amount", lines((all) => all.map((line) => line.replace('"2.5"', '"9.5"'))), "digest"],
    ["without its last line", lines((all) => [...all.slice(0, -2), ""]), "end is missing"],
    ["short of a row", lines((all) => all.filter((line) => !line.includes('"slack"'))), "rows"],
    [
      "of a table that is none of ours",
      lines((all) => all.map((l) => l.replace('"table":"plans"', '"table":"pg_authid"'))),
      "table",
    ],
    [
      "of a column that is none",
      lines((all) => all.map((l) => l.replace('"columns":["id"', '"columns":["id) --"'))),
      "columns",
    ],
  ])("of a file that is %s changes nothing", async (_, spoil, reason) => {
    const own = await home();
    const state = await own.open(WITH_KEY);
    await fill(state);
    const file = await backedUp(state);
    writeFileSync(file, spoil(readFileSync(file)));
    const before = await contents(state);
    await expect(restoreState(request(own, file, true))).rejects.toMatchObject({
      code: "STATE_BACKUP_INVALID",
      message: expect.stringContaining(reason),
    });
    expect(await contents(state)).toEqual(before);
  });

  it("that fails in the middle leaves what was there", async () => {
    const own = await home();
    const state = await own.open(WITH_KEY);
    await fill(state);
    const before = await contents(state);
    // Whole by its digest, but with a column that the database does not have.
    const spoilt = lines((all) => {
      const body = all
        .slice(0, -2)
        .map((line) => line.replace('"columns":["name","sealed"', '"columns":["name","opened"'));
      const sha256 = createHash("sha256")
        .update(`${body.join("\n")}\n`)
        .digest("hex");
      const { rows } = JSON.parse(all.at(-2) ?? "") as { rows: number };
      return [...body, JSON.stringify({ rows, sha256 }), ""];
    });
    const file = await backedUp(state);
    writeFileSync(file, spoilt(readFileSync(file)));
    await expect(restoreState(request(own, file, true))).rejects.toMatchObject({
      code: "STATE_BACKUP_INVALID",
      message: expect.stringContaining("table secrets"),
    });
    expect(await contents(state)).toEqual(before);
  });

  it("of a newer backup is refused", async () => {
    const own = await home();
    const file = await backedUp(await own.open());
    const all = gunzipSync(readFileSync(file)).toString();
    const body = all
      .split("\n")
      .slice(0, -2)
      .join("\n")
      .replace('"0001-decisions"', '"0001-decisions","0009-later"');
    const sha256 = createHash("sha256").update(`${body}\n`).digest("hex");
    const { rows } = JSON.parse(all.split("\n").at(-2) ?? "") as { rows: number };
    writeFileSync(file, gzipSync(`${body}\n${JSON.stringify({ rows, sha256 })}\n`));
    await expect(restoreState(request(await home(), file))).rejects.toMatchObject({
      code: "STATE_BACKUP_NEWER",
    });
  });
});

it("a backup overwrites nothing", async () => {
  const state = await (await (STATE_ENGINES[0] as (typeof STATE_ENGINES)[number]).home()).open();
  const file = await backedUp(state);
  const before = readFileSync(file);
  await expect(backUpState(state, file, "0.1.0")).rejects.toMatchObject({ code: "STATE_BACKUP_EXISTS" });
  expect(readFileSync(file).equals(before)).toBe(true);
});

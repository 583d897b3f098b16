import { once } from "node:events";
import { connect as connectTo, createServer, type Server } from "node:net";
import { sql } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import { STATE_ENGINES, type StateHome } from "../../testing/state-engines.ts";
import { engineOf } from "../engine-of.ts";
import { openState } from "../open-state.ts";
import { stateKeys } from "../secret-key.ts";
import { listSettings, writeSetting } from "../settings.ts";
import type { State } from "../state.ts";
import { findStatePlace } from "../state-place.ts";
import { postgresEngine } from "./postgres-engine.ts";

const openAt = async (url: string): Promise<State> => {
  const place = findStatePlace({
    env: { DATABASE_URL: url },
    cwd: "/",
    platform: "linux",
    lakeRoot: "/",
    isLakeInBucket: false,
  });
  const clock = () => new Date("2026-07-01T00:00:00Z");
  const state = await openState({ engine: engineOf(place), clock, keys: stateKeys(place, {}) });
  onTestFinished(() => state.close());
  return state;
};

const changed = (home: StateHome, change: (url: URL) => void): string => {
  const url = new URL(home.env.DATABASE_URL ?? "");
  change(url);
  return url.href;
};

/** Ends every other connection to this database, as a restart of the server would. */
const endOthers = (state: State) =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(state.db);

/** Stands before the server; cuts the line once a commit has gone through and before its answer comes back. */
const cutAtCommit = async (target: URL): Promise<{ readonly port: number; arm(): void }> => {
  let isArmed = false;
  const proxy: Server = createServer((client) => {
    const server = connectTo(Number(target.port), target.hostname);
    let isCut = false;
    for (const socket of [client, server]) socket.on("error", () => undefined);
    client.on("data", (chunk) => {
      isCut ||= isArmed && chunk.toString("latin1").includes("commit");
      server.write(chunk);
    });
    server.on("data", (chunk) => {
      if (!isCut) return void client.write(chunk);
      client.destroy();
      server.destroy();
    });
    client.on("close", () => server.end());
    server.on("close", () => client.end());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  const arm = () => {
    isArmed = true;
  };
  return { port: typeof address === "object" && address !== null ? address.port : 0, arm };
};

const postgres = STATE_ENGINES.filter(({ id }) => id === "postgresql");

describe.each(postgres)("a state database $name", ({ home, isThere }) => {
  it.runIf(isThere)("that ends its connections loses nothing that was told, and is used again", async () => {
    const own = await home();
    const [state, other] = [await own.open(), await own.open()];
    await writeSetting(state, "anna", { name: "before", value: 1, version: 0 });
    await endOthers(other);
    await writeSetting(state, "anna", { name: "after", value: 2, version: 0 });
    const cut = state.write("anna", async ({ db, at }) => {
      const values = { name: "during", value: "3", version: 1, updatedBy: "anna", updatedAt: at };
      await db.insertInto("settings").values(values).execute();
      await endOthers(other);
      await db.selectFrom("settings").select("name").execute();
    });
    await expect(cut).rejects.toMatchObject({ code: "STATE_CONNECTION_LOST" });
    expect((await listSettings(state)).map(({ name }) => name)).toEqual(["after", "before"]);
  });

  it.runIf(isThere)(
    "whose answer to a commit is lost says that nobody knows, and the change is whole",
    async () => {
      const own = await home();
      await (await own.open()).close();
      const proxy = await cutAtCommit(new URL(own.env.DATABASE_URL ?? ""));
      const state = await openAt(changed(own, (url) => (url.port = String(proxy.port))));
      await writeSetting(state, "anna", { name: "before", value: 1, version: 0 });
      proxy.arm();
      const write = writeSetting(state, "anna", { name: "lost", value: 2, version: 0 });
      await expect(write).rejects.toMatchObject({ code: "STATE_COMMIT_UNCERTAIN" });
      expect((await listSettings(await own.open())).map(({ name }) => name)).toEqual(["before", "lost"]);
    },
  );

  it.runIf(isThere)(
    "refuses a wrong password, database and right, without a word of the password",
    async () => {
      const own = await home();
      await (await own.open()).close();
      const secret = "s3cr3t-pa55word";
      const wrongs = [
        changed(own, (url) => (url.password = secret)),
        changed(own, (url) => (url.pathname = "/no_such_database")),
        changed(own, (url) => (url.username = "nobody_at_all")),
      ];
      for (const url of wrongs) {
        const error = (await openAt(url).catch((thrown: unknown) => thrown)) as Error;
        expect(error).toMatchObject({ code: "STATE_ACCESS_REFUSED" });
        expect(`${error.stack} ${(error.cause as Error).stack} ${JSON.stringify(error)}`).not.toContain(
          secret,
        );
      }
    },
  );

  it.runIf(isThere)("is refused to a user who may make nothing there", async () => {
    const own = await home();
    const state = await own.open();
    const name = `reader_${process.pid}_${Date.now()}`;
    await sql.raw(`create role ${name} login password 'reader'`).execute(state.db);
    onTestFinished(async () => {
      await sql.raw(`drop role ${name}`).execute((await (await home()).open()).db);
    });
    const reader = changed(own, (url) => {
      url.username = name;
      url.password = "reader";
    });
    await expect(openAt(reader)).rejects.toMatchObject({ code: "STATE_ACCESS_REFUSED" });
  });

  it.runIf(isThere)("stays in its own schema, whatever else is in the database", async () => {
    const own = await home();
    const state = await own.open();
    const { rows } = await sql<{ schema: string }>`
      select distinct schemaname as schema from pg_tables where tablename in ('plans', 'kysely_migration')`.execute(
      state.db,
    );
    expect(rows).toEqual([{ schema: "trimtab" }]);
    const withOptions = changed(own, (url) =>
      url.searchParams.set("options", "-c search_path=public -c work_mem=8MB"),
    );
    expect((await openAt(withOptions)).applied).toEqual([]);
  });

  it.runIf(isThere)("behind a pooler that drops the schema is refused, and nothing is made", async () => {
    const own = await home();
    const engine = postgresEngine({ connectionString: own.env.DATABASE_URL ?? "", place: "pooler" });
    const refused = openState({ engine, clock: () => new Date(0), keys: stateKeys(own.place, {}) });
    await expect(refused).rejects.toMatchObject({ code: "STATE_ACCESS_REFUSED" });
    expect((await own.open()).applied).not.toEqual([]);
  });
});

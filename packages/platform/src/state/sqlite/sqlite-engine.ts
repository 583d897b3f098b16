import { stat } from "node:fs/promises";
import { TrimtabError } from "@trimtab/domain";
import { sql } from "kysely";
import { stateErrors } from "../errors.ts";
import type { StateEngine } from "../state-engine.ts";
import { NodeSqliteDialect } from "./node-sqlite-dialect.ts";
import { openSqliteFile } from "./sqlite-file.ts";

/** By the primary result code. @see https://www.sqlite.org/rescode.html, 2026-05 */
const FAILURES = {
  3: "STATE_NOT_WRITABLE",
  5: "STATE_BUSY",
  6: "STATE_BUSY",
  8: "STATE_NOT_WRITABLE",
  10: "STATE_NOT_WRITABLE",
  11: "STATE_DAMAGED",
  13: "STATE_DISK_FULL",
  14: "STATE_NOT_WRITABLE",
  26: "STATE_DAMAGED",
} as const satisfies Readonly<Record<number, keyof typeof stateErrors.catalogue>>;

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** A file of SQLite, through Node's own. */
export const sqliteEngine = (file: string): StateEngine => {
  const toFailure = (error: unknown): unknown => toSqliteFailure(file, error);
  return {
    id: "sqlite",
    place: file,
    toFailure,
    exists: () =>
      stat(file).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === "ENOENT") return false;
          throw toFailure(error);
        },
      ),
    connect: async () => {
      try {
        return new NodeSqliteDialect(await openSqliteFile(file));
      } catch (error) {
        throw toFailure(error);
      }
    },
    // A transaction that writes has the file to itself from its beginning.
    lockForMigration: async () => undefined,
    takeTurn: async () => undefined,
    isSetUp: async (db) => {
      const { rows } = await sql`select 1 from sqlite_master where name = 'kysely_migration'`.execute(db);
      return rows.length > 0;
    },
    findDamage: async (given) => {
      const db = given.withoutPlugins();
      const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(20)`.execute(db);
      const orphans = await sql`pragma foreign_key_check`.execute(db);
      return [
        ...rows.map((row) => row.integrity_check).filter((found) => found !== "ok"),
        ...orphans.rows.map((row) => `a row without the one it belongs to: ${JSON.stringify(row)}`),
      ];
    },
    describe: async (db) => {
      const { rows } = await sql<{ version: string; bytes: number }>`
        select sqlite_version() as version, page_count * page_size as bytes
        from pragma_page_count(), pragma_page_size()`.execute(db);
      return { version: `SQLite ${rows[0]?.version}`, bytes: rows[0]?.bytes ?? 0 };
    },
  };
};

const toSqliteFailure = (place: string, error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof TrimtabError) return error;
  const reason = error.message;
  if ("errcode" in error && typeof error.errcode === "number") {
    const code = FAILURES[(error.errcode & 0xff) as keyof typeof FAILURES] ?? "STATE_REFUSED";
    return stateErrors.create(code, { place, reason }, { cause: error });
  }
  if (!("syscall" in error) || !("code" in error)) return error;
  const code = FULL.has(String(error.code)) ? "STATE_DISK_FULL" : "STATE_NOT_WRITABLE";
  return stateErrors.create(code, { place, reason }, { cause: error });
};

import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { instantOf, type Json } from "@trimtab/domain";
import { type Kysely, sql } from "kysely";
import { stateErrors } from "../errors.ts";
import { executedMigrations } from "../migrate.ts";
import type { State } from "../state.ts";
import type { StateTables } from "../tables.ts";
import { BACKUP_FORMAT, BACKUP_TABLES, type BackupHeader } from "./backup-format.ts";

const ROWS_AT_ONCE = 1000;

export interface BackupReport {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes everything as of one moment into one file, which either database can restore. It appears when it is whole;
 * secrets are in it as they are kept, encrypted.
 * @throws STATE_BACKUP_EXISTS, and what the file system says
 */
export const backUpState = async (state: State, file: string, program: string): Promise<BackupReport> => {
  const exists = () => stateErrors.create("STATE_BACKUP_EXISTS", { file });
  if (await stat(file).catch(() => undefined)) throw exists();
  const draft = `${file}.${randomUUID()}`;
  try {
    const { rows, sha256 } = await state.read(async (db) => {
      const lines = new BackupLines(db, {
        format: BACKUP_FORMAT,
        formatVersion: 1,
        migrations: [...(await executedMigrations(db))],
        program,
        engine: state.engine.id,
        createdAt: instantOf(state.clock()),
      });
      const target = createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true });
      await pipeline(Readable.from(lines.all()), createGzip(), target);
      return lines;
    });
    const { size: bytes } = await stat(draft);
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "EEXIST" ? exists() : error;
    });
    await syncFolderOf(file);
    return { file, rows, bytes, sha256 };
  } finally {
    await rm(draft, { force: true });
  }
};

/** The lines of a backup; what they sum up to is known once all were read. */
class BackupLines {
  readonly #db: Kysely<StateTables>;
  readonly #header: BackupHeader;
  readonly #hash = createHash("sha256");
  rows = 0;
  sha256 = "";

  constructor(db: Kysely<StateTables>, header: BackupHeader) {
    this.#db = db.withoutPlugins();
    this.#header = header;
  }

  async *all(): AsyncGenerator<string> {
    yield this.#line(this.#header);
    for (const [table, key] of Object.entries(BACKUP_TABLES)) yield* this.#tableLines(table, key);
    this.sha256 = this.#hash.digest("hex");
    yield `${JSON.stringify({ rows: this.rows, sha256: this.sha256 })}\n`;
  }

  async *#tableLines(table: string, key: readonly string[]): AsyncGenerator<string> {
    let last: Row | undefined;
    while (true) {
      const page: readonly Row[] = await this.#pageAfter(table, key, last);
      if (last === undefined && page[0] !== undefined)
        yield this.#line({ table, columns: Object.keys(page[0]) });
      for (const row of page) yield this.#line(Object.values(row));
      this.rows += page.length;
      last = page.at(-1);
      if (page.length < ROWS_AT_ONCE) return;
    }
  }

  async #pageAfter(table: string, key: readonly string[], last: Row | undefined): Promise<readonly Row[]> {
    const columns = sql.join(key.map((name) => sql.ref(name)));
    const onward =
      last === undefined ? sql`` : sql`where (${columns}) > (${sql.join(key.map((name) => last[name]))})`;
    const { rows } = await sql<Row>`
      select * from ${sql.table(table)} ${onward} order by ${columns} limit ${sql.lit(ROWS_AT_ONCE)}`.execute(
      this.#db,
    );
    return rows;
  }

  #line(value: Json): string {
    const line = `${JSON.stringify(value)}\n`;
    this.#hash.update(line);
    return line;
  }
}

type Row = Readonly<Record<string, string | number | null>>;

/** A name that a power cut takes back was no backup. */
const syncFolderOf = async (file: string): Promise<void> => {
  if (process.platform === "win32") return;
  const folder = await open(dirname(file), "r");
  await folder.sync().finally(() => folder.close());
};

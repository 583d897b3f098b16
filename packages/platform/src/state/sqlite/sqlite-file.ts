import { randomUUID } from "node:crypto";
import { chmod, link, mkdir, open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { stateErrors } from "../errors.ts";

/** "TRIM": tells our files from those of other programs. */
const APPLICATION_ID = 0x5452494d;
const HEADER = "SQLite format 3\0";
/** Only what takes a moment is waited for so, such as another process that opens the file; see `beginTransaction`. */
const BUSY_MS = 500;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** The database of a file, which is made if it is not there. @throws STATE_DAMAGED, STATE_FOREIGN, and what the file system says */
export const openSqliteFile = async (file: string): Promise<DatabaseSync> => {
  const { DatabaseSync } = await import("node:sqlite");
  const found = await stat(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (found === undefined) await createFile(file, DatabaseSync);
  await checkHeader(file);
  const database = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  try {
    if (readPragma(database, "application_id") !== APPLICATION_ID)
      throw stateErrors.create("STATE_FOREIGN", { place: file });
    setUpConnection(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const setUpConnection = (database: DatabaseSync): void => {
  // FULL: what was committed outlives a power cut, which is what a journal is for.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;");
  database.exec("PRAGMA cell_size_check = ON;");
  database.enableDefensive(true);
};

const readPragma = (database: DatabaseSync, name: string): unknown =>
  database.prepare(`PRAGMA ${name}`).get()?.[name];

/**
 * The file appears at its place with its first page, by a link that fails where another process was faster. So a file
 * without content is never one that somebody is just making: it was cut off.
 */
const createFile = async (file: string, Database: typeof DatabaseSync): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    await (await open(draft, "wx", 0o600)).close();
    const database = new Database(draft);
    try {
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA journal_mode = WAL;`);
    } finally {
      database.close();
    }
    await chmod(draft, 0o600);
    await link(draft, file).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
};

const checkHeader = async (file: string): Promise<void> => {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER.length), 0, HEADER.length, 0);
    if (buffer.toString("latin1", 0, bytesRead) === HEADER) return;
    const reason = bytesRead === 0 ? "the file is empty" : "the file is no SQLite database";
    throw stateErrors.create("STATE_DAMAGED", { place: file, reason });
  } finally {
    await handle.close();
  }
};

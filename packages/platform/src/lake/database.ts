import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { quoteText } from "../sql/dialect.ts";
import type { Scalar } from "../sql/expr.ts";
import { lakeErrors } from "./errors.ts";
import type { CellValue, ResultSet } from "./result-set.ts";
import { makeSpillFolder } from "./spill-folder.ts";

/** SQL text plus the values bound to its placeholders `$1…`. */
export interface Statement {
  readonly text: string;
  readonly params?: readonly Scalar[];
}

export interface DatabaseOptions {
  /** Upper bound of the engine's own memory. Default 1200 MiB, so that a process stays under 2 GiB. */
  readonly memoryLimitMb?: number;
  /** Default: one per core. */
  readonly threads?: number;
  /** Where the engine spills; a folder of its own is made inside and removed on close. Default: the system's. */
  readonly tempFolder?: string;
  /** Upper bound of what it spills. Default: what the disk has. */
  readonly spillLimitMb?: number;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how far a long statement is, from 0 to 1, as the engine estimates it. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const PROGRESS_EVERY_MS = 200;
const INTERRUPT_EVERY_MS = 50;

/** An embedded engine in memory. It reads and writes files only where a statement says so; it loads no extension. */
export interface Database {
  /** @throws LAKE_QUERY_FAILED, LAKE_OUT_OF_MEMORY, LAKE_DISK_FULL, LAKE_CANCELLED */
  run(statement: Statement, options?: RunOptions): Promise<ResultSet>;
  /** Runs statements on one connection, which alone sees the temporary tables they make. */
  session<T>(work: (run: Database["run"]) => Promise<T>): Promise<T>;
  /** Done at once where nothing runs; else what runs is interrupted, ends with LAKE_CANCELLED, and is waited for. */
  close(): Promise<void>;
}

const toFailure = (error: unknown, signal: AbortSignal | undefined): Error => {
  const reason = error instanceof Error ? error.message : String(error);
  if (signal?.aborted) return lakeErrors.create("LAKE_CANCELLED", {}, { cause: error });
  if (/Out of Memory|could not allocate/i.test(reason))
    return lakeErrors.create("LAKE_OUT_OF_MEMORY", { reason }, { cause: error });
  if (/No space left|disk quota|File too large|max_temp_directory_size/i.test(reason))
    return lakeErrors.create("LAKE_DISK_FULL", { reason }, { cause: error });
  return lakeErrors.create("LAKE_QUERY_FAILED", { reason }, { cause: error });
};

/** JSON cells of the engine; maps come as key/value pairs and become plain objects. */
const toCell = (value: unknown, isMap: boolean): CellValue => {
  if (!isMap || !Array.isArray(value)) return value as CellValue;
  const pairs = value as { key: string; value: string | null }[];
  return Object.fromEntries(pairs.map(({ key, value: item }) => [key, item]));
};

const runOn = async (
  connection: DuckDBConnection,
  statement: Statement,
  { signal, onProgress }: RunOptions,
): Promise<ResultSet> => {
  if (signal?.aborted) throw lakeErrors.create("LAKE_CANCELLED");
  const interrupt = () => connection.interrupt();
  const watch =
    onProgress === undefined
      ? undefined
      : setInterval(() => onProgress(Math.max(0, connection.progress.percentage) / 100), PROGRESS_EVERY_MS);
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    const params = statement.params ?? [];
    const reader =
      params.length === 0
        ? await connection.runAndReadAll(statement.text)
        : await connection.runAndReadAll(statement.text, params as DuckDBValue[]);
    const names = reader.columnNames();
    const types = reader.columnTypes().map(String);
    const isMap = types.map((type) => type.startsWith("MAP("));
    return {
      columns: names.map((name, index) => ({ name, type: types[index] ?? "VARCHAR" })),
      rows: reader
        .getRowsJson()
        .map((row) => row.map((value, index) => toCell(value, isMap[index] === true))),
    };
  } catch (error) {
    throw toFailure(error, signal);
  } finally {
    clearInterval(watch);
    signal?.removeEventListener("abort", interrupt);
  }
};

/** Opens an engine. Idle connections are kept and used again. */
export const openDatabase = async (options: DatabaseOptions = {}): Promise<Database> => {
  const spill = await makeSpillFolder(options.tempFolder ?? tmpdir());
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${options.memoryLimitMb ?? 1200}MiB`,
    temp_directory: spill,
    ...(options.spillLimitMb === undefined ? {} : { max_temp_directory_size: `${options.spillLimitMb}MiB` }),
    preserve_insertion_order: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
  const idle: DuckDBConnection[] = [];
  const busy = new Map<DuckDBConnection, Promise<unknown>>();
  let isClosed = false;
  const first = await instance.connect();
  await first.run("SET parquet_metadata_cache = true");
  await first.run("SET TimeZone = 'UTC'");
  await first.run("SET enable_progress_bar = true");
  await first.run("SET enable_progress_bar_print = false");
  await first.run("SET lock_configuration = true");
  idle.push(first);

  const borrow = async <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
    const connection = idle.pop() ?? (isClosed ? undefined : await instance.connect());
    if (connection === undefined || isClosed) {
      connection?.closeSync();
      throw lakeErrors.create("LAKE_CANCELLED");
    }
    const working = work(connection);
    busy.set(connection, working);
    try {
      return await working;
    } finally {
      busy.delete(connection);
      if (isClosed) connection.closeSync();
      else idle.push(connection);
    }
  };
  const runUntilClosed = async (connection: DuckDBConnection, statement: Statement, options: RunOptions) => {
    if (isClosed) throw lakeErrors.create("LAKE_CANCELLED");
    try {
      return await runOn(connection, statement, options);
    } catch (error) {
      throw isClosed ? lakeErrors.create("LAKE_CANCELLED", {}, { cause: error }) : error;
    }
  };
  /** An interrupt is lost on a statement that has not begun yet, so it is said again. */
  const endAll = async (): Promise<void> => {
    const interrupt = () => {
      for (const connection of busy.keys()) connection.interrupt();
    };
    interrupt();
    const again = setInterval(interrupt, INTERRUPT_EVERY_MS);
    await Promise.allSettled(busy.values());
    clearInterval(again);
  };
  const free = (): void => {
    instance.closeSync();
    rmSync(spill, { recursive: true, force: true });
  };
  return {
    run: (statement, options = {}) => borrow((connection) => runUntilClosed(connection, statement, options)),
    session: (work) =>
      borrow((connection) =>
        work((statement, options = {}) => runUntilClosed(connection, statement, options)),
      ),
    // A connection closed while its statement runs is freed by that statement, which then waits for itself: the process never ends.
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      for (const connection of idle.splice(0)) connection.closeSync();
      if (busy.size > 0) await endAll();
      free();
    },
  };
};

/** A file's name for `read_parquet` and its like, which take `*`, `?` and `[` for patterns and would read other files. */
export const fileText = (path: string): string => quoteText(path.replace(/[*?[]/g, "[$&]"));

/** A list literal of file names, each meaning exactly that file. */
export const fileList = (paths: readonly string[]): string => `[${paths.map(fileText).join(", ")}]`;

/** Of a numbered scan: which row of its file a row is, from 0. */
export const ROW_NUMBER = "file_row_number";

/** FROM-able SQL over these Parquet files. Names of folders such as `source=x` are no columns. */
export const parquetOf = (
  paths: readonly string[],
  options: { readonly byName?: boolean; readonly numbered?: boolean } = {},
): string => {
  const byName = options.byName === true ? ", union_by_name=true" : "";
  const numbered = options.numbered === true ? `, ${ROW_NUMBER}=true` : "";
  return `read_parquet(${fileList(paths)}, hive_partitioning=false${byName}${numbered})`;
};

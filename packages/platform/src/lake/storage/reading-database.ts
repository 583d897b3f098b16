import { quoteText } from "../../sql/dialect.ts";
import type { Database, RunOptions, Statement } from "../database.ts";
import { fileText } from "../database.ts";
import { lakeErrors } from "../errors.ts";
import type { LakeStorage } from "./storage.ts";

type Run = Database["run"];

/**
 * An engine that reads files of a lake which are not in place. A statement names them by {@link LakeStorage.localPath};
 * they are fetched before it runs and held until it ends. A lake in a folder is read as it is.
 */
export const readingDatabase = (database: Database, storage: LakeStorage): Database => {
  const { hold } = storage;
  if (hold === undefined) return database;
  const holding =
    (run: Run): Run =>
    async (statement, options = {}) => {
      const paths = namedIn(statement, storage);
      if (paths.length === 0) return run(statement, options);
      const release = await untilAborted(hold(paths), options);
      try {
        return await run(statement, options);
      } finally {
        release();
      }
    };
  return {
    run: holding(database.run),
    session: (work) => database.session((run) => work(holding(run))),
    close: () => database.close(),
  };
};

/** Paths of the lake's files that a statement reads: they alone begin with this process' own folder. */
const namedIn = ({ text }: Statement, storage: Pick<LakeStorage, "localPath">): readonly string[] => {
  // As it stands in the statement: escaped, without the closing quote
  const marker = fileText(storage.localPath("x")).slice(0, -2);
  const plain = quoteText(storage.localPath("x")).slice(0, -2);
  const found = new Set<string>();
  for (const start of new Set([marker, plain]))
    for (const rest of text.split(start).slice(1)) found.add(rest.slice(0, rest.indexOf("'")));
  return [...found];
};

/** A question that nobody waits for any more does not wait for its files; they come in and are let go. */
const untilAborted = async (held: Promise<() => void>, { signal }: RunOptions): Promise<() => void> => {
  if (signal === undefined) return held;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(lakeErrors.create("LAKE_CANCELLED"));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([held, aborted.promise]);
  } catch (error) {
    held.then((release) => release()).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
};

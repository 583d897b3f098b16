// npm test: all tests, those of the state database also on a PostgreSQL that is started for them and stopped again, and those
// of other engines' SQL with a parser that is installed for them.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { installSqlglot } from "../sqlglot/install-sqlglot.ts";
import { startPostgres } from "./start-postgres.ts";

const repository = join(import.meta.dirname, "..", "..");

/** Runs the tests; resolves with their exit code. */
const runTests = (env: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((done, fail) => {
    const vitest = join(repository, "node_modules", "vitest", "vitest.mjs");
    const child = spawn(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
      cwd: repository,
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    // A signal to the group reaches the tests, too; this process stays to stop the server after them.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
    child.on("error", fail).on("close", (code) => done(code ?? 1));
  });

type Environment = Readonly<Record<string, string>>;

const runWithOwnPostgres = async (env: Environment): Promise<number> => {
  const server = await startPostgres();
  if ("skipped" in server) {
    process.stdout.write(`skipped: tests on PostgreSQL (${server.skipped})\n`);
    return await runTests(env);
  }
  try {
    return await runTests({ ...env, TRIMTAB_TEST_POSTGRES_URL: server.url });
  } finally {
    await server.stop();
  }
};

const findParser = async (): Promise<Environment> => {
  const parser = await installSqlglot();
  if (!("skipped" in parser)) return { TRIMTAB_TEST_SQLGLOT: parser.folder };
  process.stdout.write(`skipped: a parser of other engines' SQL (${parser.skipped})\n`);
  return { TRIMTAB_TEST_NO_SQLGLOT: parser.skipped };
};

const env = await findParser();
process.exitCode = process.env.TRIMTAB_TEST_POSTGRES_URL
  ? await runTests(env)
  : await runWithOwnPostgres(env);

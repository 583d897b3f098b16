import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePorts } from "../cluster/free-ports.ts";
import { findPostgres } from "./find-postgres.ts";
import { type UnpackedPostgres, unpackPostgres } from "./unpack-postgres.ts";

const run = promisify(execFile);
const USER = "trimtab_test";
const START_MS = 120_000;
const STOP_MS = 20_000;
const READY = "ready to accept connections";

/** Ends the server when this process does, however it ends: its standard input is then closed. */
const KEEPER = `folder=$1; shift; "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$folder"`;

export interface RunningPostgres {
  /** Of a user who may make databases; the password is this run's own. */
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** The server refuses to run as root, so somebody without rights has to. */
const unprivilegedAccount = async (): Promise<Account | undefined> => {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const ids = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, name]))).catch(() => undefined);
    const [uid, gid] = ids?.map(({ stdout }) => Number(stdout)) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  return undefined;
};

const findOrUnpack = async (): Promise<UnpackedPostgres | undefined> => {
  const bin = await findPostgres();
  return bin === undefined ? await unpackPostgres() : { bin, libraries: [] };
};

/** A PostgreSQL of its own, on a free port of loopback, with its data in a temporary folder; or why there is none. */
export const startPostgres = async (
  find: () => Promise<UnpackedPostgres | undefined> = findOrUnpack,
): Promise<RunningPostgres | { readonly skipped: string }> => {
  if (process.platform === "win32") return { skipped: "PostgreSQL is not started on Windows" };
  const found = await find();
  if (found === undefined)
    return { skipped: "PostgreSQL is not installed, and apt-get can't fetch it (set TRIMTAB_POSTGRES_BIN)" };
  const account = await unprivilegedAccount();
  if (account === undefined) return { skipped: "no account but root could run PostgreSQL" };
  const folder = await mkdtemp(join(tmpdir(), "trimtab-postgres-"));
  if (account.uid !== undefined && account.gid !== undefined) await chown(folder, account.uid, account.gid);
  const path = [...found.libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  const env = { ...process.env, LC_ALL: "C", ...(path === "" ? {} : { LD_LIBRARY_PATH: path }) };
  try {
    const password = await makeCluster(found.bin, folder, { ...account, env });
    return await startServer(found.bin, folder, password, { ...account, env });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};

type RunAs = Account & { readonly env: NodeJS.ProcessEnv };

const makeCluster = async (bin: string, folder: string, as: RunAs): Promise<string> => {
  const password = randomBytes(12).toString("hex");
  const file = join(folder, "password");
  await writeFile(file, password, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) await chown(file, as.uid, as.gid);
  const args = ["--pgdata", join(folder, "data"), "--username", USER, "--pwfile", file, "--no-sync"];
  const kind = ["--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale"];
  await run(join(bin, "initdb"), [...args, ...kind], { ...as, cwd: folder, timeout: START_MS });
  return password;
};

const startServer = async (
  bin: string,
  folder: string,
  password: string,
  as: RunAs,
): Promise<RunningPostgres> => {
  const [port] = await freePorts(1);
  const settings = ["listen_addresses=127.0.0.1", `port=${port}`, "unix_socket_directories=", "fsync=off"];
  const args = ["-D", join(folder, "data"), ...settings.flatMap((setting) => ["-c", setting])];
  const server = spawn("sh", ["-c", KEEPER, "sh", folder, join(bin, "postgres"), ...args], {
    ...as,
    cwd: folder,
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  // Its keeper may be gone before its input is closed.
  server.stdin.on("error", () => undefined);
  const stop = () => stopServer(server, folder);
  try {
    await waitUntilReady(server);
  } catch (error) {
    await stop();
    throw error;
  }
  const { stdout } = await run(join(bin, "postgres"), ["--version"], { env: as.env });
  const url = `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
  return { url, version: stdout.trim(), stop };
};

const waitUntilReady = async (server: ChildProcess): Promise<void> => {
  let said = "";
  const ready = Promise.withResolvers<void>();
  const fail = (why: string) => ready.reject(new Error(`PostgreSQL did not start (${why}): ${said}`));
  server.stderr?.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
    if (said.includes(READY)) ready.resolve();
    else if (said.includes("FATAL")) fail("it ended");
  });
  server.once("exit", () => fail("it ended"));
  const timer = setTimeout(() => fail(`not ready after ${START_MS / 1000} s`), START_MS);
  await ready.promise.finally(() => clearTimeout(timer));
};

const stopServer = async (server: ChildProcess, folder: string): Promise<void> => {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, "exit");
    server.stdin?.end();
    const { pid } = server;
    const force = setTimeout(() => pid !== undefined && process.kill(-pid, "SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(force);
  }
  await rm(folder, { recursive: true, force: true });
};

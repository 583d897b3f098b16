import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { freePort, outputOf, serverCache, startServer } from "./processes.ts";

const PACKAGE = "moto[server]==5.1.18";

/** Installed into a folder of its own, which appears only when it is whole. */
const install = async (python: string): Promise<string | undefined> => {
  const folder = join(serverCache(), "moto-5.1.18");
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", draft, PACKAGE];
  const said = await outputOf(python, args);
  if (said !== undefined) await rename(draft, folder).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
  return existsSync(folder) ? folder : undefined;
};

export interface RunningMoto {
  /** Where every service of AWS is. */
  readonly url: string;
  stop(): Promise<void>;
}

/** AWS' protocols by moto, a Python package; or why there are none. */
export const startMoto = async (): Promise<RunningMoto | { readonly skipped: string }> => {
  const python = "python3";
  const version = await outputOf(python, ["-c", "import sys; print(sys.version_info >= (3, 9))"]);
  if (version?.trim() !== "True") return { skipped: "no Python 3.9 or newer" };
  const folder = await install(python);
  if (folder === undefined) return { skipped: `pip can't install ${PACKAGE}` };
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [join(import.meta.dirname, "serve_moto.py"), new URL(url).port];
  const server = await startServer(python, args, { url, env: { PYTHONPATH: folder } });
  return { url, stop: server.stop };
};

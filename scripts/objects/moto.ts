import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { freePort, outputOf, serverCache, startServer } from "./processes.ts";

const PACKAGE = "moto[server]==5.1.18";

/** Installs a Python package into a folder of its own, which appears only when it is whole; undefined: it can't be had. */
export const installPython = async (folderName: string, requirement: string): Promise<string | undefined> => {
  const folder = join(serverCache(), folderName);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  const args = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--target",
    draft,
    requirement,
  ];
  const said = await outputOf("python3", args);
  if (said !== undefined) await rename(draft, folder).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
  return existsSync(folder) ? folder : undefined;
};

/** The folder of moto; undefined: it can't be had. */
export const installMoto = (): Promise<string | undefined> => installPython("moto-5.1.18", PACKAGE);

/** AWS' protocols by moto, a Python package, on loopback. */
export const startMoto = async (): Promise<
  { readonly url: string; stop(): Promise<void> } | { readonly skipped: string }
> => {
  const version = await outputOf("python3", ["-c", "import sys; print(sys.version_info >= (3, 9))"]);
  if (version?.trim() !== "True") return { skipped: "no Python 3.9 or newer" };
  const folder = await installMoto();
  if (folder === undefined) return { skipped: `pip can't install ${PACKAGE}` };
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [join(import.meta.dirname, "serve_moto.py"), new URL(url).port];
  const server = await startServer("python3", args, { url, env: { PYTHONPATH: folder } });
  return { url, stop: server.stop };
};

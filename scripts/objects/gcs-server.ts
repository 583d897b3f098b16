import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { keepConditions } from "./gcs-conditions.ts";
import { CLOUD_FILES, type ObjectServer } from "./object-server.ts";
import { freePort, outputOf, serverCache, startServer } from "./processes.ts";

const VERSION = "2026.7.19";
const BUCKET = "trimtab-test";

const install = async (python: string): Promise<string | undefined> => {
  const folder = join(serverCache(), `gcp-storage-emulator-${VERSION}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", draft];
  const said = await outputOf(python, [...args, `gcp-storage-emulator==${VERSION}`]);
  if (said !== undefined) await rename(draft, folder).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
  return existsSync(folder) ? folder : undefined;
};

/** Google Cloud Storage by a Python package that speaks its JSON protocol. */
export const gcsServer: ObjectServer = {
  id: "gs",
  title: "Google Cloud Storage, by gcp-storage-emulator",
  files: CLOUD_FILES,
  start: async () => {
    const folder = await install("python3");
    if (folder === undefined) return { skipped: "pip can't install gcp-storage-emulator" };
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const args = [
      "-m",
      "gcp_storage_emulator",
      "start",
      "--host",
      "127.0.0.1",
      "--port",
      port,
      "--in-memory",
    ];
    const server = await startServer("python3", [...args, `--default-bucket=${BUCKET}`], {
      url,
      env: { PYTHONPATH: folder },
    });
    const kept = await keepConditions(url);
    return {
      env: { STORAGE_EMULATOR_HOST: kept.url, TRIMTAB_TEST_BUCKET: `gs://${BUCKET}` },
      stop: async () => {
        kept.close();
        await server.stop();
      },
    };
  },
};

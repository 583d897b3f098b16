import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLOUD_FILES, type ObjectServer } from "./object-server.ts";
import { freePort, outputOf, serverCache, startServer } from "./processes.ts";

const VERSION = "3.35.0";
const CONTAINER = "trimtab-test";
/** The account that Microsoft's emulator has and everybody knows. */
const ACCOUNT = "devstoreaccount1";
const KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

const install = async (): Promise<string | undefined> => {
  const folder = join(serverCache(), `azurite-${VERSION}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, "package.json"), '{"private":true}');
  const args = ["install", "--prefix", draft, "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  const said = await outputOf("npm", [...args, `azurite@${VERSION}`]);
  if (said !== undefined) await rename(draft, folder).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
  return existsSync(folder) ? folder : undefined;
};

/** Azure Blob Storage by Azurite, Microsoft's own emulator. */
export const azureServer: ObjectServer = {
  id: "az",
  title: "Azure Blob Storage, by Azurite",
  files: CLOUD_FILES,
  start: async () => {
    const folder = await install();
    if (folder === undefined) return { skipped: `npm can't install azurite@${VERSION}` };
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}/${ACCOUNT}`;
    const data = await mkdtemp(join(tmpdir(), "trimtab-azurite-"));
    const program = join(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
    const options = ["--blobHost", "127.0.0.1", "--blobPort", port, "--location", data, "--silent"];
    const args = [program, ...options, "--skipApiVersionCheck", "--disableTelemetry"];
    const server = await startServer(process.execPath, args, { url });
    const connection = `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};BlobEndpoint=${url};`;
    const require = createRequire(new URL("../../packages/platform/package.json", import.meta.url));
    const sdk = require("@azure/storage-blob");
    await sdk.BlobServiceClient.fromConnectionString(connection).createContainer(CONTAINER);
    return {
      env: { AZURE_STORAGE_CONNECTION_STRING: connection, TRIMTAB_TEST_BUCKET: `az://${CONTAINER}` },
      stop: async () => {
        await server.stop();
        await rm(data, { recursive: true, force: true });
      },
    };
  },
};

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const bin = resolve(import.meta.dirname, "../../../packages/platform/bin/trimtab.js");

/** A `trimtab serve` of its own, over a lake that is empty at first, unless a variable names another. */
export interface WebServer {
  readonly address: string;
  /** The one-time link of the first account. */
  readonly setupLink: string;
  readonly lake: string;
  /** Of commands that are to see the same lake. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

export const startWebServer = async (given: Readonly<Record<string, string>> = {}): Promise<WebServer> => {
  const folder = await mkdtemp(join(tmpdir(), "trimtab-web-"));
  const { TRIMTAB_LAKE: lake = join(folder, "lake") } = given;
  const own = { HOME: folder, TRIMTAB_LAKE: lake, NO_COLOR: "1", DATABASE_URL: "" };
  const env = { ...process.env, ...own, ...given };
  const child = spawn(process.execPath, [bin, "serve", "--port", "0", "--log-level", "error"], { env });
  let said = "";
  const ready = new Promise<void>((done, fail) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (/\/welcome#\S+/.test(said)) done();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("exit", () => fail(new Error(`the server ended: ${said}`)));
  });
  await ready;
  const [setupLink = ""] = /http\S+\/welcome#\S+/.exec(said) ?? [];
  return {
    address: new URL(setupLink).origin,
    setupLink,
    lake,
    env,
    stop: async () => {
      const ended = new Promise((done) => child.on("exit", done));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

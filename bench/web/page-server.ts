import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ROOT = resolve(import.meta.dirname, "../..");
const ADMIN = { name: "Ada", email: "ada@example.com", password: "four words that differ" };

/** A `trimtab serve` as people start it, and somebody who is signed in. */
export interface PageServer {
  readonly address: string;
  /** As a browser sends it. */
  readonly cookie: string;
  ask(path: string, body?: object): Promise<Response>;
  stop(): Promise<void>;
}

/** @param lake absent: an empty one */
export const startPageServer = async (lake?: string): Promise<PageServer> => {
  const folder = mkdtempSync(join(tmpdir(), "trimtab-bench-pages-"));
  spawnSync(process.execPath, [join(ROOT, "scripts/build-stale-web.ts")], { stdio: ["ignore", 2, 2] });
  const child = spawn(
    process.execPath,
    [join(ROOT, "packages/platform/bin/trimtab.js"), "serve", "--port", "0", "--log-level", "error"],
    {
      env: {
        ...process.env,
        HOME: folder,
        DATABASE_URL: "",
        TRIMTAB_LAKE: lake ?? join(folder, "lake"),
        TRIMTAB_STATE: join(folder, "state.db"),
        TRIMTAB_UPLOADS: join(folder, "uploads"),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  const link = new Promise<URL>((done, fail) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      const [, found] = /first admin .* at (http\S+#\S+)\n/.exec(said) ?? [];
      if (found !== undefined) done(new URL(found));
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", () => fail(new Error(`The server ended: ${said}`)));
  });
  const { origin, hash } = await link;
  const post = async (path: string, body: object, cookie = ""): Promise<Response> => {
    const answer = await fetch(origin + path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-trimtab-request": "1", cookie },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  await post("/api/v1/links/use", { code: hash.slice(1), ...ADMIN });
  const signedIn = await post("/api/auth/sign-in/email", { email: ADMIN.email, password: ADMIN.password });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return {
    address: origin,
    cookie,
    ask: (path, body) =>
      body === undefined ? fetch(origin + path, { headers: { cookie } }) : post(path, body, cookie),
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Fills an empty lake with a company of the demo, as a click on its name does. */
export const fillWithDemo = async ({ ask }: PageServer, estate: string): Promise<void> => {
  const { id } = (await (await ask("/api/v1/demo", { estate })).json()) as { readonly id: string };
  for (;;) {
    const upload = (await (await ask(`/api/v1/uploads/${id}`)).json()) as { readonly status: string };
    if (upload.status === "loaded") return;
    if (upload.status === "failed")
      throw new Error(`The demo could not be loaded: ${JSON.stringify(upload)}`);
    await sleep(250);
  }
};

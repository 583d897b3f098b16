import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { vi } from "vitest";

const bin = resolve(import.meta.dirname, "../../packages/platform/bin/trimtab.js");
const ADMIN = { name: "Ada", email: "ada@example.com", password: "four words that differ" };

/** What the server answered, or that it did not. */
export type Reply =
  | { readonly kind: "answered"; readonly status: number; readonly body: unknown }
  | { readonly kind: "cut" };

export interface Api {
  ask(method: string, path: string, body?: object | ReadableStream | Uint8Array): Promise<Reply>;
}

/** A `trimtab serve` that can be killed. */
export interface ServeProcess {
  readonly pid: number;
  readonly address: string;
  /** The one-time link's code, which is told where nobody has signed in yet. */
  code(): Promise<string>;
  /** What it said besides. */
  readonly said: () => string;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export const startServe = async (env: NodeJS.ProcessEnv): Promise<ServeProcess> => {
  const child = spawn(process.execPath, [bin, "serve", "--port", "0", "--log-level", "warn"], { env });
  let said = "";
  const ended = once(child, "close");
  const listening = new Promise<string>((done) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      const [, address] = /Trimtab is at (http\S+)\n/.exec(said) ?? [];
      if (address !== undefined) done(address);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
  });
  const fallen = ended.then(() => {
    throw new Error(`The server ended: ${said}`);
  });
  fallen.catch(() => undefined);
  const address = await Promise.race([listening, fallen]);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid ?? 0,
    address,
    code: () =>
      vi.waitFor(() => {
        const [, code] = /first admin .*#(\S+)\n/.exec(said) ?? [];
        if (code === undefined) throw new Error(`No link yet: ${said}`);
        return code;
      }, 10_000),
    said: () => said,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
};

const OWN = { "x-trimtab-request": "1" };

/** Makes the first admin by the one-time link, signs in, and takes a token that may do everything. */
export const takeToken = async (server: ServeProcess): Promise<string> => {
  const { address } = server;
  const post = async (
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const reply = await fetch(address + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...OWN, ...headers },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  await post("/api/v1/links/use", { code: await server.code(), ...ADMIN });
  const signedIn = await post("/api/auth/sign-in/email", { email: ADMIN.email, password: ADMIN.password });
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(";")[0]);
  const made = await post(
    "/api/v1/tokens",
    {
      name: "kills",
      permissions: ["read", "save", "decide", "ingest", "administer"],
      expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    },
    { cookie: cookie.join("; ") },
  );
  const { secret } = (await made.json()) as { readonly secret: string };
  return secret;
};

/** Asks with a token; a connection that is cut is an answer, too. */
export const apiAt = (address: string, token: string): Api => ({
  ask: async (method, path, body) => {
    const isJson = body !== undefined && !(body instanceof ReadableStream) && !(body instanceof Uint8Array);
    try {
      const reply = await fetch(`${address}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined
            ? {}
            : { "content-type": isJson ? "application/json" : "application/octet-stream" }),
        },
        ...(body === undefined ? {} : { body: (isJson ? JSON.stringify(body) : body) as BodyInit }),
        ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
      });
      const bytes = Buffer.from(await reply.arrayBuffer());
      const says = String(reply.headers.get("content-type"));
      const answer = says.includes("json") && bytes.length > 0 ? JSON.parse(bytes.toString()) : bytes;
      return { kind: "answered", status: reply.status, body: answer };
    } catch (error) {
      // `fetch` says no more than this of a server that went away.
      if (error instanceof TypeError) return { kind: "cut" };
      throw error;
    }
  },
});

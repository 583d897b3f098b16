import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const bytesOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Name of the object that an upload makes: in its query, or in the first part of its body. */
const nameIn = (url: URL, body: Buffer): string =>
  url.searchParams.get("name") ?? /"name":\s*"((?:[^"\\]|\\.)*)"/.exec(body.toString("utf8"))?.[1] ?? "";

/** As Google words it. @see https://cloud.google.com/storage/docs/json_api/v1/status-codes, 2026-11 */
const refuse = (response: ServerResponse): void => {
  const message = "At least one of the pre-conditions you specified did not hold.";
  const error = { code: 412, message, errors: [{ message, domain: "global", reason: "conditionNotMet" }] };
  response.writeHead(412, { "content-type": "application/json" });
  response.end(JSON.stringify({ error }));
};

/**
 * Stands before an emulator that ignores `ifGenerationMatch=0` and keeps it: such uploads go one after the other, and
 * not at all where the object is there.
 */
export const keepConditions = async (emulator: string): Promise<{ readonly url: string; close(): void }> => {
  let last: Promise<unknown> = Promise.resolve();

  const forward = async (incoming: IncomingMessage, body: Buffer, response: ServerResponse) => {
    const own = /^(content-length|transfer-encoding|host|connection|expect)$/;
    const headers = Object.entries(incoming.headers).filter(([name]) => !own.test(name));
    const answer = await fetch(`${emulator}${incoming.url}`, {
      method: incoming.method ?? "GET",
      headers: Object.fromEntries(headers) as Record<string, string>,
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const content = Buffer.from(await answer.arrayBuffer());
    const kept = [...answer.headers].filter(
      ([name]) => !/^(content-length|transfer-encoding|connection)$/.test(name),
    );
    response.writeHead(answer.status, Object.fromEntries(kept));
    response.end(content);
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bytesOf(incoming);
    const url = new URL(incoming.url ?? "/", emulator);
    if (url.searchParams.get("ifGenerationMatch") !== "0") return forward(incoming, body, response);
    const own = last.then(async () => {
      const bucket = /\/b\/([^/]+)/.exec(url.pathname)?.[1] ?? "";
      const known = await fetch(
        `${emulator}/storage/v1/b/${bucket}/o/${encodeURIComponent(nameIn(url, body))}`,
      );
      return known.ok ? refuse(response) : forward(incoming, body, response);
    });
    last = own.catch(() => undefined);
    return own;
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export type Answer = { readonly status?: number; readonly json?: unknown; readonly bytes?: Buffer };

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? undefined : JSON.parse(text);
};

const send = (response: ServerResponse, { status = 200, json, bytes }: Answer): void => {
  response.writeHead(status, {
    "content-type": bytes === undefined ? "application/json" : "application/octet-stream",
  });
  response.end(bytes ?? JSON.stringify(json ?? {}));
};

/**
 * A server on the loopback that answers with Google's documented response shapes. `answer` sees method and path with
 * query; what it does not know is a 404 as Google words it.
 */
export const startGoogle = async (answer: (request: SeenRequest) => Answer | undefined) => {
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = "GET", url: path = "/", headers } = request;
    const made = { method, path, authorization: headers.authorization, body: await bodyOf(request) };
    seen.push(made);
    const message = `Not found: ${path}`;
    const unknown = {
      status: 404,
      json: { error: { code: 404, message, errors: [{ reason: "notFound", message }] } },
    };
    send(response, answer(made) ?? unknown);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request on its way to the store. */
export interface PassingRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * What becomes of a request: it passes, it is answered here, its connection is cut before or after the store did what
 * it asks, or the store's answer is changed.
 */
export type Fault =
  | undefined
  | "cut"
  | "lose-answer"
  | { readonly status: number; readonly code: string; readonly message?: string }
  | { readonly without: string }
  | { readonly body: (body: Buffer) => Buffer };

const bytesOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const forward = (
  upstream: URL,
  { method, path, headers }: PassingRequest,
  body: Buffer,
): Promise<{ readonly message: IncomingMessage; readonly content: Buffer }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = upstream;
    const passed = request({ hostname, port, method, path, headers }, (message) => {
      bytesOf(message).then((content) => resolve({ message, content }), reject);
    });
    passed.on("error", reject);
    passed.end(body);
  });

const refuse = (
  response: ServerResponse,
  { status, code, message = code }: Extract<Fault, { status: number }>,
) => {
  response.writeHead(status, { "content-type": "application/xml", "x-amz-request-id": "test" });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
};

/** Stands between the running test and the store, and does to requests what the test says. */
export const startFaultProxy = async (store: string, faultOf: (passing: PassingRequest) => Fault) => {
  const upstream = new URL(store);
  const seen: PassingRequest[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bytesOf(incoming);
    const { method = "GET", url: path = "/" } = incoming;
    const passing = { method, path, headers: { ...incoming.headers } };
    seen.push(passing);
    const fault = faultOf(passing);
    if (fault === "cut") return void incoming.socket.destroy();
    if (typeof fault === "object" && "status" in fault) return refuse(response, fault);
    if (typeof fault === "object" && "without" in fault) delete passing.headers[fault.without];
    const { message, content } = await forward(upstream, passing, body);
    if (fault === "lose-answer") return void incoming.socket.destroy();
    const changed = typeof fault === "object" && "body" in fault ? fault.body(content) : content;
    response.writeHead(message.statusCode ?? 500, message.headers);
    if (changed.length < content.length) {
      response.write(changed, () => incoming.socket.destroy());
    } else response.end(changed);
  };
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

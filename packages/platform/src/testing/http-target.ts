import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What a receiver does with a request; undefined: it never answers. */
export type Behaviour = (
  request: ReceivedRequest,
  reply: ServerResponse,
  count: number,
) => void | Promise<void>;

export interface HttpTarget {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** A receiver on loopback, which keeps what it was sent before it does anything else. */
export const httpTarget = async (
  behaviour: Behaviour = (_, reply) => void reply.end("ok"),
): Promise<HttpTarget> => {
  let current = behaviour;
  const received: ReceivedRequest[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const told = { path: request.url ?? "", headers: request.headers, body };
      received.push(told);
      void current(told, reply, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    behave: (next) => {
      current = next;
    },
    close,
  };
};

/** Answers with a status. */
export const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}, body = ""): Behaviour =>
  (_, reply) => {
    reply.writeHead(status, headers).end(body);
  };

/** Takes the request and cuts the connection without an answer. */
export const cutting: Behaviour = (_, reply) => void reply.destroy();

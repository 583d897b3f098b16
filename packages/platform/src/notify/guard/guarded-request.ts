import type { IncomingMessage, RequestOptions } from "node:http";
import { notifyErrors } from "../errors.ts";
import type { AddressRules } from "./address-rules.ts";
import { pinnedLookup, type Resolve, resolveChecked } from "./guarded-lookup.ts";

/** How channels reach the outside. */
export interface Network {
  readonly rules: AddressRules;
  readonly resolve: Resolve;
  /** Of a whole exchange. */
  readonly timeoutMs: number;
}

export interface GuardedRequest {
  readonly url: string;
  readonly method: "POST" | "GET";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal: AbortSignal;
}

export interface GuardedReply {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** Its first 64 KiB. */
  readonly text: string;
}

const REPLY_BYTES = 64 * 1024;

/** What a URL may be to be asked at all. @throws NOTIFY_ADDRESS_REFUSED */
const checkedUrl = (text: string): URL => {
  const refuse = (reason: string) =>
    notifyErrors.create("NOTIFY_ADDRESS_REFUSED", { host: "This address", reason });
  if (!URL.canParse(text)) throw refuse("it is no URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("it is neither http nor https");
  if (url.username !== "" || url.password !== "") throw refuse("it holds a user name or password");
  return url;
};

/**
 * One exchange with an address that was checked, on a connection of its own to that very address. Redirects are not
 * followed: they are answered as what they are.
 * @throws NOTIFY_ADDRESS_REFUSED, and what the connection says
 */
export const guardedRequest = async (network: Network, request: GuardedRequest): Promise<GuardedReply> => {
  const url = checkedUrl(request.url);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(network.timeoutMs)]);
  const addresses = await withSignal(resolveChecked(url.hostname, network.rules, network.resolve), signal);
  const { request: open } =
    url.protocol === "https:" ? await import("node:https") : await import("node:http");
  const body = typeof request.body === "string" ? Buffer.from(request.body) : request.body;
  const options: RequestOptions = {
    method: request.method,
    headers: { ...request.headers, ...(body === undefined ? {} : { "content-length": String(body.length) }) },
    lookup: pinnedLookup(addresses),
    // A connection of its own: none is kept from a time when the name meant something else.
    agent: false,
    signal,
  };
  return await new Promise((resolve, reject) => {
    const sent = open(url, options, (reply) => {
      readReply(reply).then(resolve, reject);
    });
    sent.on("error", (error) => reject(signal.aborted ? signal.reason : error));
    sent.end(body);
  });
};

const readReply = async (reply: IncomingMessage): Promise<GuardedReply> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= REPLY_BYTES) {
      reply.destroy();
      break;
    }
  }
  const text = Buffer.concat(chunks).subarray(0, REPLY_BYTES).toString("utf8");
  return { status: reply.statusCode ?? 0, headers: reply.headers, text };
};

/** A resolver that hangs holds nobody up. */
export const withSignal = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });

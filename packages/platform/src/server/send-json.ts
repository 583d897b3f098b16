import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** An answer's text and tag, kept as long as the answer itself is: cached answers are told again and again. */
interface Told {
  readonly text: Buffer;
  readonly etag: string;
}

const told = new WeakMap<object, Told>();

/**
 * Answers with JSON. What a GET answers carries a weak tag of its bytes, so that who has it already is told only that; the
 * tag therefore covers all that the answer rests on, the caller included.
 */
export const sendJson = (request: FastifyRequest, reply: FastifyReply, body: unknown): FastifyReply => {
  const { text, etag } = tell(body);
  reply.header("content-type", "application/json; charset=utf-8");
  if (request.method !== "GET") return reply.send(text);
  reply.header("etag", etag);
  return isKnown(request, etag) ? reply.code(304).removeHeader("content-type").send() : reply.send(text);
};

const tell = (body: unknown): Told => {
  const isObject = typeof body === "object" && body !== null;
  const known = isObject ? told.get(body) : undefined;
  if (known !== undefined) return known;
  const text = Buffer.from(JSON.stringify(body));
  const etag = `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  const own = { text, etag };
  if (isObject) told.set(body, own);
  return own;
};

const isKnown = ({ headers }: FastifyRequest, etag: string): boolean => {
  const asked = headers["if-none-match"];
  if (asked === undefined) return false;
  return asked.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^(?!W\/)/, "W/") === etag);
};

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";

/** An answer's text and tag, kept as long as the answer itself is: cached answers are told again and again. */
interface Told {
  readonly text: Buffer;
  readonly etag: string;
  /** Once it was asked for. */
  brotli?: Promise<Buffer>;
}

/** Shorter ones gain nothing. */
const COMPRESSED_FROM_BYTES = 1024;

/** Text of this kind gains little from more, and each level takes twice as long. */
export const BROTLI_QUALITY = 4;

const compress = promisify(brotliCompress);

const told = new WeakMap<object, Told>();

/**
 * Answers with JSON. What a GET answers carries a weak tag of its bytes, so that who has it already is told only that; the
 * tag therefore covers all that the answer rests on, the caller included.
 */
export const sendJson = async (
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
): Promise<FastifyReply> => {
  const answer = tell(body);
  if (request.method === "GET") {
    reply.header("etag", answer.etag);
    if (isKnown(request, answer.etag)) return reply.code(304).send();
  }
  reply.header("content-type", "application/json; charset=utf-8");
  if (answer.text.length < COMPRESSED_FROM_BYTES || !takesBrotli(request)) return reply.send(answer.text);
  answer.brotli ??= compress(answer.text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: answer.text.length,
    },
  });
  return reply.header("content-encoding", "br").send(await answer.brotli);
};

/** All browsers do. What others take instead is seen to where every answer passes. */
const takesBrotli = ({ headers }: FastifyRequest): boolean =>
  /(^|[ ,])br\s*(,|$)/.test(headers["accept-encoding"]?.toString() ?? "");

const tell = (body: unknown): Told => {
  const isObject = typeof body === "object" && body !== null;
  const known = isObject ? told.get(body) : undefined;
  if (known !== undefined) return known;
  const text = Buffer.from(JSON.stringify(body));
  const etag = `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  const own: Told = { text, etag };
  if (isObject) told.set(body, own);
  return own;
};

const isKnown = ({ headers }: FastifyRequest, etag: string): boolean => {
  const asked = headers["if-none-match"];
  if (asked === undefined) return false;
  return asked.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^(?!W\/)/, "W/") === etag);
};

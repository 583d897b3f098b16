import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { authorise } from "./access/authorise.ts";
import type { Caller } from "./access/caller.ts";
import { NOTHING } from "./access/row-scope.ts";
import type { RawAnswer, RouteContract, RouteContracts, RouteHandlers, RouteInput } from "./contract.ts";
import { serverErrors } from "./errors.ts";
import { InputError } from "./problem.ts";
import { sendJson } from "./send-json.ts";

/** Whoever asks; undefined: nobody is signed in. @throws SERVER_NOT_SIGNED_IN for credentials that are none */
export type Authenticate = (request: FastifyRequest) => Promise<Caller | undefined>;

export interface RouteOptions {
  readonly authenticate: Authenticate;
  /** Checks answers against their contracts: for tests, where a wrong one is a fault of ours. */
  readonly checkAnswers: boolean;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set before any route that is not public runs. */
    caller: Caller | undefined;
  }
}

type Handler = (input: RouteInput<RouteContract>) => Promise<unknown>;

/** Makes every route of the contracts: who may, what it takes, what it answers. */
export const registerRoutes = <R extends RouteContracts>(
  app: FastifyInstance,
  contracts: R,
  handlers: RouteHandlers<R>,
  options: RouteOptions,
): void => {
  for (const [name, contract] of Object.entries(contracts)) {
    const handler = handlers[name as keyof R] as Handler;
    if (contract.upload === true)
      app.register(async (own) => {
        // The body is the file: nothing reads it before the handler does.
        own.removeAllContentTypeParsers();
        own.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
        registerRoute(own, contract, handler, options);
      });
    else registerRoute(app, contract, handler, options);
  }
};

const registerRoute = (
  app: FastifyInstance,
  contract: RouteContract,
  handler: Handler,
  options: RouteOptions,
): void => {
  app.route({
    method: contract.method,
    url: contract.path,
    ...(contract.method === "GET" ? { exposeHeadRoute: true } : {}),
    onRequest: async (request) => {
      request.caller = await callerOf(request, contract, options.authenticate);
    },
    handler: async (request, reply) => {
      const input = await inputOf(request, reply, contract);
      const answer = await handler(input);
      if (contract.status !== undefined) reply.code(contract.status);
      if (isRaw(answer)) return sendRaw(reply, answer);
      if (contract.status === 204) return reply.send();
      if (options.checkAnswers) contract.response.parse(answer);
      return sendJson(request, reply, answer);
    },
  });
};

/** The caller of a public route has no name and may nothing; its handler does not look. */
const NOBODY: Caller = {
  kind: "person",
  personId: "",
  actor: "nobody",
  role: "viewer",
  permissions: new Set(),
  scope: NOTHING,
};

const callerOf = async (
  request: FastifyRequest,
  contract: RouteContract,
  authenticate: Authenticate,
): Promise<Caller> =>
  contract.access === "public" ? NOBODY : authorise(contract, await authenticate(request));

const inputOf = async (
  request: FastifyRequest,
  reply: FastifyReply,
  contract: RouteContract,
): Promise<RouteInput<RouteContract>> => ({
  params: parse("params", contract.params, request.params),
  query: parse("query", contract.query, request.query),
  body: parse("body", contract.body, request.body),
  caller: request.caller ?? NOBODY,
  signal: goneSignal(reply),
  stream: contract.upload === true ? unreadBody(request) : emptyStream(),
  headers: request.headers,
});

const parse = (place: string, schema: z.ZodType | undefined, value: unknown): undefined => {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data as undefined;
  throw new InputError(place, parsed.error.issues);
};

/** Aborts when the connection closes before all was answered. */
const goneSignal = (reply: FastifyReply): AbortSignal => {
  const controller = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort(serverErrors.create("SERVER_CANCELLED"));
  });
  return controller.signal;
};

/** Giving up reading leaves the connection open, so that it can still be answered. */
const unreadBody = ({ body }: FastifyRequest): AsyncIterable<Uint8Array> =>
  (body as Readable).iterator({ destroyOnReturn: false });

async function* emptyStream(): AsyncGenerator<Uint8Array> {}

const isRaw = (answer: unknown): answer is RawAnswer =>
  typeof answer === "object" && answer !== null && "raw" in answer && "contentType" in answer;

const sendRaw = (reply: FastifyReply, { raw, contentType, fileName }: RawAnswer): FastifyReply => {
  reply.header("content-type", contentType);
  if (fileName !== undefined) reply.header("content-disposition", dispositionOf(fileName));
  return reply.send(Readable.from(raw, { objectMode: false }));
};

/** RFC 6266: plain characters for old readers, all of them for others. */
const dispositionOf = (fileName: string): string => {
  const plain = fileName.replace(/[^\w.() -]/g, "_");
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};

import { constants } from "node:zlib";
import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { Caller } from "./access/caller.ts";
import { api } from "./api.ts";
import { serverErrors } from "./errors.ts";
import type { EventHub } from "./events/event-hub.ts";
import { createHandlers } from "./handlers.ts";
import { newRequestId } from "./ids.ts";
import type { ServerParts } from "./parts.ts";
import { toProblem } from "./problem.ts";
import { serveProblems } from "./problem-pages.ts";
import { type Authenticate, registerRoutes } from "./register-routes.ts";
import { BROTLI_QUALITY } from "./send-json.ts";
import { serveWeb } from "./serve-web.ts";

/** Who may; see access/access.ts. */
export interface AppAccess {
  readonly authenticate: Authenticate;
  /** Signing in and out. */
  addRoutes?(app: FastifyInstance): void;
}

export interface AppOptions {
  readonly parts: ServerParts;
  readonly access: AppAccess;
  /** Folder of the built browser app; absent: a page that says how to build it. */
  readonly webFolder?: string | undefined;
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger;
  /** JSON bodies; uploads have their own limit. */
  readonly bodyLimitBytes?: number;
  readonly requestsPerMinute?: RequestsPerMinute;
  readonly checkAnswers?: boolean;
  /** Whether requests come through a proxy whose X-Forwarded-* headers are to be believed. */
  readonly trustProxy?: boolean;
}

/** By what it is that asks; `address` is for whoever is nobody yet. */
export type RequestsPerMinute = Readonly<Record<Caller["kind"] | "address", number>>;

const BODY_LIMIT_BYTES = 1024 ** 2;
const PER_MINUTE = { person: 1200, token: 600, service: 600, address: 300 };
const MINUTE_MS = 60_000;

/** The server's HTTP side over its parts; the caller listens and closes. */
export const createApp = async (options: AppOptions): Promise<FastifyInstance> => {
  const { parts, access, bodyLimitBytes = BODY_LIMIT_BYTES } = options;
  const app = Fastify({
    ...(options.logger === undefined ? { logger: false } : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    genReqId: newRequestId,
    requestIdHeader: false,
    trustProxy: options.trustProxy ?? false,
    // Ours is a problem like any other, see refuseOnClose.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
  });
  app.decorateRequest("caller", undefined);
  answerErrors(app, bodyLimitBytes);
  refuseOnClose(app);
  logRequests(app);
  await app.register(helmet, HELMET);
  await app.register(compress, {
    globalDecompression: false,
    threshold: 1024,
    encodings: ["br", "gzip", "zstd"],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
  await limitRates(app, options.requestsPerMinute ?? PER_MINUTE);
  access.addRoutes?.(app);
  registerRoutes(app, api, createHandlers(parts), {
    authenticate: access.authenticate,
    checkAnswers: options.checkAnswers ?? false,
  });
  aliasProbes(app);
  serveProblems(app);
  await serveWeb(app, options.webFolder);
  endStreamsOnClose(app, parts.events);
  return app;
};

/** Scripts and styles only from our own files; nothing inline, nothing framed. */
const HELMET = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:", "blob:"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: "same-origin" as const },
  // Loopback speaks plain HTTP; a proxy that ends TLS adds this where it is wanted.
  strictTransportSecurity: false,
};

const answerErrors = (app: FastifyInstance, bodyLimitBytes: number): void => {
  app.setErrorHandler(async (thrown, request, reply) => {
    const error = isGone(thrown, reply)
      ? serverErrors.create("SERVER_CANCELLED", {}, { cause: thrown })
      : withLimit(thrown, bodyLimitBytes);
    const problem = toProblem(error, request.id);
    if (problem.status >= 500 && problem.code === "SERVER_FAULT")
      request.log.error({ err: thrown, who: request.caller?.actor }, "A request failed");
    if (problem.status === 503 && !reply.hasHeader("retry-after")) reply.header("retry-after", "2");
    reply.code(problem.status).header("cache-control", "no-store");
    if (!request.raw.complete) letBodyGo(request, reply);
    return reply.type("application/problem+json").send(JSON.stringify(problem));
  });
};

/** Once it is to stop, whoever still comes over an open connection is told to come again; what runs goes on. */
const refuseOnClose = (app: FastifyInstance): void => {
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
  });
  app.addHook("onRequest", async () => {
    if (isClosing) throw serverErrors.create("SERVER_STOPPING");
  });
};

/** What is still being sent is thrown away, and the connection ends with the answer. */
const letBodyGo = ({ raw }: FastifyRequest, reply: FastifyReply): void => {
  reply.header("connection", "close");
  raw.resume();
};

/** Whoever asked has left in the middle of the answer. */
const isGone = (error: unknown, { raw }: FastifyReply): boolean =>
  raw.destroyed || (error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE");

const withLimit = (error: unknown, limit: number): unknown =>
  error instanceof Error && "code" in error && error.code === "FST_ERR_CTP_BODY_TOO_LARGE"
    ? serverErrors.create("SERVER_BODY_TOO_LARGE", { limit }, { cause: error })
    : error;

/** One line a request, without query, headers or body: those hold tokens, names and filters. */
const logRequests = (app: FastifyInstance): void => {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    if (request.url.startsWith("/api/"))
      reply
        .header("cache-control", "private, no-cache")
        .header("vary", "Accept-Encoding, Authorization, Cookie");
  });
  app.addHook("onResponse", async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      who: request.caller?.actor,
    };
    if (reply.statusCode >= 500) request.log.warn(line, "answered");
    else request.log.info(line, "answered");
  });
};

/** By person or token once it is known who asks, else by address. */
const limitRates = async (app: FastifyInstance, most: RequestsPerMinute): Promise<void> => {
  await app.register(rateLimit, {
    hook: "preParsing",
    timeWindow: MINUTE_MS,
    // The app's own files cost nothing, and an office behind one address opens the page many times a minute.
    allowList: ({ url }) => !url.startsWith("/api/"),
    max: ({ caller }) => (caller === undefined || caller.personId === "" ? most.address : most[caller.kind]),
    keyGenerator: ({ caller, ip }) =>
      caller === undefined || caller.personId === "" ? `address ${ip}` : `${caller.kind} ${caller.actor}`,
    errorResponseBuilder: (_request, { max }) =>
      serverErrors.create("SERVER_TOO_MANY_REQUESTS", { limit: max }),
  });
};

/** Where orchestrators look. */
const aliasProbes = (app: FastifyInstance): void => {
  for (const name of ["health", "ready"])
    app.get(`/${name}`, { config: { rateLimit: false } }, async (_request, reply) => {
      const { statusCode, payload } = await app.inject({ method: "GET", url: `/api/v1/${name}` });
      return reply.code(statusCode).type("application/json").send(payload);
    });
};

/** Listeners of events stay until they are told to go; without this, closing would wait for them. */
const endStreamsOnClose = (app: FastifyInstance, events: EventHub): void => {
  app.addHook("preClose", async () => events.close());
};

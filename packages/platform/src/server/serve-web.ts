import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { serverErrors } from "./errors.ts";

const YEAR_MS = 365 * 24 * 3_600_000;

/** Vite names what it builds by its content: a file under this folder never changes. */
const HASHED = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

/**
 * Serves the browser app: its files, and its page for every address that is one of its own. Without it, what is missing is
 * said on the page, and the API works all the same.
 */
export const serveWeb = async (app: FastifyInstance, folder: string | undefined): Promise<void> => {
  const isBuilt = folder !== undefined && existsSync(join(folder, "index.html"));
  if (isBuilt)
    await app.register(fastifyStatic, {
      root: folder,
      index: ["index.html"],
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = HASHED.test(path.replace(/\.(br|gz)$/, ""));
        reply.header("cache-control", isHashed ? `public, max-age=${YEAR_MS / 1000}, immutable` : "no-cache");
      },
    });
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request)) throw unknownRoute(request);
    if (isBuilt) return reply.sendFile("index.html");
    return reply.code(503).type("text/html; charset=utf-8").send(NOT_BUILT);
  });
};

/** What a browser opens: no file, and nothing of the API. */
const isPage = ({ method, url, headers }: FastifyRequest): boolean => {
  const path = pathOf(url);
  const isRead = method === "GET" || method === "HEAD";
  const wantsHtml = headers.accept?.includes("text/html") === true || path === "/";
  return isRead && wantsHtml && !path.startsWith("/api/") && !basename(path).includes(".");
};

const unknownRoute = ({ method, url }: FastifyRequest): Error =>
  serverErrors.create("SERVER_ROUTE_UNKNOWN", { method, path: pathOf(url).slice(0, 200) });

const pathOf = (url: string): string => url.split("?", 1)[0] ?? "";

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Trimtab</title>
<h1>The browser app is not built</h1>
<p>Run <code>npm run serve</code> in the checkout: it builds the app and starts this server.</p>
<p>The API works: see <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p>
</html>
`;

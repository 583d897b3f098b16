import type { FastifyInstance } from "fastify";
import { serverErrors } from "./errors.ts";

/** How long requests that run have to finish once the server is to stop. */
const PATIENCE_MS = 20_000;
const TIDY_MS = 100;

/** Listens, and answers the address as people type it. @throws SERVER_ADDRESS_IN_USE */
export const listen = async (app: FastifyInstance, host: string, port: number): Promise<string> => {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!isTaken) throw error;
    throw serverErrors.create("SERVER_ADDRESS_IN_USE", { address: `${host}:${port}` }, { cause: error });
  }
  const address = app.server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  const isAny = host === "0.0.0.0" || host === "::";
  const name = isAny ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${actual}`;
};

/** Takes no more requests, lets those that run finish, and then ends whatever is still open. */
export const stopListening = async (app: FastifyInstance, patienceMs = PATIENCE_MS): Promise<void> => {
  const timer = setTimeout(() => app.server.closeAllConnections(), patienceMs);
  // A browser keeps its connection after its answer: then it is idle, and would be waited for as long as it likes.
  const tidy = setInterval(() => app.server.closeIdleConnections(), TIDY_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
    clearInterval(tidy);
  }
};

import type { z } from "zod";
import type { Caller } from "./access/caller.ts";
import type { Permission } from "./access/permissions.ts";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * How a route keeps to its caller's scope. `query`: every row comes through the query compiler, which adds the scope.
 * `rows`: its handler leaves out rows that the scope hides. `unrestricted`: refused to callers with a scope, because its
 * answer speaks of the whole lake. `none`: it tells nothing of charges.
 */
export type ScopeRule = "query" | "rows" | "unrestricted" | "none";

/** One route of the API: what the server checks, what OpenAPI says, what the browser's client is typed by. */
export interface RouteContract {
  readonly method: HttpMethod;
  /** Under `/api/v1`, parameters as `:name`. */
  readonly path: `/api/v1/${string}`;
  readonly summary: string;
  /** Heading in the API's reference. */
  readonly tag: string;
  /** `public`: without signing in. */
  readonly access: Permission | "public";
  readonly scope: ScopeRule;
  /** Refused to tokens and services: what gives out access is done by somebody who is signed in. */
  readonly personsOnly?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** JSON. A route that takes a file as it comes says so by `upload`. */
  readonly body?: z.ZodType;
  readonly upload?: true;
  /** JSON; a route that answers something else names its media types in `produces`. */
  readonly response: z.ZodType;
  readonly produces?: readonly string[];
  /** Of a success; 200 unless said. */
  readonly status?: 200 | 201 | 202 | 204;
}

export type RouteContracts = Readonly<Record<string, RouteContract>>;

/** Gives the literal its type. */
export const defineRoutes = <const R extends RouteContracts>(routes: R): R => routes;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler is given; everything in it is checked. */
export interface RouteInput<R extends RouteContract> {
  readonly params: Parsed<R["params"]>;
  readonly query: Parsed<R["query"]>;
  readonly body: Parsed<R["body"]>;
  readonly caller: Caller;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** The body of an `upload`, unread. */
  readonly stream: AsyncIterable<Uint8Array>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** An answer that is not JSON: a file, or server-sent events. */
export interface RawAnswer {
  readonly raw: AsyncIterable<Uint8Array | string>;
  readonly contentType: string;
  readonly fileName?: string;
}

/** Answers a route. */
export type RouteHandler<R extends RouteContract> = (
  input: RouteInput<R>,
) => Promise<z.input<R["response"]> | RawAnswer>;

/** One handler for each route of a noun. */
export type RouteHandlers<R extends RouteContracts> = { readonly [K in keyof R]: RouteHandler<R[K]> };

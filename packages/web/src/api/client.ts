import type { Api } from "trimtab/api";
import { takeEarlyAnswer } from "./early-answers.ts";
import { ProblemError, readProblem } from "./problem.ts";

type Route = Api[keyof Api];
/** `GET /api/v1/overview`: method and path as the contract writes them. */
export type RouteKey = Route extends infer R
  ? R extends { readonly method: infer M extends string; readonly path: infer P extends string }
    ? `${M} ${P}`
    : never
  : never;
type RouteAt<K extends RouteKey> = K extends `${infer M} ${infer P}`
  ? Extract<Route, { readonly method: M; readonly path: P }>
  : never;

type InputOf<S> = S extends { readonly _zod: { readonly input: infer I } } ? I : never;
type OutputOf<S> = S extends { readonly _zod: { readonly output: infer O } } ? O : never;

type Part<R, Name extends string> = R extends { readonly [N in Name]: infer S }
  ? Record<never, never> extends InputOf<S>
    ? { readonly [N in Name]?: InputOf<S> }
    : { readonly [N in Name]: InputOf<S> }
  : unknown;

/** What a route is asked with. */
export type Question<K extends RouteKey> = Part<RouteAt<K>, "params"> &
  Part<RouteAt<K>, "query"> &
  Part<RouteAt<K>, "body"> & { readonly signal?: AbortSignal | undefined };

/** What a route answers. */
export type Answer<K extends RouteKey> = OutputOf<RouteAt<K>["response"]>;

interface LooseQuestion {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

const addressOf = (path: string, { params = {}, query = {} }: LooseQuestion): string => {
  const filled = path.replace(/:([A-Za-z]+)/g, (_match, name: string) =>
    encodeURIComponent(`${params[name]}`),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(name, `${value}`);
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
};

const send = async (key: string, question: LooseQuestion): Promise<Response> => {
  const [method = "GET", path = ""] = key.split(" ");
  const init: RequestInit = { method, credentials: "same-origin", headers: { accept: "application/json" } };
  if (question.body !== undefined) {
    init.headers = { ...init.headers, "content-type": "application/json" };
    init.body = JSON.stringify(question.body);
  }
  if (question.signal) init.signal = question.signal;
  const address = addressOf(path, question);
  const early = method === "GET" ? await takeEarlyAnswer(address) : undefined;
  if (early !== undefined) return early;
  const response = await fetch(address, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw ProblemError.unreachable();
  });
  if (!response.ok) throw await readProblem(response);
  return response;
};

/**
 * Asks one route of the API; its types are the contract's.
 * @throws ProblemError whenever the answer is not the one asked for
 */
export const call = async <K extends RouteKey>(key: K, question: Question<K>): Promise<Answer<K>> => {
  const response = await send(key, question as LooseQuestion);
  if (response.status === 204) return undefined as Answer<K>;
  return (await response.json()) as Answer<K>;
};

/** The answer of a route that gives a file. */
export const callForFile = async <K extends RouteKey>(key: K, question: Question<K>): Promise<Blob> =>
  await (await send(key, question as LooseQuestion)).blob();

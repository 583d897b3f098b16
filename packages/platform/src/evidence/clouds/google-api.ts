import { setTimeout as sleep } from "node:timers/promises";
import { TrimtabError } from "@trimtab/domain";
import { z } from "zod";
import { evidenceErrors } from "../errors.ts";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform.read-only";
const MAX_ATTEMPTS = 6;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const PATIENCE_MS = 120_000;
const SIGN_IN =
  "run `gcloud auth application-default login`, or let GOOGLE_APPLICATION_CREDENTIALS name a file";

type Environment = Readonly<Record<string, string | undefined>>;

/** A service of Google's, as gcloud's settings for endpoints call it. */
export type GoogleService =
  | "run"
  | "sql"
  | "compute"
  | "cloudtasks"
  | "firestore"
  | "monitoring"
  | "cloudresourcemanager";

const HOSTS: Readonly<Record<GoogleService, string>> = {
  run: "https://run.googleapis.com/",
  sql: "https://sqladmin.googleapis.com/",
  compute: "https://compute.googleapis.com/",
  cloudtasks: "https://cloudtasks.googleapis.com/",
  firestore: "https://firestore.googleapis.com/",
  monitoring: "https://monitoring.googleapis.com/",
  cloudresourcemanager: "https://cloudresourcemanager.googleapis.com/",
};

/** A list gives its key once an entry. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** Google's REST APIs, read only. */
export interface GoogleApi {
  /** @throws EVIDENCE_CREDENTIALS, EVIDENCE_ACCESS_DENIED, EVIDENCE_SOURCE_FAILED */
  get(service: GoogleService, path: string, query?: Query): Promise<unknown>;
  /** All pages of a list, as they come. */
  pages(service: GoogleService, path: string, query?: Query): AsyncGenerator<unknown>;
}

export interface GoogleApiOptions {
  readonly env: Environment;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Application default credentials, or CLOUDSDK_AUTH_ACCESS_TOKEN; CLOUDSDK_API_ENDPOINT_OVERRIDES_… moves a service, both as
 * for gcloud. The library loads with the first question.
 */
export const openGoogleApi = ({ env, signal }: GoogleApiOptions): GoogleApi => {
  let headers: Promise<Readonly<Record<string, string>>> | undefined;
  const get: GoogleApi["get"] = async (service, path, query = {}) => {
    headers ??= credentialHeaders(env);
    const base = env[`CLOUDSDK_API_ENDPOINT_OVERRIDES_${service.toUpperCase()}`] || HOSTS[service];
    const url = new URL(path.replace(/^\//, ""), base.endsWith("/") ? base : `${base}/`);
    for (const [key, value] of Object.entries(query))
      for (const one of [value].flat()) url.searchParams.append(key, one);
    return await ask(url, await headers, `${service} ${path}`, signal);
  };
  return {
    get,
    pages: async function* (service, path, query = {}) {
      let pageToken: string | undefined;
      do {
        const page = await get(service, path, pageToken === undefined ? query : { ...query, pageToken });
        yield page;
        pageToken = nextPage.parse(page).nextPageToken || undefined;
      } while (pageToken !== undefined);
    },
  };
};

const nextPage = z.object({ nextPageToken: z.string().optional() });

const credentialHeaders = async (env: Environment): Promise<Readonly<Record<string, string>>> => {
  const token = env.CLOUDSDK_AUTH_ACCESS_TOKEN;
  if (token) return { authorization: `Bearer ${token}` };
  try {
    const { GoogleAuth } = await import("google-auth-library");
    const client = await new GoogleAuth({ scopes: [SCOPE] }).getClient();
    return Object.fromEntries(await client.getRequestHeaders());
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
    throw evidenceErrors.create(
      "EVIDENCE_CREDENTIALS",
      { cloud: "Google Cloud", reason, signIn: SIGN_IN },
      { cause: error },
    );
  }
};

const ask = async (
  url: URL,
  headers: Readonly<Record<string, string>>,
  action: string,
  signal: AbortSignal | undefined,
): Promise<unknown> => {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === MAX_ATTEMPTS;
    try {
      const answer = await askOnce(url, headers, action, signal);
      if ("json" in answer) return answer.json;
      if (isLast) throw failed(action, answer.reason);
      await sleep(answer.waitMs ?? waitBefore(attempt), undefined, {
        signal: signal ?? new AbortController().signal,
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof TrimtabError) throw error;
      if (isLast) throw failed(action, connectionReason(error), error);
      await sleep(waitBefore(attempt));
    }
  }
};

const waitBefore = (attempt: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);

const connectionReason = (error: unknown): string => {
  const { cause } = error instanceof Error ? error : {};
  const reason = cause instanceof Error ? cause : error;
  return reason instanceof Error ? reason.message || reason.name : String(reason);
};

const failed = (action: string, reason: string, cause?: unknown, status = 0) =>
  evidenceErrors.create(
    "EVIDENCE_SOURCE_FAILED",
    { cloud: "Google Cloud", action, reason, status },
    { cause },
  );

/** Whether an error says that there is no such thing. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof TrimtabError && error.details.status === 404;

const failure = z.object({ error: z.object({ message: z.string(), status: z.string().optional() }) });

type Answer = { readonly json: unknown } | { readonly reason: string; readonly waitMs: number | undefined };

const askOnce = async (
  url: URL,
  headers: Readonly<Record<string, string>>,
  action: string,
  signal: AbortSignal | undefined,
): Promise<Answer> => {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(url, {
    headers: { ...headers, accept: "application/json" },
    signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
  });
  const text = await response.text();
  const json = parseJson(text);
  if (response.ok && json !== undefined) return { json };
  const said = failure.safeParse(json);
  const reason = said.success
    ? (said.data.error.message.split("\n", 1)[0] ?? "")
    : `HTTP ${response.status} ${text.slice(0, 80)}`;
  const cloud = "Google Cloud";
  if (response.status === 401)
    throw evidenceErrors.create("EVIDENCE_CREDENTIALS", { cloud, reason, signIn: SIGN_IN });
  if (response.status === 429 || response.status >= 500)
    return { reason, waitMs: retryAfterMs(response.headers.get("retry-after")) };
  if (response.status === 403)
    throw evidenceErrors.create("EVIDENCE_ACCESS_DENIED", { cloud, action, reason });
  throw failed(action, reason, undefined, response.status);
};

const retryAfterMs = (text: string | null): number | undefined =>
  text !== null && /^\d{1,4}$/.test(text) ? Math.min(Number(text) * 1000, LONGEST_WAIT_MS) : undefined;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

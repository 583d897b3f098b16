import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { stateErrors } from "./errors.ts";
import { type PostgresPlace, parsePostgresUrl } from "./postgres/postgres-url.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the state database is. */
export type StatePlace =
  | { readonly kind: "sqlite"; readonly file: string }
  | ({ readonly kind: "postgresql" } & PostgresPlace);

export interface PlaceQuestion {
  readonly env: Environment;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** What `--state` says. */
  readonly asked?: string;
  /** The lake's folder, or the URL of its bucket. */
  readonly lakeRoot: string;
  readonly isLakeInBucket: boolean;
}

/**
 * `--state`, else TRIMTAB_STATE, else DATABASE_URL, else a file beside the lake's folder, else, for a lake in a bucket,
 * one in the platform's folder for state.
 * @throws STATE_PLACE_INVALID
 */
export const findStatePlace = ({ env, cwd, platform, asked, ...lake }: PlaceQuestion): StatePlace => {
  const named: readonly (readonly [option: string, value: string | undefined])[] = [
    ["--state", asked],
    ["TRIMTAB_STATE", env.TRIMTAB_STATE],
  ];
  for (const [option, value] of named) if (value) return placeOf(option, value, cwd);
  if (env.DATABASE_URL) return { kind: "postgresql", ...parsePostgresUrl(env.DATABASE_URL, "DATABASE_URL") };
  if (!lake.isLakeInBucket) return { kind: "sqlite", file: join(`${lake.lakeRoot}.state`, "state.db") };
  return { kind: "sqlite", file: join(stateFolder(env, platform), bucketName(lake.lakeRoot), "state.db") };
};

const placeOf = (option: string, value: string, cwd: string): StatePlace => {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(value))
    return { kind: "postgresql", ...parsePostgresUrl(value, option) };
  if (value.includes("\0"))
    throw stateErrors.create("STATE_PLACE_INVALID", { option, reason: "it holds a zero byte" });
  return { kind: "sqlite", file: resolve(cwd, value) };
};

/** Readable, and never the same for two buckets. */
const bucketName = (url: string): string => {
  const readable = url.replace(/[^a-z0-9]+/gi, "-").slice(0, 60);
  return `${readable}-${createHash("sha256").update(url).digest("hex").slice(0, 8)}`;
};

/** @see https://specifications.freedesktop.org/basedir-spec/latest/, 2026-06 */
const stateFolder = (env: Environment, platform: NodeJS.Platform): string => {
  const home = env.HOME || env.USERPROFILE || homedir();
  if (platform === "win32")
    return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "Trimtab", "state");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Trimtab", "state");
  return join(env.XDG_STATE_HOME || join(home, ".local", "state"), "trimtab");
};

import { z } from "zod";
import { clusterErrors } from "./errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** How to reach a cluster and what is whose there. Holds secrets: never print it. */
export interface TrinoSettings {
  /** Address of the coordinator without a path. */
  readonly url: URL;
  readonly user: string;
  readonly password?: string;
  /** A JSON Web Token, sent as a bearer token. */
  readonly token?: string;
  readonly catalog: string;
  readonly schema: string;
  /** Where the cluster sees the lake's root, without a slash at the end; only publishing needs it. */
  readonly location?: string;
  /** Folders of this machine that the cluster sees, too: where it reads bills. */
  readonly inputs: readonly { readonly folder: string; readonly location: string }[];
  /** Session properties of the cluster, by name. */
  readonly session: Readonly<Record<string, string>>;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const name = z.string().regex(/^[a-z0-9_][a-z0-9_-]{0,127}$/, "a name of small letters, digits, _ and -");
const printable = z
  .string()
  .max(10_000)
  .regex(/^[\x20-\x7e]+$/, "printable ASCII characters");
const property = /^([a-zA-Z0-9_.-]+)=(.+)$/;
const sharedFolder = /^(\/[^=,]*|[a-z0-9]+:\/\/[^=,]*)=([a-z0-9]+:\/\/\/?[^,]*[^/,])\/*$/;

/** Entries between commas, each of one form. */
const list = (form: RegExp, what: string) =>
  z
    .string()
    .transform((text) => text.split(",").map((entry) => entry.trim()))
    .refine((entries) => entries.every((entry) => form.test(entry)), what)
    .transform((entries) => entries.map((entry) => form.exec(entry)?.slice(1) ?? []));

const schema = z.object({
  TRIMTAB_TRINO_URL: z
    .url({ protocol: /^https?$/, message: "an http or https address" })
    .transform((text) => new URL(text))
    .refine(({ username, password }) => username === "" && password === "", "an address without credentials")
    .refine(
      ({ pathname, search, hash }) => pathname === "/" && !search && !hash,
      "an address without a path",
    ),
  TRIMTAB_TRINO_USER: printable.default("trimtab"),
  TRIMTAB_TRINO_PASSWORD: z.string().min(1).optional(),
  TRIMTAB_TRINO_TOKEN: printable.optional(),
  TRIMTAB_TRINO_CATALOG: name.default("trimtab"),
  TRIMTAB_TRINO_SCHEMA: name.default("costs"),
  TRIMTAB_TRINO_LOCATION: printable.optional(),
  TRIMTAB_TRINO_INPUTS: list(sharedFolder, "folder=location pairs between commas").default([]),
  TRIMTAB_TRINO_SESSION: list(property, "name=value pairs between commas").default([]),
});

/** Is a cluster named at all? */
export const namesCluster = (env: Environment): boolean => Boolean(env.TRIMTAB_TRINO_URL);

/** @throws CLUSTER_NOT_CONFIGURED, CLUSTER_SETTING_INVALID */
export const readTrinoSettings = (env: Environment): TrinoSettings => {
  if (!namesCluster(env)) throw clusterErrors.create("CLUSTER_NOT_CONFIGURED");
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== "" && value !== undefined),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(String(issue?.path[0] ?? "TRIMTAB_TRINO_URL"), `it is not ${issue?.message ?? "valid"}`);
  }
  const {
    TRIMTAB_TRINO_URL: url,
    TRIMTAB_TRINO_PASSWORD: password,
    TRIMTAB_TRINO_TOKEN: token,
    TRIMTAB_TRINO_LOCATION: location,
  } = parsed.data;
  if (password !== undefined && token !== undefined)
    throw invalid(
      "TRIMTAB_TRINO_TOKEN",
      "TRIMTAB_TRINO_PASSWORD is set as well; only one of them can be sent",
    );
  if ((password ?? token) !== undefined && url.protocol === "http:" && !LOOPBACK.test(url.hostname))
    throw invalid("TRIMTAB_TRINO_URL", "credentials are only sent over https");
  return {
    url,
    user: parsed.data.TRIMTAB_TRINO_USER,
    catalog: parsed.data.TRIMTAB_TRINO_CATALOG,
    schema: parsed.data.TRIMTAB_TRINO_SCHEMA,
    inputs: parsed.data.TRIMTAB_TRINO_INPUTS.map(([folder = "", place = ""]) => ({
      folder,
      location: place,
    })),
    session: Object.fromEntries(parsed.data.TRIMTAB_TRINO_SESSION),
    ...(password === undefined ? {} : { password }),
    ...(token === undefined ? {} : { token }),
    ...(location === undefined ? {} : { location: location.replace(/\/+$/, "") }),
  };
};

const invalid = (setting: string, problem: string) =>
  clusterErrors.create("CLUSTER_SETTING_INVALID", { name: setting, problem });

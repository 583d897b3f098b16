import { lakeErrors } from "../errors.ts";

/** A place in a bucket that a lake is in. */
export interface ObjectLocation {
  readonly kind: "s3" | "gs" | "az";
  /** As it is shown and given to other engines; no slash at the end. */
  readonly root: string;
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Azure: the storage account, where the URL names it. */
  readonly account?: string;
  /** Azure: host of the account's blobs, where the URL names it. */
  readonly host?: string;
}

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;
const KINDS: Readonly<Record<string, ObjectLocation["kind"]>> = {
  s3: "s3",
  s3a: "s3",
  gs: "gs",
  az: "az",
  abfs: "az",
  abfss: "az",
};
/** Buckets and containers of every cloud; dots are Google's and Amazon's. */
const BUCKET = /^[a-z0-9$][a-z0-9._-]{1,220}$/i;
/** What query engines, shells and SDKs all take for themselves; nothing that a URL would escape. */
const SEGMENT = /^[A-Za-z0-9!_.=@,+-][A-Za-z0-9 !_.=@,+-]*$/;

/** Whether this names a bucket and no folder. A letter before a colon is a Windows drive. */
export const isUrl = (root: string): boolean => SCHEME.test(root);

/**
 * `s3://bucket/prefix`, `gs://bucket/prefix`, `az://container/prefix` or
 * `abfss://container@account.dfs.core.windows.net/prefix`.
 * @throws LAKE_URL_INVALID
 */
export const parseLocation = (root: string): ObjectLocation => {
  const refuse = (reason: string) =>
    lakeErrors.create("LAKE_URL_INVALID", { root: withoutSecrets(root), reason });
  const scheme = SCHEME.exec(root)?.[1]?.toLowerCase() ?? "";
  const kind = KINDS[scheme];
  if (kind === undefined) throw refuse(`${scheme}:// is no object storage that a lake can be in`);
  const [authority = "", ...segments] = root
    .slice(scheme.length + 3)
    .replace(/\/+$/, "")
    .split("/");
  if (/[?#]/.test(root)) throw refuse("it has a query or a fragment");
  const [bucket = "", host] = authority.split("@");
  if (host !== undefined && !scheme.startsWith("abfs")) throw refuse("it holds a user name or a password");
  if (!BUCKET.test(bucket)) throw refuse("it names no bucket");
  const bad = segments.find((segment) => !SEGMENT.test(segment) || segment === "." || segment === "..");
  if (bad !== undefined) throw refuse(`"${bad}" can't be part of its path`);
  const prefix = segments.length === 0 ? "" : `${segments.join("/")}/`;
  const shown = `${scheme}://${authority}${segments.length === 0 ? "" : `/${segments.join("/")}`}`;
  const location = { kind, root: shown, bucket, prefix };
  if (!scheme.startsWith("abfs")) return location;
  const account = /^([a-z0-9]{3,24})\.(?:dfs|blob)\.([a-z0-9.-]+)$/.exec(host ?? "");
  if (account === null) throw refuse("it must be abfss://container@account.dfs.core.windows.net/path");
  return { ...location, account: account[1] ?? "", host: `${account[1]}.blob.${account[2]}` };
};

/** People paste URLs with keys in them. */
const withoutSecrets = (root: string): string =>
  root.replace(/[?#].*$/s, "?…").replace(/\/\/[^/@]*@/, "//…@");
